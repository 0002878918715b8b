-- Pages of scripts/ui.lua: key bindings, where things lie, mistakes, and garbage.

local graphics = game.require "graphics"
local input = game.require "input"
local ui = game.require "ui"

local player = ui_player
local run, tap, find, focused = player.run, player.tap, player.find, player.focused
local menu = player.menu
local STEP = player.STEP

TestUiLayout = player.tests()

-- ---- key bindings ---------------------------------------------------------------------------

function TestUiLayout:test_a_binding_is_chosen()
   input.bind { spec_shoot = { "key:q", "pad:x" }, spec_hide = { "key:h" } }
   local changed, conflicts
   local function make()
      player.page:panel "Keys"
      changed, conflicts = player.page:binding("Shoot", "spec_shoot")
      player.page:close()
   end
   run(make, 2)
   unit.assertEquals(find("Shoot").shown.text, "Q / Pad X")
   local listen = input.listen
   local listener
   input.listen = function(f) listener = f end
   tap(make, "ui_accept")
   input.listen = listen
   listener "key:h"
   run(make)
   unit.assertTrue(changed)
   unit.assertEquals(conflicts, { "spec_hide" })
   unit.assertEquals(input.bindings "spec_shoot", { "key:h", "pad:x" })
   run(make)
   unit.assertFalse(changed)
   unit.assertEquals(find("Shoot").shown.text, "H / Pad X")
   listener(nil)
   run(make)
   unit.assertFalse(changed)
   input.reset()
   run(make)
   unit.assertEquals(find("Shoot").shown.text, "Q / Pad X")
end

-- ---- layout ---------------------------------------------------------------------------------

function TestUiLayout:test_panels_lie_where_they_are_told()
   local options = { width = 100, across = 1, down = 0 }
   local function make()
      player.page:panel("Corner", options)
      player.page:button "One"
      player.page:close()
      player.page:panel()
      player.page:row { 50, 1 }
      player.page:button "left"
      player.page:column()
      player.page:button "upper"
      player.page:button "lower"
      player.page:close()
      player.page:close()
      player.page:close()
   end
   run(make)
   local one, left, upper, lower = find "One", find "left", find "upper", find "lower"
   unit.assertEquals({ one.x, one.width }, { 320 - 100 + 12, 76 })
   unit.assertEquals({ left.x, left.width, left.y }, { 52, 50, 80 }) -- in the middle of the row
   unit.assertEquals({ upper.x, upper.width, upper.y, lower.y }, { 106, 240 - 24 - 54, 68, 92 })
end

function TestUiLayout:test_words_wrap()
   local function make()
      player.page:panel "Letter"
      player.page:label "Come back to the base at once, all of you, and bring the rover with you.\nAnd tea."
      player.page:close()
   end
   run(make)
   local lines = find("Come back to the base at once, all of you, and bring the rover with you.\nAnd tea.").lines
   unit.assertTrue(#lines >= 3)
   unit.assertEquals(lines[#lines], "And tea.")
   for _, line in ipairs(lines) do unit.assertTrue(graphics.text_width(line) <= 216) end
end

function TestUiLayout:test_mistakes_are_told()
   player.page:begin(STEP)
   player.page:panel "Menu"
   player.page:button "One"
   unit.assertErrorMsgContains('there are two of "One" here; call page:id(...)',
      player.page.button, player.page, "One")
   player.page:id "other"
   player.page:button "One"
   unit.assertErrorMsgContains("a panel was not closed", player.page.finish, player.page)
   player.page:begin(STEP)
   unit.assertErrorMsgContains("close() without anything open", player.page.close, player.page)
   player.page:row(1)
   player.page:button "Two"
   unit.assertErrorMsgContains("a row of 1 cells has more than that in it", player.page.button, player.page, "Three")
   player.page:close()
   player.page:list("outer", 50)
   unit.assertErrorMsgContains('the list "inner" is in another list', player.page.list, player.page, "inner", 20)
   player.page:close()
   unit.assertErrorMsgContains('the theme has no colour "odd"', player.page.label, player.page, "words", "left", "odd")
   player.page:finish()
   unit.assertErrorMsgContains('the theme has no "colours"', ui.new, { theme = { colours = {} } })
end

function TestUiLayout:test_after_an_error_in_the_middle_it_goes_on()
   player.clicks = {}
   run(menu, 2)
   player.page:begin(STEP)
   player.page:modal "Broken"
   player.page:list("files", 40)
   run(menu, 2)
   tap(menu, "ui_accept")
   unit.assertEquals(player.clicks, { "One" })
end

function TestUiLayout:test_the_focus_can_be_given()
   player.clicks = {}
   local function make()
      menu()
      player.page:panel("Other", { y = 0 })
      player.page:button "Here"
      if player.hands.give then player.page:focus() end
      player.page:close()
   end
   run(make, 2)
   player.hands.give = true
   run(make, 2)
   unit.assertEquals(focused(), "Here")
end

function TestUiLayout:test_a_word_that_is_too_long_is_divided()
   local long = ("wörd"):rep(30)
   local function make()
      player.page:panel "Letter"
      player.page:label(long)
      player.page:button(long .. "!")
      player.page:close()
   end
   run(make)
   local lines = find(long).lines
   unit.assertEquals(table.concat(lines), long)
   unit.assertTrue(#lines >= 3)
   for _, line in ipairs(lines) do unit.assertTrue(graphics.text_width(line) <= 204) end
   local shown = find(long .. "!").label.shown
   unit.assertStrContains(shown, "…")
   unit.assertTrue(graphics.text_width(shown) <= 204)
end

function TestUiLayout:test_what_is_gone_is_forgotten()
   local number = 0
   local function make()
      number = number + 1
      player.page:panel "Menu"
      player.page:button("button " .. number)
      player.page:close()
   end
   run(make, 300)
   local count = 0
   for _ in pairs(find("Menu").children) do count = count + 1 end
   unit.assertTrue(count <= 256)
end

-- ---- garbage --------------------------------------------------------------------------------

function TestUiLayout:test_a_steady_page_makes_no_garbage()
   local names = { "low", "high" }
   local on, volume, choice, name, files = true, 0.5, 1, "Ada", {}
   for index = 1, 20 do files[index] = "file " .. index end
   input.bind { spec_shoot = { "key:q", "pad:x" } }
   local function make()
      player.page:begin(STEP)
      player.page:panel "Settings"
      volume = player.page:slider("Volume", volume)
      player.page:tooltip "How loud all of it is"
      on = player.page:toggle("Fullscreen", on)
      choice = player.page:choice("Quality", choice, names)
      name = player.page:field("Name", name)
      player.page:binding("Shoot", "spec_shoot")
      player.page:progress(volume, "half")
      player.page:label "Words that are long enough to be written in more than one line of this panel."
      player.page:row(2)
      player.page:button "Yes, and all that I said before, whoever may have heard it"
      player.page:button "No"
      player.page:close()
      player.page:list("files", 60)
      for _, file in ipairs(files) do player.page:item(file) end
      player.page:close()
      player.page:close()
      player.page:modal "Sure?"
      player.page:button "Of course"
      player.page:tooltip "Think twice"
      player.page:close()
      player.page:finish()
      player.page:draw()
   end
   expect_no_garbage_interpreted(60, make)
   unit.assertTrue(player.page.tip_sheet.count > 0)
end
