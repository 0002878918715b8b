-- Patch files that are refused, and what they are told.

local patching = require "patching"

local HALF, patch, apply = patching.HALF, patching.text, patching.apply_file

TestRefusal = {}

local native = native
local animal

function TestRefusal:setUp()
   animal = zoo.animal(100)
   zoo.log()
end

function TestRefusal:tearDown()
   patching.remove_all()
   zoo.finish(animal)
end

local REFUSALS = {
   { "patch.override(native.Animal,", "p.lua:2: unexpected symbol near '<eof>'" },
   { "patch.override(native.Anmal, 'damage', print)", "p.lua:2: patch.override: a class such as native.Enemy, or a module's table, expected, got nil (native has Animal, Bag, Ball, Balloon, Box, Cage, Caller, Chest, Crate, Item, Kite, Knot, Label, Ledger, Lion, Matrix, Mood, Mortal, Odd, OddKind, OddPlace, Purse, Tail, Vec2, Wrapping, keeper, post, toys)" },
   { "patch.override(native.Animal, 'damge', print)", 'p.lua:2: Animal has no function "damge" (did you mean "damage"?)' },
   { "patch.override(native.Animal, 'x', print)", "p.lua:2: Animal.x is a plain member: no code runs when it is read or written, so there is nothing to override" },
   { "patch.override(native.Animal, 'speed', print)", 'p.lua:2: Animal.speed is a property: override "get speed" or "set speed"' },
   { "patch.override(native.Lion, 'heal', print)", "p.lua:2: Lion inherits heal from Animal: override it there, native.Animal" },
   { "patch.override(native.Animal, 'damage')", "p.lua:2: patch.override: function expected, got nil" },
   { "patch.override('Animal', 'damage', print)", "p.lua:2: patch.override: a class such as native.Enemy, or a module's table, expected, got string" },
   { "patch.override(native.Animal, nil, print)", 'p.lua:2: Animal has no function "nil"' },
   { "patch.before(native.keeper, 'fed', print)", 'p.lua:2: keeper has no function "fed" (did you mean "feed"?)' },
   { "patch.overide(native.Animal, 'damage', print)", "p.lua:2: attempt to call field 'overide' (a nil value)" },
   { "error 'at load'", "p.lua:2: at load" },
   { "error()", "p.lua:2: error object is a nil: error() was given no message" },
   { "x = 1", "p.lua:2: a patch keeps to its own variables: write 'local x'" },
   { "return undefined_name", "p.lua:2: undeclared global 'undefined_name'" },
   { "return 1", "p.lua: the file overrides nothing: call patch.override, patch.before or patch.after" },
   { "require 'nowhere'", 'p.lua:2: require: no module "nowhere" (looked for scripts/nowhere.lua, scripts/nowhere/init.lua)' },
   { "require '../x'", 'p.lua:2: require: "folder.name" expected, got "../x"' },
   { "patch.info { colour = 1 }", 'p.lua:2: patch.info: unknown key "colour" (there is author, conflicts, description, id, requires, version)' },
   { "patch.info { version = 'x' }", "p.lua:2: patch.info: version: number expected, got string" },
   { "patch.info { id = '../x' }", 'p.lua:2: patch.info: id: at most 64 letters, digits, ".", "_" and "-" expected, got "../x"' },
}

function TestRefusal:test_a_bad_file_is_refused_in_one_line_and_changes_nothing()
   for _, case in ipairs(REFUSALS) do
      local event = zoo.apply { ["p.lua"] = patch(case[1]) }["p.lua"]
      unit.assertEquals(event.state, "refused", case[1])
      unit.assertEquals(event.cause, case[2])
      unit.assertNil(event.cause:find("\n"), case[1])
      unit.assertEquals(animal:damage(0), 100)
   end
end

