-- The player's own bindings, and what becomes of them from one run to the next.

local input = game.require "input"
local storage = game.require "storage"

TestInput = {}

function TestInput:setup()
   input.bind { spec_fire = { "key:space", "pad:a" }, spec_jump = { "key:w" }, spec_duck = { "key:s", "key:w" } }
end

function TestInput:teardown()
   input.reset()
   storage.write("bindings.json", '{"version": 1, "bindings": {}}')
end

function TestInput:test_tells_what_works_an_action()
   unit.assertEquals(input.bindings "spec_fire", { "key:space", "pad:a" })
   unit.assertEquals(input.bindings "nothing", {})
   unit.assertEquals(input.users "key:w", { "spec_duck", "spec_jump" })
   unit.assertEquals(input.users "key:f9", {})
end

function TestInput:test_rebinding_tells_of_conflicts()
   unit.assertEquals(input.rebind("spec_fire", { "key:x", "mouse:wheelup" }), {})
   unit.assertEquals(input.bindings "spec_fire", { "key:x", "mouse:wheelup" })
   unit.assertEquals(input.rebind("spec_fire", { "KEY:W", "key:s" }), { "spec_duck", "spec_jump" })
   unit.assertEquals(input.rebind("spec_fire", {}), {})
   unit.assertEquals(input.bindings "spec_fire", {})
   input.reset "spec_fire"
   unit.assertEquals(input.bindings "spec_fire", { "key:space", "pad:a" })
end

function TestInput:test_wrong_rebinding_changes_nothing()
   unit.assertErrorMsgContains("input.rebind: there is no control 'key:hyper'", input.rebind, "spec_fire",
      { "key:x", "key:hyper" })
   unit.assertErrorMsgContains("'spec_fire' gets 9 controls, at most 8", input.rebind, "spec_fire",
      { "key:1", "key:2", "key:3", "key:4", "key:5", "key:6", "key:7", "key:8", "key:9" })
   unit.assertErrorMsgContains("there is no action 'nothing'", input.rebind, "nothing", { "key:x" })
   unit.assertEquals(input.bindings "spec_fire", { "key:space", "pad:a" })
end

function TestInput:test_what_was_chosen_is_saved_and_loaded()
   input.rebind("spec_fire", { "key:x" })
   unit.assertTrue(input.save())
   input.reset()
   unit.assertEquals(input.bindings "spec_fire", { "key:space", "pad:a" })
   unit.assertTrue(input.load())
   unit.assertEquals(input.bindings "spec_fire", { "key:x" })
   unit.assertEquals(input.bindings "spec_jump", { "key:w" })
end

function TestInput:test_a_damaged_file_leaves_the_defaults()
   for _, text in ipairs { "", "{", "[]", '{"version": 9, "bindings": {}}' } do
      storage.write("bindings.json", text)
      unit.assertFalse(input.load())
      unit.assertEquals(input.bindings "spec_fire", { "key:space", "pad:a" })
   end
end

function TestInput:test_settings()
   unit.assertAlmostEquals(input.dead_zone(), 0.2, 1e-6)
   unit.assertAlmostEquals(input.dead_zone(3), 0.9, 1e-6)
   input.dead_zone(0.2)
   unit.assertFalse(input.text())
   unit.assertTrue(input.text(true))
   unit.assertFalse(input.text(false))
   unit.assertEquals(input.clipboard "some words", "some words")
   unit.assertEquals(input.clipboard(), "some words")
   unit.assertEquals(input.gamepads(), 0)
   unit.assertEquals(input.device(), "keyboard")
   input.rumble(1, 0.1)
   unit.assertErrorMsgContains("input.listen: function expected, got nil", input.listen)
end
