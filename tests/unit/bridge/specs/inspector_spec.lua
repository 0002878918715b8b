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

-- ---- patches --------------------------------------------------------------------------------

local native = native

local function with_animal(patch, test)
   local animal = zoo.animal(100)
   local event = zoo.apply { ["p.lua"] = 'local patch = require "patch"\n' .. patch }["p.lua"]
   unit.assertEquals(event.cause, "")
   test(animal)
   zoo.finish(animal)
end

local DAMAGE = "patch.override(native.Animal, 'damage', function() return -1 end)"

function TestInspector:test_a_patch_is_switched_off_and_on_for_lua_and_c()
   with_animal(DAMAGE, function(animal)
      unit.assertEquals({ animal:damage(1), zoo.c.damage(animal, 1) }, { -1, -1 })
      unit.assertTrue(inspector.switch("p.lua", false))
      unit.assertEquals({ animal:damage(1), zoo.c.damage(animal, 1) }, { 99, 98 })
      unit.assertTrue(entry().is_off)
      zoo.step()
      unit.assertEquals({ entry().state, entry().in_effect }, { "active", true })
      unit.assertTrue(inspector.switch("p.lua", true))
      unit.assertEquals({ animal:damage(1), zoo.c.damage(animal, 1) }, { -1, -1 })
      unit.assertFalse(entry().is_off)
   end)
   unit.assertFalse(inspector.switch("nothing.lua", false))
end

function TestInspector:test_the_next_version_of_a_patch_that_is_off_is_on()
   with_animal(DAMAGE, function(animal)
      inspector.switch("p.lua", false)
      zoo.apply { ["p.lua"] = "require('patch').override(native.Animal, 'damage', function() return -2 end)" }
      unit.assertFalse(entry().is_off)
      unit.assertEquals(animal:damage(1), -2)
   end)
end

function TestInspector:test_a_refused_version_leaves_the_one_before_off()
   with_animal(DAMAGE, function(animal)
      inspector.switch("p.lua", false)
      zoo.apply { ["p.lua"] = "local patch = require 'patch' " .. DAMAGE .. " patch.test('no', function() error 'no' end)" }
      unit.assertTrue(entry().is_off)
      unit.assertEquals(animal:damage(1), 99)
   end)
end

function TestInspector:test_a_patch_that_is_off_hears_nothing()
   with_animal([[
      native.toys.tidied:connect(function() error "heard" end)
   ]], function()
      inspector.switch("p.lua", false)
      native.toys.tidy "Ada"
      unit.assertEquals(entry().errors, 0)
      inspector.switch("p.lua", true)
      native.toys.tidy "Ada"
      unit.assertEquals(entry().errors, 1)
   end)
end

function TestInspector:test_layers_are_told_and_timed_only_when_that_is_wanted()
   with_animal([[
      local function work() local sum = 0 for i = 1, 2e5 do sum = sum + i % 7 end return sum end
      patch.override(native.Animal, "damage", function(original, self, amount) work() return original(self, amount) end)
      patch.before(native.Animal, "heal", work)
      patch.after(native.Animal, "heal", function() end)
   ]], function(animal)
      local function play()
         zoo.step()
         for _ = 1, 3 do
            animal:damage(1)
            zoo.c.heal(animal)
         end
         return entry().layers
      end
      local layers = play()
      unit.assertEquals({ layers[1].mode, layers[2].mode, layers[3].mode }, { "override", "before", "after" })
      unit.assertEquals({ layers[1].calls, layers[2].calls, layers[3].calls }, { 3, 3, 3 })
      unit.assertNil(layers[1].time)
      inspector.measure(true)
      layers = play()
      unit.assertTrue(layers[1].time > 1e-5 and layers[2].time > 1e-5)
      unit.assertTrue(layers[3].time < layers[2].time / 4)
      inspector.measure(false)
      local before = play()
      unit.assertEquals(play()[1].time, before[1].time)
      unit.assertEquals(entry().layers[1].calls, 12)
      unit.assertEquals(entry().errors, 0)
   end)
end

function TestInspector:test_a_call_that_is_timed_fails_as_any_other()
   inspector.measure(true)
   zoo.step()
   with_animal("patch.override(native.Animal, 'damage', function() error 'oops' end)", function(animal)
      unit.assertEquals(animal:damage(1), 99)
      unit.assertEquals({ entry().errors, entry().layers[1].errors, entry().layers[1].time }, { 1, 1, nil })
   end)
   inspector.measure(false)
   zoo.step()
end

-- ---- objects --------------------------------------------------------------------------------

function TestInspector:test_live_objects_are_counted_and_listed()
   local before = inspector.live_counts().Animal or 0
   local one, two, lion = zoo.animal(1), zoo.animal(2), zoo.lion(3)
   unit.assertEquals(inspector.live_counts().Animal, before + 2)
   local listed = {}
   for _, each in ipairs(inspector.live_objects("Animal", 1)) do listed[each] = true end
   unit.assertEquals({ listed[one], listed[two], listed[lion] }, { true, true, nil })
   unit.assertEquals(#inspector.live_objects("Animal", before + 2), 1)
   unit.assertEquals(#inspector.live_objects("Animal", before + 3), 0)
   unit.assertEquals(inspector.live_objects("Nothing", 1), {})
   unit.assertErrorMsgContains("name of a class", inspector.live_objects, nil, 1)
   for _, each in ipairs { one, two, lion } do zoo.finish(each) end
   unit.assertEquals(inspector.live_counts().Animal or 0, before)
end

local function properties_of(object)
   local found = {}
   for _, each in ipairs(inspector.properties(object)) do found[each.name] = each end
   return found
end

function TestInspector:test_properties_say_what_may_be_done_with_them()
   local animal = zoo.animal(7)
   animal.mood = native.Mood.HUNGRY
   local found = properties_of(animal)
   unit.assertEquals({ found.hp.value, found.hp.writable }, { 7, false })
   unit.assertEquals({ found.x.writable, found.awake.writable, found.speed.writable }, { true, true, true })
   unit.assertEquals({ found.volume.writable, found.title.writable }, { false, false })
   unit.assertEquals(found.mood.choices, { "CALM", "HUNGRY", "ANGRY" })
   unit.assertEquals(found.mood.choice, "HUNGRY")
   unit.assertNil(found.damage)
   zoo.finish(animal)
   unit.assertStrContains(properties_of(animal).x.problem, "destroyed")
   unit.assertErrorMsgContains("object expected", inspector.properties, {})
end

function TestInspector:test_patches_cannot_switch_measure_or_look_at_others()
   for _, call in ipairs { "switch('q.lua', false)", "measure(true)", "live_counts()", "live_objects('Animal', 1)", "properties(1)" } do
      local event = outcome_of_patch("require('inspecting').inspector." .. call)
      unit.assertEquals(event.state, "refused", call)
      unit.assertStrContains(event.cause, "not for patches")
   end
end
