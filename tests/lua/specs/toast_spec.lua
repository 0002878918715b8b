-- Toasts stay within the picture whatever is said, and are cut once, not in every picture.

local graphics = game.require "graphics"
local toast = game.require "toast"

TestToast = {}

function TestToast:teardown() toast.update(60) end

local function shown(text)
   toast.show(text, "bad")
   local list = toast.list()
   return list[#list]
end

function TestToast:test_a_short_text_is_shown_whole()
   unit.assertEquals(shown "patch gold applied", "patch gold applied")
   unit.assertEquals(shown "café\nsecond line", "café")
   unit.assertEquals(shown "", "")
end

function TestToast:test_a_long_text_is_cut_when_it_is_added()
   for _, character in ipairs { "x", "é", "\1", "\255" } do
      local text = shown(character:rep(100000))
      unit.assertStrMatches(text, "[%z\1-\255]*…")
      unit.assertTrue(#text < 500, #text)
      unit.assertTrue(graphics.text_width(text) <= graphics.width - 60)
      unit.assertEquals(text, character:rep((#text - #"…") / #character) .. "…")
   end
end

function TestToast:test_continuation_bytes_alone_are_cut_too()
   unit.assertTrue(#shown(("\128"):rep(100000)) < 500)
   unit.assertTrue(#shown("x" .. ("\128"):rep(100000)) < 500)
end

function TestToast:test_a_text_that_just_fits_is_not_cut()
   local count = math.floor((graphics.width - 60) / graphics.text_width "x")
   unit.assertEquals(shown(("x"):rep(count)), ("x"):rep(count))
   unit.assertEquals(shown(("x"):rep(count + 1)):sub(-3), "…")
end

--- The lowest rectangle of a picture of the toasts.
local function lowest()
   local rectangle, lowest_y = graphics.rectangle, 0
   graphics.rectangle = function(_, _, y, _, height) lowest_y = math.max(lowest_y, y + height) end
   toast.draw()
   graphics.rectangle = rectangle
   return lowest_y
end

function TestToast:test_they_stand_above_what_the_game_has_there_in_one_picture()
   toast.show("one", "good")
   local usual = lowest()
   unit.assertTrue(usual < graphics.height)
   toast.stand_above(graphics.height - 30)
   unit.assertEquals(lowest(), usual - 30)
   unit.assertEquals(lowest(), usual)
end

function TestToast:test_a_line_that_was_for_a_picture_without_toasts_is_forgotten()
   toast.stand_above(graphics.height / 2)
   unit.assertEquals(lowest(), 0)
   toast.show("one", "good")
   unit.assertTrue(lowest() > graphics.height / 2)
end
