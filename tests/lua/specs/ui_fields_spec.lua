-- Pages of scripts/ui.lua: text fields.

local input = game.require "input"

local player = ui_player
local run, tap, click, find = player.run, player.tap, player.click, player.find
local focused, menu = player.focused, player.menu

TestUiFields = player.tests()

local text, entered

local function form()
   player.page:panel "Form"
   text, entered = player.page:field("Name", text, 8)
   player.page:button "Send"
   player.page:close()
   return entered
end

--- The field shows these words, and is being written in.
local function write_in(words)
   text = words
   run(form, 2)
   tap(form, "ui_accept")
end

local function press_keys(...)
   for _, key in ipairs { ... } do player.page:key_pressed(key, false) end
end

function TestUiFields:test_a_field_is_written_in()
   text = "Ada"
   run(form, 2)
   player.page:text_input "lost"
   unit.assertFalse(input.text())
   tap(form, "ui_accept")
   unit.assertTrue(input.text())
   unit.assertIs(input.writer(), player.page)
   player.page:text_input "ü!\n"
   press_keys("key:left", "key:backspace")
   run(form)
   unit.assertEquals(text, "Ada!")
   press_keys("key:home", "key:delete", "key:right")
   player.page:text_input "é"
   run(form)
   unit.assertEquals(text, "déa!")
   press_keys "key:return"
   unit.assertTrue((run(form)))
   unit.assertEquals(text, "déa!")
   unit.assertFalse(input.text())
   unit.assertFalse((run(form)))
end

function TestUiFields:test_escape_takes_back_what_was_written()
   write_in "Ada"
   player.page:text_input "xyz"
   run(form)
   unit.assertEquals(text, "Adaxyz")
   press_keys "key:escape"
   unit.assertFalse((run(form)))
   unit.assertEquals(text, "Ada")
end

function TestUiFields:test_a_field_has_a_limit_and_takes_no_half_characters()
   write_in "äöü"
   player.page:text_input "ßßßßßßßßß"
   run(form)
   unit.assertEquals(text, "äöüßßßßß")
   player.page:text_input "x"
   run(form)
   unit.assertEquals(text, "äöüßßßßß")
   unit.assertEquals(player.heard[#player.heard], "refuse")
end

function TestUiFields:test_selection_and_clipboard()
   write_in "Ada"
   player.hands.down["key:left shift"] = true
   press_keys("key:left", "key:left")
   player.hands.down["key:left shift"], player.hands.down["key:left ctrl"] = nil, true
   press_keys "key:x"
   run(form)
   unit.assertEquals(text, "A")
   unit.assertEquals(input.clipboard(), "da")
   press_keys("key:v", "key:v", "key:a", "key:c", "key:v")
   run(form)
   unit.assertEquals(text, "Adada")
   unit.assertEquals(input.clipboard(), "Adada")
end

function TestUiFields:test_clicks_place_the_caret_and_end_the_writing()
   text = "Ada"
   run(form, 2)
   click(form, "Name")
   unit.assertTrue(input.text())
   local node = find "Name"
   unit.assertEquals(node.caret, 2)
   player.hands.x = node.x + math.floor(node.width * player.page.theme.label) + 4
   tap(form, "ui_press")
   unit.assertEquals(node.caret, 0)
   click(form, "Send")
   unit.assertFalse(input.text())
   unit.assertEquals(text, "Ada")
end

function TestUiFields:test_tab_leaves_a_field()
   write_in "Ada"
   press_keys "key:tab"
   run(form)
   unit.assertFalse(input.text())
   unit.assertEquals(focused(), "Send")
end

function TestUiFields:test_a_page_that_is_left_gives_the_keys_back()
   write_in "Ada"
   player.page:reset()
   unit.assertFalse(input.text())
   unit.assertNil(input.writer())
   run(form, 2)
   tap(form, "ui_accept")
   run(menu) -- the field is there no more
   unit.assertNil(input.writer())
end

function TestUiFields:test_what_is_written_is_not_the_games()
   local host, main, games = game.require "host", game.require "main", {}
   main.key_pressed = function(key) games[#games + 1] = key end
   main.text_input = main.key_pressed
   write_in "Ada"
   host.text_input "x"
   host.key_pressed("key:left", false)
   host.text_input "y"
   host.key_pressed("key:return", true) -- still held, from when the writing began
   unit.assertTrue(input.text())
   host.key_pressed("key:return", false)
   run(form)
   host.key_pressed("key:q", false)
   host.text_input "z"
   unit.assertEquals(text, "Adayx")
   unit.assertEquals(games, { "key:q", "z" })
   main.key_pressed, main.text_input = nil, nil
end
