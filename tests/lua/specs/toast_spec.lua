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

function TestToast:test_they_stand_in_the_corner_one_above_the_other()
   toast.show("one", "good")
   toast.show("another one", "good")
   local rectangle, grounds = graphics.rectangle, {}
   graphics.rectangle = function(_, x, y, width, height)
      if width > 10 then grounds[#grounds + 1] = { right = graphics.width - x - width, below = graphics.height - y - height } end
   end
   toast.draw()
   graphics.rectangle = rectangle
   unit.assertEquals(#grounds, 2)
   unit.assertEquals(grounds[1].right, grounds[1].below)
   unit.assertEquals(grounds[2].right, grounds[1].right)
   unit.assertTrue(grounds[2].below > grounds[1].below + 10)
end
