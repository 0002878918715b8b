-- Pages of scripts/ui.lua, worked by a player whose hands are here.

local graphics = game.require "graphics"
local input = game.require "input"
local native = game.native
local ui = game.require "ui"

TestUi = {}

local STEP = 1 / 60

local hands, real
local page, heard

local fakes = {
   pressed = function(action) return hands.down[action] == true and not hands.was[action] end,
   down = function(action) return hands.down[action] == true end,
   mouse = function() return hands.x, hands.y end,
   wheel = function() return 0, hands.wheel end,
   control = function(control) return hands.down[control] and 1 or 0 end,
}

function TestUi:setUp()
   hands = { down = {}, was = {}, x = 0, y = 0, wheel = 0 }
   real = {}
   for name, fake in pairs(fakes) do real[name], input[name] = input[name], fake end
   heard = {}
   page = ui.new { sound = function(name) heard[#heard + 1] = name end }
end

function TestUi:tearDown()
   page:reset()
   for name, f in pairs(real) do input[name] = f end
   unit.assertNil(table.concat(input.actions(), " "):find "ui_")
   input.reset()
   graphics.reset()
end

--- One step, or several, of what `make` makes; returns what it returned in the last.
local function run(make, steps)
   local a, b
   for _ = 1, steps or 1 do
      page:begin(STEP)
      a, b = make()
      page:finish()
      for action in pairs(hands.was) do hands.was[action] = nil end
      for action in pairs(hands.down) do hands.was[action] = true end
   end
   return a, b
end

--- Presses something for one step and lets go for another; returns what came in the first.
local function tap(make, action)
   hands.down[action] = true
   local a, b = run(make)
   hands.down[action] = nil
   run(make)
   return a, b
end

local function centre(node) return node.x + node.width / 2, node.y + node.height / 2 end

--- Finds what was made last under that name.
local function find(name)
   local function search(node)
      for key, child in pairs(node.children or {}) do
         local found = key == name and child or search(child)
         if found then return found end
      end
   end
   return search(page.root) or error("no " .. name)
end

local function focused()
   local node = page.focused[page.top]
   return node and node.label and node.label.text
end

--- Clicks in the middle of a thing; returns what the step of the release returned.
local function click(make, name)
   hands.x, hands.y = centre(find(name))
   hands.down.ui_press = true
   run(make)
   hands.down.ui_press = nil
   return run(make)
end

-- ---- buttons and the focus ------------------------------------------------------------------

local clicks

local function menu()
   page:panel "Menu"
   for _, name in ipairs { "One", "Two", "Three" } do
      page:disabled(name == "Two" and hands.two_is_off == true)
      if page:button(name) then clicks[#clicks + 1] = name end
   end
   page:disabled(false)
   page:close()
end

function TestUi:test_keys_move_the_focus_and_activate()
   clicks = {}
   run(menu, 2)
   unit.assertEquals(focused(), "One")
   tap(menu, "ui_down")
   unit.assertEquals(focused(), "Two")
   tap(menu, "ui_accept")
   unit.assertEquals(clicks, { "Two" })
   tap(menu, "ui_down")
   tap(menu, "ui_down")
   unit.assertEquals(focused(), "One")
   tap(menu, "ui_up")
   unit.assertEquals(focused(), "Three")
   tap(menu, "ui_next")
   unit.assertEquals(focused(), "One")
   hands.down["key:left shift"] = true
   tap(menu, "ui_next")
   unit.assertEquals(focused(), "Three")
   unit.assertEquals(heard, { "focus", "accept", "focus", "focus", "focus", "focus", "focus" })
end

function TestUi:test_what_is_held_repeats_and_stops_at_the_end()
   run(menu, 2)
   hands.down.ui_down = true
   run(menu, 20)
   unit.assertEquals(focused(), "Two")
   run(menu, 10)
   unit.assertEquals(focused(), "Three")
   for _ = 1, 30 do
      run(menu)
      unit.assertEquals(focused(), "Three")
   end
end

function TestUi:test_disabled_things_are_passed_over()
   clicks = {}
   hands.two_is_off = true
   run(menu, 2)
   tap(menu, "ui_down")
   unit.assertEquals(focused(), "Three")
   click(menu, "Two")
   unit.assertEquals(clicks, {})
   unit.assertEquals(focused(), "Three")
end

function TestUi:test_a_focus_that_is_disabled_goes_to_the_nearest()
   run(menu, 2)
   tap(menu, "ui_down")
   hands.two_is_off = true
   run(menu, 2)
   unit.assertEquals(focused(), "One")
end

function TestUi:test_a_click_is_a_press_and_a_release_on_the_same_thing()
   clicks = {}
   run(menu, 2)
   click(menu, "Three")
   unit.assertEquals(clicks, { "Three" })
   unit.assertEquals(focused(), "Three")
   hands.down.ui_press = true
   run(menu)
   hands.x, hands.y = centre(find "One")
   run(menu)
   hands.down.ui_press = nil
   run(menu, 2)
   unit.assertEquals(clicks, { "Three" })
end

function TestUi:test_the_focus_follows_the_mouse_when_it_moves()
   run(menu, 2)
   hands.x, hands.y = centre(find "Three")
   run(menu)
   unit.assertEquals(focused(), "Three")
   tap(menu, "ui_up")
   unit.assertEquals(focused(), "Two")
   run(menu, 5)
   unit.assertEquals(focused(), "Two")
end

function TestUi:test_a_press_from_before_counts_for_nothing_after_reset()
   clicks = {}
   run(menu, 2)
   page:reset()
   hands.down.ui_down, hands.down.ui_accept = true, true
   for _ = 1, 60 do
      run(menu)
      unit.assertEquals(clicks, {})
      unit.assertTrue(focused() == nil or focused() == "One")
   end
   hands.down.ui_down = nil
   run(menu)
   tap(menu, "ui_down")
   unit.assertEquals(focused(), "Two")
end

-- ---- sideways -------------------------------------------------------------------------------

function TestUi:test_arrows_go_where_they_point()
   local function grid()
      page:panel "Grid"
      for row = 1, 3 do
         page:row(3)
         for column = 1, 3 do page:button(row .. "/" .. column) end
         page:close()
      end
      page:button "below"
      page:close()
   end
   run(grid, 2)
   for _, go in ipairs {
      { "ui_right", "1/2" }, { "ui_down", "2/2" }, { "ui_right", "2/3" }, { "ui_right", "2/1" }, { "ui_left", "2/3" },
      { "ui_up", "1/3" }, { "ui_up", "below" }, { "ui_right", "below" },
   } do
      tap(grid, go[1])
      unit.assertEquals(focused(), go[2])
   end
end

-- ---- values ---------------------------------------------------------------------------------

function TestUi:test_sliders_by_keys_and_by_mouse()
   local value, changed = 0.5, false
   local function make()
      page:panel "Sound"
      value, changed = page:slider("Volume", value)
      page:close()
      return changed
   end
   run(make, 2)
   unit.assertTrue(tap(make, "ui_right"))
   unit.assertAlmostEquals(value, 0.55, 1e-9)
   tap(make, "ui_left")
   tap(make, "ui_left")
   unit.assertAlmostEquals(value, 0.45, 1e-9)
   local node = find "Volume"
   hands.x, hands.y = node.x + node.width - 1, node.y + 5
   hands.down.ui_press = true
   run(make, 2)
   unit.assertEquals(value, 1)
   hands.x, hands.y = node.x - 30, node.y + 90 -- a drag goes on outside
   run(make)
   unit.assertEquals(value, 0)
   hands.down.ui_press = nil
   hands.x = node.x + node.width
   run(make, 2)
   unit.assertEquals(value, 0)
end

function TestUi:test_sliders_keep_to_their_steps_and_ends()
   local value = 3
   local function make()
      page:panel "Game"
      value = page:slider("Speed", value, 1, 5, 2)
      page:close()
   end
   run(make, 2)
   tap(make, "ui_right")
   unit.assertEquals(value, 5)
   tap(make, "ui_right")
   unit.assertEquals(value, 5)
   unit.assertEquals(heard, { "change" })
   value = 77
   run(make)
   unit.assertEquals(value, 77) -- until the player changes it, it is the game's
end

function TestUi:test_toggles_and_choices()
   local on, index, names = false, 1, { "low", "middle", "high" }
   local function make()
      page:panel "Video"
      on = page:toggle("Fullscreen", on)
      index = page:choice("Quality", index, names)
      page:close()
   end
   run(make, 2)
   tap(make, "ui_accept")
   unit.assertTrue(on)
   tap(make, "ui_right")
   unit.assertTrue(on)
   tap(make, "ui_left")
   unit.assertFalse(on)
   tap(make, "ui_down")
   tap(make, "ui_left")
   unit.assertEquals(index, 3)
   tap(make, "ui_right")
   tap(make, "ui_accept")
   unit.assertEquals(index, 2)
   local node = find "Quality"
   hands.x, hands.y = node.x + node.width - 8, node.y + 8
   tap(make, "ui_press")
   run(make)
   unit.assertEquals(index, 3)
   hands.x = node.x + node.width * 0.45
   tap(make, "ui_press")
   unit.assertEquals(index, 2)
end

-- ---- lists, modals, tooltips ----------------------------------------------------------------

local function list()
   page:panel "Files"
   page:list("files", 60)
   local chosen
   for index = 1, 30 do
      if page:item("file " .. index) then chosen = index end
   end
   page:close()
   page:close()
   return chosen
end

function TestUi:test_lists_follow_the_focus()
   run(list, 2)
   for _ = 1, 20 do tap(list, "ui_down") end
   run(list, 60)
   local view, row = find "files", find "file 21"
   unit.assertEquals(focused(), "file 21")
   unit.assertTrue(row.y >= view.y and row.y + row.height <= view.y + view.height)
   tap(list, "ui_accept")
   for _ = 1, 10 do tap(list, "ui_down") end
   run(list, 60)
   unit.assertEquals(focused(), "file 1")
   unit.assertEquals(view.scroll, 0)
end

function TestUi:test_the_wheel_scrolls_and_what_is_hidden_is_not_clicked()
   run(list, 2)
   local view = find "files"
   hands.x, hands.y = centre(view)
   hands.wheel = -2
   run(list)
   hands.wheel = 0
   run(list, 60)
   unit.assertEquals(view.scroll, 48)
   hands.wheel = -99
   run(list)
   hands.wheel = 0
   run(list, 60)
   local row = find "file 30"
   unit.assertEquals(row.y + row.height + 3, view.y + view.height)
   hands.wheel = 99
   run(list)
   hands.wheel = 0
   run(list, 60)
   unit.assertEquals(view.scroll, 0)
   hands.x, hands.y = centre(find "file 9") -- below the list's edge
   hands.down.ui_press = true
   run(list)
   hands.down.ui_press = nil
   unit.assertNil((run(list)))
   unit.assertEquals(tap(list, "ui_accept"), 2) -- where the pointer was first
end

function TestUi:test_a_modal_keeps_the_player_from_the_rest()
   clicks = {}
   local open, answer, back = false, nil, {}
   local function make()
      menu()
      back.page = page:back()
      if open then
         page:modal "Sure?"
         if page:button "Yes" then answer = "yes" end
         back.modal = page:back()
         page:close()
      end
   end
   run(make, 2)
   tap(make, "ui_down")
   open = true
   run(make, 2)
   unit.assertEquals(focused(), "Yes")
   click(make, "One")
   unit.assertEquals(clicks, {})
   hands.down.ui_back = true
   run(make)
   unit.assertEquals(back, { page = false, modal = true })
   hands.down.ui_back = nil
   tap(make, "ui_accept")
   unit.assertEquals(answer, "yes")
   open = false
   run(make, 2)
   unit.assertEquals(focused(), "Two")
   hands.down.ui_back = true
   run(make)
   unit.assertTrue(back.page)
end

function TestUi:test_tooltips_come_after_a_while()
   local function make()
      page:panel "Menu"
      page:button "One"
      page:tooltip "The first of all"
      page:close()
   end
   run(make, 20)
   unit.assertEquals(page.tip_sheet.count, 0)
   run(make, 20)
   unit.assertTrue(page.tip_sheet.count > 0)
end

-- ---- text fields ----------------------------------------------------------------------------

local text, entered

local function form()
   page:panel "Form"
   text, entered = page:field("Name", text, 8)
   page:button "Send"
   page:close()
   return entered
end

local function press_keys(...)
   for _, key in ipairs { ... } do page:key_pressed(key, false) end
end

function TestUi:test_a_field_is_written_in()
   text = "Ada"
   run(form, 2)
   page:text_input "lost"
   unit.assertFalse(input.text())
   tap(form, "ui_accept")
   unit.assertTrue(input.text())
   unit.assertIs(input.writer(), page)
   page:text_input "ü!\n"
   press_keys("key:left", "key:backspace")
   run(form)
   unit.assertEquals(text, "Ada!")
   press_keys("key:home", "key:delete", "key:right")
   page:text_input "é"
   run(form)
   unit.assertEquals(text, "déa!")
   press_keys "key:return"
   unit.assertTrue((run(form)))
   unit.assertEquals(text, "déa!")
   unit.assertFalse(input.text())
   unit.assertFalse((run(form)))
end

function TestUi:test_escape_takes_back_what_was_written()
   text = "Ada"
   run(form, 2)
   tap(form, "ui_accept")
   page:text_input "xyz"
   run(form)
   unit.assertEquals(text, "Adaxyz")
   press_keys "key:escape"
   unit.assertFalse((run(form)))
   unit.assertEquals(text, "Ada")
end

function TestUi:test_a_field_has_a_limit_and_takes_no_half_characters()
   text = "äöü"
   run(form, 2)
   tap(form, "ui_accept")
   page:text_input "ßßßßßßßßß"
   run(form)
   unit.assertEquals(text, "äöüßßßßß")
   page:text_input "x"
   run(form)
   unit.assertEquals(text, "äöüßßßßß")
   unit.assertEquals(heard[#heard], "refuse")
end

function TestUi:test_selection_and_clipboard()
   text = "Ada"
   run(form, 2)
   tap(form, "ui_accept")
   hands.down["key:left shift"] = true
   press_keys("key:left", "key:left")
   hands.down["key:left shift"], hands.down["key:left ctrl"] = nil, true
   press_keys "key:x"
   run(form)
   unit.assertEquals(text, "A")
   unit.assertEquals(input.clipboard(), "da")
   press_keys("key:v", "key:v", "key:a", "key:c", "key:v")
   run(form)
   unit.assertEquals(text, "Adada")
   unit.assertEquals(input.clipboard(), "Adada")
end

function TestUi:test_clicks_place_the_caret_and_end_the_writing()
   text = "Ada"
   run(form, 2)
   click(form, "Name")
   unit.assertTrue(input.text())
   local node = find "Name"
   unit.assertEquals(node.caret, 2)
   hands.x = node.x + math.floor(node.width * page.theme.label) + 4
   tap(form, "ui_press")
   unit.assertEquals(node.caret, 0)
   click(form, "Send")
   unit.assertFalse(input.text())
   unit.assertEquals(text, "Ada")
end

function TestUi:test_tab_leaves_a_field()
   text = "Ada"
   run(form, 2)
   tap(form, "ui_accept")
   press_keys "key:tab"
   run(form)
   unit.assertFalse(input.text())
   unit.assertEquals(focused(), "Send")
end

function TestUi:test_a_page_that_is_left_gives_the_keys_back()
   text = "Ada"
   run(form, 2)
   tap(form, "ui_accept")
   page:reset()
   unit.assertFalse(input.text())
   unit.assertNil(input.writer())
   run(form, 2)
   tap(form, "ui_accept")
   run(menu) -- the field is there no more
   unit.assertNil(input.writer())
end

function TestUi:test_what_is_written_is_not_the_games()
   local host, main, games = game.require "host", game.require "main", {}
   main.key_pressed = function(key) games[#games + 1] = key end
   main.text_input = main.key_pressed
   text = "Ada"
   run(form, 2)
   tap(form, "ui_accept")
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

-- ---- key bindings ---------------------------------------------------------------------------

function TestUi:test_a_binding_is_chosen()
   input.bind { spec_shoot = { "key:q", "pad:x" }, spec_hide = { "key:h" } }
   local changed, conflicts
   local function make()
      page:panel "Keys"
      changed, conflicts = page:binding("Shoot", "spec_shoot")
      page:close()
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

function TestUi:test_panels_lie_where_they_are_told()
   local options = { width = 100, across = 1, down = 0 }
   local function make()
      page:panel("Corner", options)
      page:button "One"
      page:close()
      page:panel()
      page:row { 50, 1 }
      page:button "left"
      page:column()
      page:button "upper"
      page:button "lower"
      page:close()
      page:close()
      page:close()
   end
   run(make)
   local one, left, upper, lower = find "One", find "left", find "upper", find "lower"
   unit.assertEquals({ one.x, one.width }, { 320 - 100 + 12, 76 })
   unit.assertEquals({ left.x, left.width, left.y }, { 52, 50, 80 }) -- in the middle of the row
   unit.assertEquals({ upper.x, upper.width, upper.y, lower.y }, { 106, 240 - 24 - 54, 68, 92 })
end

function TestUi:test_words_wrap()
   local function make()
      page:panel "Letter"
      page:label "Come back to the base at once, all of you, and bring the rover with you.\nAnd tea."
      page:close()
   end
   run(make)
   local lines = find("Come back to the base at once, all of you, and bring the rover with you.\nAnd tea.").lines
   unit.assertTrue(#lines >= 3)
   unit.assertEquals(lines[#lines], "And tea.")
   for _, line in ipairs(lines) do unit.assertTrue(graphics.text_width(line) <= 216) end
end

function TestUi:test_mistakes_are_told()
   page:begin(STEP)
   page:panel "Menu"
   page:button "One"
   unit.assertErrorMsgContains('there are two of "One" here; call page:id(...)', page.button, page, "One")
   page:id "other"
   page:button "One"
   unit.assertErrorMsgContains("a panel was not closed", page.finish, page)
   page:begin(STEP)
   unit.assertErrorMsgContains("close() without anything open", page.close, page)
   page:row(1)
   page:button "Two"
   unit.assertErrorMsgContains("a row of 1 cells has more than that in it", page.button, page, "Three")
   page:close()
   page:list("outer", 50)
   unit.assertErrorMsgContains('the list "inner" is in another list', page.list, page, "inner", 20)
   page:close()
   unit.assertErrorMsgContains('the theme has no colour "odd"', page.label, page, "words", "left", "odd")
   page:finish()
   unit.assertErrorMsgContains('the theme has no "colours"', ui.new, { theme = { colours = {} } })
end

function TestUi:test_after_an_error_in_the_middle_it_goes_on()
   clicks = {}
   run(menu, 2)
   page:begin(STEP)
   page:modal "Broken"
   page:list("files", 40)
   run(menu, 2)
   tap(menu, "ui_accept")
   unit.assertEquals(clicks, { "One" })
end

function TestUi:test_the_focus_can_be_given()
   clicks = {}
   local function make()
      menu()
      page:panel("Other", { y = 0 })
      page:button "Here"
      if hands.give then page:focus() end
      page:close()
   end
   run(make, 2)
   hands.give = true
   run(make, 2)
   unit.assertEquals(focused(), "Here")
end

function TestUi:test_a_word_that_is_too_long_is_divided()
   local long = ("wörd"):rep(30)
   local function make()
      page:panel "Letter"
      page:label(long)
      page:button(long .. "!")
      page:close()
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

function TestUi:test_what_is_gone_is_forgotten()
   local number = 0
   local function make()
      number = number + 1
      page:panel "Menu"
      page:button("button " .. number)
      page:close()
   end
   run(make, 300)
   local count = 0
   for _ in pairs(find("Menu").children) do count = count + 1 end
   unit.assertTrue(count <= 256)
end

-- ---- garbage --------------------------------------------------------------------------------

function TestUi:test_a_steady_page_makes_no_garbage()
   local names = { "low", "high" }
   local on, volume, choice, name, files = true, 0.5, 1, "Ada", {}
   for index = 1, 20 do files[index] = "file " .. index end
   input.bind { spec_shoot = { "key:q", "pad:x" } }
   local function make()
      page:begin(STEP)
      page:panel "Settings"
      volume = page:slider("Volume", volume)
      page:tooltip "How loud all of it is"
      on = page:toggle("Fullscreen", on)
      choice = page:choice("Quality", choice, names)
      name = page:field("Name", name)
      page:binding("Shoot", "spec_shoot")
      page:progress(volume, "half")
      page:label "Words that are long enough to be written in more than one line of this panel."
      page:row(2)
      page:button "Yes, and all that I said before, whoever may have heard it"
      page:button "No"
      page:close()
      page:list("files", 60)
      for _, file in ipairs(files) do page:item(file) end
      page:close()
      page:close()
      page:modal "Sure?"
      page:button "Of course"
      page:tooltip "Think twice"
      page:close()
      page:finish()
      page:draw()
   end
   expect_no_garbage_interpreted(60, make)
   unit.assertTrue(page.tip_sheet.count > 0)
end