function TestRefusal:test_bytes_that_are_no_text_are_refused()
   for text, words in pairs {
      ["-- \255\254"] = "p.lua:1: not UTF-8 text (byte 4)",
      ["--\n\0"] = "p.lua:2: not UTF-8 text (byte 4)",
      ["\27LJ\2"] = "p.lua: compiled code is refused: a patch is plain Lua text",
      ["-- \237\160\128"] = "p.lua:1: not UTF-8 text (byte 4)",
      ["--" .. ("x"):rep(2 ^ 20)] = "p.lua: 1.0 MB is too large, a patch has at most 1 MB of text",
   } do
      local event = zoo.apply { ["p.lua"] = text }["p.lua"]
      unit.assertEquals(event.state, "refused")
      unit.assertStrContains(event.cause, words)
   end
   apply("p.lua", HALF .. " -- \195\169\226\130\172\240\159\154\128")
end

function TestRefusal:test_refused_edit_leaves_the_earlier_version_in_effect()
   apply("p.lua", HALF)
   local event = zoo.apply { ["p.lua"] = patch "oops(" }["p.lua"]
   unit.assertEquals({ event.state, event.changed }, { "refused", false })
   unit.assertEquals(animal:damage(10), 95)
   local info = zoo.list()["p.lua"]
   unit.assertEquals(info.state, "active")
   unit.assertStrContains(info.cause, "edit refused, the earlier version stays: p.lua:2:")
end

function TestRefusal:test_a_refused_file_with_good_and_bad_wishes_applies_none()
   local event = zoo.apply { ["p.lua"] = patch(HALF .. "\npatch.override(native.Animal, 'nonsense', print)") }["p.lua"]
   unit.assertEquals(event.state, "refused")
   unit.assertEquals(animal:damage(10), 90)
   unit.assertEquals(zoo.c.damage(animal, 10), 80)
end

function TestRefusal:test_an_unreadable_file_is_refused_with_its_problem()
   local event = zoo.apply { ["x.lua"] = { problem = "is a directory, not a file" } }["x.lua"]
   unit.assertEquals(event.cause, "x.lua: is a directory, not a file")
end

function TestRefusal:test_recording_ends_with_the_file()
   apply("p.lua", HALF .. [[
      patch.before(native.Animal, "heal", function() patch.override(native.Animal, "damage", print) end)]])
   animal:heal()
   unit.assertStrContains(table.concat(zoo.log(), "\n"), "patch.override: only while the patch file is being loaded")
end

function TestRefusal:test_causes_and_ids_have_a_reasonable_length()
   local event = zoo.apply { ["p.lua"] = "error(('x'):rep(1000000))" }["p.lua"]
   unit.assertTrue(#event.cause < 600)
   event = zoo.apply { ["p.lua"] = "error('\\255' .. ('ü'):rep(400))" }["p.lua"]
   unit.assertStrContains(event.cause, "\239\191\189ü")
   unit.assertStrMatches(event.cause, ".*ü%.%.%.")
   event = zoo.apply { ["p.lua"] = "require('patch').info { id = ('x'):rep(65) }" }["p.lua"]
   unit.assertStrContains(event.cause, "patch.info: id: at most 64 letters")
end

function TestRefusal:test_messages_say_where()
   local event = zoo.apply { ["p.lua"] = "local x = 1\nerror {}" }["p.lua"]
   unit.assertEquals(event.cause, "p.lua:2: error object is a table: {}")
   event = zoo.apply { ["p.lua"] = "local patch = require 'patch'\npatch:override(native.Animal, 'damage', print)" }["p.lua"]
   unit.assertEquals(event.cause, "p.lua:2: patch.override is called with a dot: patch.override(native.Enemy, ...)")
   apply("p.lua", [[patch.override(native.Animal, "damage", function() return "x" end)
      patch.override(native.Animal, "weaker", function(original, self, other) return other end)]])
   zoo.log()
   for _, call in ipairs { function() animal:damage(1) end, function() zoo.c.damage(animal, 1) end } do
      call()
      unit.assertEquals(zoo.log()[1], "error: patch p: Animal.damage: result: integer expected, got string (from the function at p.lua:2)")
   end
end
