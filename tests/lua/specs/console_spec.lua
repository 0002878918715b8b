-- The console: what is written at its prompt, what the keys do, what the game does not hear meanwhile.

local host = game.require "host"
local input = game.require "input"
local line = game.require "console.line"
local completion = game.require "console.completion"
local pretty = game.require "console.pretty"
local prompt = game.require "console.prompt"
local storage = game.require "storage"

local source = game.native.input

TestConsole = {}

local function press(key) host.key_pressed("key:" .. key, false) end

local function write(text)
   host.text_input(text)
   press "return"
end

local function answer()
   local _, rows = prompt.content()
   return rows[#rows]
end

function TestConsole:setup() press "`" end

function TestConsole:teardown()
   if game.require("console").is_open() then press "`" end
end

function TestConsole:test_the_grave_key_opens_and_closes_it_and_takes_the_input()
   unit.assertTrue(source.text)
   unit.assertTrue(source.listening)
   host.text_input "`"
   unit.assertEquals(prompt.content(), "")
   press "`"
   unit.assertFalse(source.text)
   unit.assertFalse(source.listening)
   host.text_input "x"
   unit.assertEquals(prompt.content(), "")
end

function TestConsole:test_what_the_game_had_its_player_write_goes_on_afterwards()
   press "`"
   input.text(true)
   press "`"
   press "`"
   unit.assertTrue(input.text())
   input.text(false)
end

function TestConsole:test_lines_run_in_the_games_environment()
   write "1 + 1"
   unit.assertEquals(answer(), "2")
   write "spec_number = 20"
   write "spec_number * 2, 'two'"
   unit.assertEquals(answer(), '"two"')
   write "return type(native.graphics)"
   unit.assertEquals(answer(), '"userdata"')
   write "timer == require 'timer'"
   unit.assertEquals(answer(), "true")
   unit.assertErrorMsgContains("undeclared global", function() return game.spec_number end)
end

function TestConsole:test_errors_are_told_and_the_game_goes_on()
   write "('x').y.z"
   unit.assertEquals(answer(), "console:1: attempt to index field 'y' (a nil value)")
   write "error('so it is', 0)"
   unit.assertEquals(answer(), "so it is")
   write "1 +"
   unit.assertStrContains(answer(), "console:1: ")
   write "absent"
   unit.assertEquals(answer(), 'console:1: there is no variable "absent"')
   write "io, os"
   unit.assertStrContains(answer(), '"io"')
   write "error(setmetatable({}, { __tostring = error }))"
   write "'still here'"
   unit.assertEquals(answer(), '"still here"')
end

function TestConsole:test_history_goes_back_and_forth_and_is_kept()
   write "1"
   write "2"
   host.text_input "dra"
   press "up"
   unit.assertEquals(prompt.content(), "2")
   press "up"
   unit.assertEquals(prompt.content(), "1")
   press "down"
   press "down"
   unit.assertEquals(prompt.content(), "dra")
   for _ = 1, 3 do press "backspace" end
   unit.assertStrMatches(storage.read "console-history.txt", ".*\n1\n2\n")
end

function TestConsole:test_tab_completes()
   host.text_input "native.gra"
   press "tab"
   unit.assertEquals(prompt.content(), "native.graphics")
   host.text_input ":set_col"
   press "tab"
   unit.assertEquals(prompt.content(), "native.graphics:set_color")
   for _ = 1, 40 do press "backspace" end
end

function TestConsole:test_what_may_be_meant()
   local function names(text) return (completion.of(text)) end
   unit.assertEquals(names "ret", { "return" })
   unit.assertEquals(names "x = timer.af", { "after" })
   unit.assertEquals(names "native.Graph", { "Graphics" })
   unit.assertEquals(names "native.Graphics.set_col", { "set_color" })
   unit.assertEquals(names "native.input.mouse_", { "mouse_x", "mouse_y" })
   unit.assertEquals(names "native.input:mouse_", {})
   unit.assertEquals(names "math.flo", { "floor" })
   unit.assertEquals(names "nothing.at.all", {})
   unit.assertEquals(names "", {})
   local _, prefix, shared = completion.of "math.at"
   unit.assertEquals({ prefix, shared }, { "at", "atan" })
end

function TestConsole:test_a_line_is_edited_by_whole_characters()
   local text = line.new()
   text:insert "aé\nb"
   unit.assertEquals(text.text, "aé b")
   text:key "key:left"
   text:key "key:backspace"
   text:key "key:backspace"
   unit.assertEquals({ text.text, text.cursor }, { "ab", 1 })
   text:key "key:home"
   text:key "key:delete"
   unit.assertEquals(text.text, "b")
   text:key "key:end"
   text:key "key:left"
   text:key "key:left"
   unit.assertEquals(text.cursor, 0)
   unit.assertFalse(text:key "key:x")
   text:insert(("x"):rep(3000))
   unit.assertEquals(text.text, "b")
end

function TestConsole:test_values_are_shown_as_people_read_them()
   unit.assertEquals(pretty.show { 1, "two", x = { y = true } }, '{ 1, "two", x = { y = true } }')
   unit.assertEquals(pretty.show {}, "{}")
   unit.assertEquals(pretty.show { ["a b"] = 1 }, '{ ["a b"] = 1 }')
   unit.assertEquals(pretty.show 'say "\n\1"', [["say \"\n\1\""]])
   unit.assertEquals(pretty.show(nil), "nil")
   local circle = {}
   circle.self = circle
   unit.assertEquals(pretty.show(circle), "{ self = {a table around this one} }")
   local many = {}
   for index = 1, 100 do many[index] = index end
   unit.assertStrContains(pretty.show(many), "... and 60 more")
   unit.assertStrMatches(pretty.show(source), ".*\n  dead_zone = .*\n  gamepads = %d+\n.*")
   unit.assertEquals(pretty.show(setmetatable({}, { __tostring = error })), "{}")
end

function TestConsole:test_objects_are_gone_into_and_values_taken_to_the_prompt()
   local objects = game.require "console.globals"
   press "f5"
   objects.go "native.input"
   host.draw(0)
   local line_height = game.require "console.board".line
   local top = line_height + 4 + 4 + line_height
   objects.click(20, top + 1) -- the first of its values in the order of names
   unit.assertStrMatches(prompt.content(), "native%.input%.dead_zone = 0%.2.*")
   press "f5"
   objects.click(20, top - 5) -- up
   objects.click(20, top - 5)
   host.draw(0)
   press "f1"
   for _ = 1, 60 do press "backspace" end
   write "native.input.dead_zone = 0.25"
   unit.assertEquals(input.dead_zone(), 0.25)
   input.dead_zone(0.2)
end

function TestConsole:test_what_has_no_place_any_more_is_empty()
   local objects = game.require "console.globals"
   objects.go "native.no.such.thing"
   objects.draw(0, 100)
   objects.click(20, 50)
   objects.go ""
end

function TestConsole:test_the_frame_is_told_in_words()
   unit.assertStrMatches(game.require "console.frame".summary(), "%d+%.%d+ ms a frame, .* %d+%.%d+ MB")
end

function TestConsole:test_lua_is_told_from_c_while_the_frame_is_looked_at()
   local frame, meter = game.require "console.frame", game.native.meter
   unit.assertFalse(meter.sampling)
   press "f6"
   unit.assertTrue(meter.sampling)
   unit.assertStrMatches(frame.describe(2), "update %d+%.%d+")
   press "f1"
   unit.assertFalse(meter.sampling)
   press "f6"
   press "`"
   unit.assertFalse(meter.sampling, "a closed console costs nothing")
   press "`"
end

function TestConsole:test_all_tabs_draw()
   for number = 1, 9 do
      press("f" .. number)
      host.update(1 / 60)
      host.draw(0)
      press "pageup"
      press "down"
      unit.assertTrue(game.require("console").is_open())
   end
   press "f1"
end

function TestConsole:test_what_a_line_prints_is_seen_at_the_prompt()
   prompt.run "for index = 1, 2 do print(index, 'of', nil) end"
   local _, rows = prompt.content()
   unit.assertEquals({ rows[#rows - 1], rows[#rows] }, { "1    of    nil", "2    of    nil" })
end
