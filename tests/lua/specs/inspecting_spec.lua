-- The console's tabs for patches and objects: what keys and clicks do, and what is shown.

local host = game.require "host"
local board = game.require "console.board"
local console = game.require "console"
local editor = game.require "console.editor"
local inspector = game.require "inspector"
local objects = game.require "console.objects"
local patches = game.require "console.patches"

local source = game.native.input

TestInspecting = {}

local function press(...)
   for _, key in ipairs { ... } do host.key_pressed("key:" .. key, false) end
   host.draw(0)
end

local replaced

--- Puts a function in the place of the inspector's until the test ends; returns the list of what it was given.
local function replace(name, result)
   local given = {}
   replaced[name] = replaced[name] or inspector[name]
   inspector[name] = function(...)
      given[#given + 1] = { ... }
      return result
   end
   return given
end

function TestInspecting:setup()
   replaced = {}
   press "`"
end

function TestInspecting:teardown()
   objects.go()
   press "f1"
   if console.is_open() then press "`" end
   for name, func in pairs(replaced) do inspector[name] = func end
end

-- ---- patches --------------------------------------------------------------------------------

local function two_patches()
   local layer = { mode = "override", calls = 1234567, errors = 1, time = 2e-6 }
   return {
      { file = "gone.lua", id = "gone", state = "refused", cause = "why not", overrides = {}, layers = {}, calls = 0, errors = 0 },
      {
         file = "on.lua", id = "on", state = "active", cause = "", overrides = { "World.step" }, layers = { layer }, calls = 1,
         errors = 0, in_effect = true, is_off = false,
      },
   }
end

function TestInspecting:test_keys_switch_a_patch_and_take_it_back()
   local list = two_patches()
   replace("patches", list)
   local switched, taken = replace("switch", true), replace("take_back", true)
   press("f3", "home", "return", "delete") -- one that is not in effect
   unit.assertEquals({ #switched, #taken }, { 0, 0 })
   press("down", "down", "return")
   list[2].is_off = true
   press("down", "space", "delete")
   unit.assertEquals(switched, { { "on.lua", false }, { "on.lua", true } })
   unit.assertEquals(taken, { { "on.lua" } })
end

function TestInspecting:test_buttons_do_the_same()
   replace("patches", two_patches())
   local switched, taken = replace("switch", true), replace("take_back", true)
   press "f3"
   local y = board.line + 4 + 2 + board.line + 2 * board.line + 3 -- of the second patch, below the one that has a cause
   for x = board.width - 10, 10, -10 do patches.click(x, y) end
   unit.assertTrue(#taken > 0 and #switched > 0)
   unit.assertEquals({ taken[1], switched[1] }, { { "on.lua" }, { "on.lua", false } })
   local before = #switched + #taken
   patches.click(board.width - 10, y - 2 * board.line)
   unit.assertEquals(#switched + #taken, before)
end

function TestInspecting:test_calls_are_timed_while_the_tab_is_seen()
   local measured = replace "measure"
   press("f3", "f4", "f3", "`")
   unit.assertEquals(measured, { { true }, { false }, { true }, { false } })
   press("`", "`")
   unit.assertEquals(#measured, 6)
end

-- ---- closed ---------------------------------------------------------------------------------

--- How many calls of functions of the console's files one frame makes.
local function calls_in_a_frame()
   local calls, compiles = 0, jit.status()
   jit.off()
   jit.flush() -- hooks do not see what is compiled
   debug.sethook(function()
      if debug.getinfo(2, "S").short_src:find("console", 1, true) then calls = calls + 1 end
   end, "c")
   host.update(1 / 60)
   host.draw(0)
   debug.sethook()
   if compiles then jit.on() end
   return calls
end

function TestInspecting:test_a_console_that_is_closed_costs_at_most_two_questions_a_frame()
   press "f3"
   unit.assertTrue(calls_in_a_frame() > 10)
   press "`"
   unit.assertTrue(calls_in_a_frame() <= 2) -- whether it is open, in update and in draw
end

-- ---- objects --------------------------------------------------------------------------------

--- Goes to the row of a property.
local function choose(name)
   press "home"
   for _, each in ipairs(inspector.properties(source)) do
      if each.name == name then return each end
      press "down"
   end
end

local function write(text)
   for _ = 1, 30 do press "backspace" end
   host.text_input(text)
   press "return"
end

function TestInspecting:test_classes_lead_to_objects_and_these_to_properties()
   press("f4", "home")
   local counts, names = inspector.live_counts(), {}
   for name in pairs(counts) do names[#names + 1] = name end
   table.sort(names)
   for _, name in ipairs(names) do
      if name == "Input" then break end
      press "down"
   end
   press("return", "return")
   choose "dead_zone"
   press "right"
   unit.assertAlmostEquals(source.dead_zone, 0.3, 1e-6)
   press "left"
   unit.assertAlmostEquals(source.dead_zone, 0.2, 1e-6)
   press("backspace", "backspace", "backspace")
   objects.draw(0, 200)
end

function TestInspecting:test_numbers_are_written()
   objects.go("Input", source)
   press "f4"
   choose "dead_zone"
   press "return"
   write "0.4"
   unit.assertAlmostEquals(source.dead_zone, 0.4, 1e-6)
   press "return"
   write "much"
   unit.assertEquals(editor.status(), "dead_zone: a number is expected")
   unit.assertAlmostEquals(source.dead_zone, 0.4, 1e-6)
   press "return"
   host.text_input "9"
   press "escape" -- leaves the writing, not the console
   unit.assertTrue(console.is_open())
   unit.assertAlmostEquals(source.dead_zone, 0.4, 1e-6)
   source.dead_zone = 0.2
   press "escape"
   unit.assertFalse(console.is_open())
end

function TestInspecting:test_booleans_go_round()
   objects.go("Input", source)
   press "f4"
   choose "text"
   press "return"
   unit.assertFalse(source.text)
   press "right"
   unit.assertTrue(source.text)
end

function TestInspecting:test_what_cannot_be_changed_says_so()
   objects.go("Input", source)
   press "f4"
   local row = choose "gamepads"
   press("return", "right")
   unit.assertEquals(source.gamepads, row.value)
   unit.assertEquals(editor.status(row), "read only")
   unit.assertEquals(editor.status { name = "x", writable = true, problem = "write only" }, "write only")
end

--- A thing with an enum and a text, as inspector.properties() would tell of it.
local function thing()
   local object = { mood = 5, title = "Ada" }
   return object, function()
      return { name = "mood", value = object.mood, writable = true, choices = { "CALM", "HUNGRY" }, choice = object.mood == 5 and "HUNGRY" or object.mood }
   end
end

function TestInspecting:test_enums_go_on_to_the_next_and_texts_are_written()
   local object, mood = thing()
   editor.step(object, mood(), 1)
   unit.assertEquals(object.mood, "CALM")
   editor.step(object, mood(), -1)
   unit.assertEquals(object.mood, "HUNGRY")
   editor.enter(object, { name = "title", value = object.title, writable = true })
   editor.text "m"
   editor.key "key:return"
   unit.assertEquals(object.title, "Adam")
end

function TestInspecting:test_what_c_refuses_is_told()
   editor.step(setmetatable({}, { __newindex = function() error("Crate.label: no", 0) end }), { name = "label", value = 1, writable = true }, 1)
   unit.assertEquals(editor.status(), "Crate.label: no")
   editor.cancel()
   unit.assertNil(editor.status())
end
