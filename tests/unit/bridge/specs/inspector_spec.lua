-- The inspector: lines of text that the game's scripts run, and patches cannot.

TestInspector = {}

local inspector

function TestInspector:setUp()
   zoo.files["scripts/inspecting.lua"] = "return { inspector = require 'inspector' }"
   inspector = zoo.script "return require('inspecting').inspector"
end

function TestInspector:tearDown()
   zoo.apply { ["p.lua"] = false }
   zoo.files["scripts/inspecting.lua"] = nil
end

function TestInspector:test_results_and_errors_come_back()
   unit.assertEquals({ inspector.evaluate "1, nil, 3" }, { true, 1, nil, 3 })
   unit.assertEquals({ inspector.evaluate "local x = 2 return x" }, { true, 2 })
   local ok, why = inspector.evaluate "error('oops', 0)"
   unit.assertFalse(ok)
   unit.assertStrContains(why, "oops")
   unit.assertFalse((inspector.evaluate "1 +"))
   unit.assertFalse((inspector.evaluate("\27LJ")))
   unit.assertFalse((inspector.evaluate(("x"):rep(2 ^ 16 + 1))))
   unit.assertErrorMsgContains("string expected", inspector.evaluate, 1)
end

function TestInspector:test_lines_have_what_scripts_have_and_no_more()
   for _, name in ipairs { "io", "os", "debug", "load", "loadstring", "ffi", "getfenv", "setfenv", "collectgarbage" } do
      unit.assertFalse((inspector.evaluate("return " .. name)), name)
   end
end

local function outcome_of_patch(body)
   return zoo.apply { ["p.lua"] = [[
      local patch = require "patch"
      patch.after(native.Animal, "heal", function() end)
      patch.test("inspects", function() ]] .. body .. [[ end)
   ]] }["p.lua"]
end

function TestInspector:test_patches_cannot_require_it()
   local event = outcome_of_patch "require 'inspector'"
   unit.assertEquals(event.state, "refused")
   unit.assertStrContains(event.cause, 'module "inspector" is not for patches')
end

function TestInspector:test_patches_cannot_have_lines_run_by_who_has_it()
   for _, body in ipairs {
      "require('inspecting').inspector.evaluate '1'",
      "assert(coroutine.resume(coroutine.create(require('inspecting').inspector.evaluate), '1'))",
      "table.sort({ 1, 2 }, function() require('inspecting').inspector.evaluate '1' end)",
   } do
      local event = outcome_of_patch(body)
      unit.assertEquals(event.state, "refused", body)
      unit.assertStrContains(event.cause, "not for patches")
   end
end

function TestInspector:test_names_of_what_there_is()
   local names = inspector.names(zoo.environment.native.Animal)
   local found = {}
   for _, name in ipairs(names) do found[name] = true end
   unit.assertTrue(found.heal and found.hp)
   unit.assertEquals(inspector.names { b = 1, a = 2, [3] = 4 }, { "a", "b" })
   unit.assertEquals(inspector.names(setmetatable({ a = 1 }, { __index = { b = 2 } })), { "a", "b" })
   unit.assertEquals(inspector.names(nil), {})
   unit.assertEquals(inspector.names(5), {})
   local round = {}
   setmetatable(round, { __index = round })
   unit.assertEquals(inspector.names(round), {})
end

local function entry()
   for _, each in ipairs(inspector.patches()) do
      if each.file == "p.lua" then return each end
   end
end

function TestInspector:test_patches_are_listed_and_taken_back()
   zoo.apply { ["p.lua"] = "require('patch').override(native.Animal, 'heal', function() return 77 end)" }
   unit.assertEquals(entry().state, "active")
   unit.assertTrue(entry().in_effect)
   unit.assertEquals(entry().overrides, { "Animal.heal" })
   unit.assertTrue(inspector.take_back "p.lua")
   zoo.step()
   unit.assertEquals(entry().state, "quarantined")
   unit.assertEquals(entry().cause, "taken away at the console")
   unit.assertFalse(entry().in_effect)
   unit.assertFalse(inspector.take_back "p.lua")
   unit.assertFalse(inspector.take_back "nothing.lua")
end

function TestInspector:test_patches_cannot_take_others_back()
   local event = outcome_of_patch "require('inspecting').inspector.take_back 'q.lua'"
   unit.assertEquals(event.state, "refused")
   unit.assertStrContains(event.cause, "not for patches")
end
