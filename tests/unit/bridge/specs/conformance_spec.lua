-- What any system that patches native code must do right, one test a behaviour. Every test runs
-- three times: after apply, after apply, revert, apply, and after ten more rounds.
--
-- Behaviours that need C as the actor are in test_call.c: another thread (H14), closing the VM (H19),
-- a module that does not fit (H22; what does not build is in tests/bindgen/check.sh). What comes over the
-- network is in tests/e2e/test_update_refusals.c (H20), modules that reload are in reload_spec.lua (H21).

local native = native
local animal, lion, crate

TestConformance = {}

function TestConformance:setUp()
   animal, lion, crate = zoo.animal(100), zoo.lion(100), zoo.crate()
   zoo.log()
end

function TestConformance:tearDown()
   zoo.apply { ["p.lua"] = false, ["q.lua"] = false }
   zoo.finish(animal)
   zoo.finish(lion)
   zoo.break_crate()
end

local function apply(file, code)
   local event = zoo.apply { [file] = code and "local patch = require 'patch'\n" .. code }[file]
   if code then unit.assertEquals(event.state, "active", event.cause) end
end

--- Runs check() under the patch, and once more after each round of taking it away and back.
local function under(code, check)
   for rounds = 0, 2 do
      for _ = 1, rounds * rounds * 5 do
         apply("p.lua", code)
         apply("p.lua", false)
      end
      apply("p.lua", code)
      check()
      unit.assertEquals(zoo.list()["p.lua"].errors, 0, table.concat(zoo.log(), "\n"))
      apply("p.lua", false)
   end
end

function TestConformance:test_H1_functions_methods_and_null()
   local count, through_c = native.Animal.count(), native.Crate.defaults
   under([[
      patch.override(native.Animal, "count", function(original) return original() + 1 end)
      patch.override(native.Animal, "weaker", function(original, self, other) return original(self, other) end)
      patch.override(native.Crate, "defaults", function(original, self, a, b, c, d, e, f) return f == nil and -1 or f.hp end)
   ]], function()
      unit.assertEquals(native.Animal.count(), count + 1)
      unit.assertNil(animal:weaker(lion)) -- equally strong
      unit.assertEquals(through_c(crate), -1)
      unit.assertEquals(through_c(crate, 1, 1, true, 0, "", lion), 100)
   end)
   unit.assertEquals(native.Animal.count(), count)
end

function TestConformance:test_H2_out_and_in_out_parameters()
   local through_c = native.Crate.divide
   under([[
      patch.override(native.Crate, "divide", function(original, self, a, b)
         local quotient, rest = original(self, a, b)
         return quotient, rest and rest + 100
      end)
      patch.override(native.Crate, "advance", function(original, self, counter, step) return original(self, counter, step * 2) end)
   ]], function()
      unit.assertEquals({ through_c(crate, 7, 2) }, { 3, 101 })
      unit.assertEquals({ crate:divide(7, 2) }, { 3, 101 })
      unit.assertTrue(select(2, crate:advance(1, 1)) == 3LL)
   end)
end

function TestConformance:test_H2_a_missing_result_is_an_error_with_a_type()
   apply("p.lua", [[patch.override(native.Crate, "divide", function(original, self, a, b) return 1 end)]])
   unit.assertEquals({ crate:divide(7, 2) }, { 3, 1 })
   unit.assertStrContains(table.concat(zoo.log(), "\n"), "Crate.divide: rest: integer expected, got nil")
end

function TestConformance:test_H3_structs_by_value_and_edits_that_reach_the_object()
   under([[
      patch.override(native.Animal, "middle", function(original, self, to)
         self.home.x = 42
         return original(self, to) + native.Vec2(1, 0)
      end)]], function()
      animal.home = { x = 0, y = 0 }
      unit.assertEquals({ zoo.c.middle(animal, 4, 8) }, { 3, 4 })
      unit.assertEquals(animal.home.x, 42)
      unit.assertEquals(animal:middle { x = 4, y = 8 }, native.Vec2(3, 4))
   end)
end

function TestConformance:test_H4_hooks_of_making_and_ending_fire_once()
   under([[
      patch.after(native.Ball, "new", function(self) self.size = self.size + 1 end)
      patch.before(native.Ball, "destroy", function(self) print("end", self.size) end)
   ]], function()
      zoo.log()
      local ball = native.Ball.new()
      unit.assertEquals(ball.size, 1)
      ball:destroy()
      unit.assertEquals(zoo.log(), { "info: end\t1" })
   end)
end

function TestConformance:test_H5_accessors_and_events()
   under([[
      patch.override(native.Animal, "get speed", function(original, self) return original(self) * 2 end)
      patch.override(native.Animal, "set speed", function(original, self, speed) original(self, speed + 1) end)
      patch.override(native.toys, "tidied", function(original, who) original(who:upper()) end)
   ]], function()
      animal.speed = 4
      unit.assertEquals(animal.speed, 10)
      unit.assertEquals(zoo.c.speed(animal), 10)
      local heard
      local connection = native.toys.tidied:connect(function(who) heard = who end)
      native.toys.tidy "ada"
      connection:disconnect()
      unit.assertEquals(heard, "ADA")
   end)
end

function TestConformance:test_H6_exactly_one_class_s_version()
   under([[
      patch.override(native.Animal, "damage", function(original, self, amount) return original(self, amount) + 1000 end)
      patch.override(native.Animal, "heal", function(original, self) original(self) self.mood = "ANGRY" end)
   ]], function()
      animal:heal()
      lion:heal() -- inherited: patched
      unit.assertEquals({ animal.mood, lion.mood }, { 6, 6 })
      unit.assertEquals(animal:damage(10), 1090)
      unit.assertEquals(zoo.c.damage(animal, 10), 1080)
      unit.assertEquals(lion:damage(10), 1095) -- has its own, which halves, and then calls the base's
      unit.assertEquals(native.Animal.damage(lion, 10), 1085) -- exactly the base's
   end)
end

function TestConformance:test_H7_recursion()
   under([[
      local depth = 0
      patch.override(native.Animal, "damage", function(original, self, amount)
         if amount > 1 then self:damage(amount - 1) end
         return original(self, 1)
      end)]], function()
      animal:heal()
      unit.assertEquals(animal:damage(5), 95)
      unit.assertEquals(zoo.c.damage(animal, 5), 90)
      unit.assertEquals(animal:suffer(3), 87)
   end)
end

function TestConformance:test_H8_a_patch_that_raises_costs_nothing_but_itself()
   for _ = 1, 2 do
      animal:heal()
      apply("p.lua", [[patch.override(native.Animal, "damage", function() error "broken" end)]])
      zoo.log()
      for call = 1, 10 do unit.assertEquals(call % 2 == 0 and animal:damage(1) or zoo.c.damage(animal, 1), 100 - call) end
      unit.assertEquals(zoo.list()["p.lua"].errors, 8) -- then it is passed over
      local reports = 0
      for _, line in ipairs(zoo.log()) do reports = reports + (line:find("broken", 1, true) and 1 or 0) end
      unit.assertEquals(reports, 3) -- the rest only counts
      zoo.step()
      unit.assertEquals(zoo.list()["p.lua"].state, "quarantined")
      unit.assertEquals(animal:damage(1), 89)
      apply("p.lua", false)
   end
end

function TestConformance:test_H9_one_bad_name_and_nothing_is_applied()
   local event = zoo.apply { ["p.lua"] = [[
      local patch = require "patch"
      patch.override(native.Animal, "damage", function() return 1 end)
      patch.override(native.Animal, "dammage", function() return 2 end)]] }["p.lua"]
   unit.assertEquals(event.state, "refused")
   unit.assertStrContains(event.cause, 'Animal has no function "dammage" (did you mean "damage"?)')
   unit.assertEquals(animal:damage(1), 99)
end

function TestConformance:test_H10_two_patches_and_either_goes_first()
   local ADD = [[patch.override(native.Animal, "damage", function(original, self, amount) return original(self, amount) + 1000 end)]]
   local DOUBLE = [[patch.override(native.Animal, "damage", function(original, self, amount) return original(self, amount) * 2 end)]]
   for _, first in ipairs { "p.lua", "q.lua" } do
      animal:heal()
      apply("q.lua", DOUBLE)
      apply("p.lua", ADD)
      unit.assertEquals(animal:damage(10), (90 + 1000) * 2)
      unit.assertEquals(zoo.c.damage(animal, 10), (80 + 1000) * 2)
      apply(first, false)
      unit.assertEquals(animal:damage(10), first == "p.lua" and 70 * 2 or 70 + 1000)
      apply(first == "p.lua" and "q.lua" or "p.lua", false)
      unit.assertEquals(animal:damage(10), 60)
   end
end

function TestConformance:test_H11_ten_thousand_rounds_leave_nothing_behind()
   local names = { "damage", "distance", "middle", "get speed" }
   local code = "local patch = require 'patch'\n"
   for _, name in ipairs(names) do
      code = code .. ("patch.override(native.Animal, %q, function(original, ...) return original(...) end)\n"):format(name)
   end
   local function functions() return { native.Animal.damage, native.Animal.distance, native.Animal.middle, native.Lion.distance } end
   local function results() return { animal:damage(0), animal:distance { x = 3, y = 4 }, animal:middle(animal.home), animal.speed } end
   local function round()
      zoo.apply { ["p.lua"] = code }
      zoo.apply { ["p.lua"] = false }
   end
   local function size()
      zoo.step()
      for _ = 1, 3 do collectgarbage() end
      return collectgarbage "count"
   end
   local functions_before, results_before = functions(), results()
   for _ = 1, 300 do round() end
   local before = size()
   for _ = 1, 10000 do round() end
   unit.assertTrue(size() - before < 64, ("%d KB were left"):format(size() - before))
   unit.assertEquals(results(), results_before)
   -- The very same functions, so they take the same time.
   for index, now in ipairs(functions()) do unit.assertTrue(now == functions_before[index], index) end
end

function TestConformance:test_H12_a_nil_in_the_middle_survives()
   local through_c = native.Crate.extent
   under([[
      patch.override(native.Crate, "extent", function(original, self)
         local size, unit, mood, square = original(self)
         return size, nil, mood, not square
      end)]], function()
      for _, extent in ipairs { through_c, native.Crate.extent } do
         local results = { n = select("#", extent(crate)), extent(crate) }
         unit.assertEquals(results.n, 4)
         unit.assertNil(results[2])
         unit.assertEquals({ results[3], results[4] }, { 5, true })
      end
   end)
end

function TestConformance:test_H13_a_patch_may_yield_to_scripts_and_not_to_c()
   apply("p.lua", [[patch.override(native.Animal, "damage", function(original, self, amount)
      return original(self, coroutine.yield(amount))
   end)]])
   local thread = coroutine.create(function() return animal:damage(5) end)
   unit.assertEquals({ coroutine.resume(thread) }, { true, 5 })
   unit.assertEquals({ coroutine.resume(thread, 7) }, { true, 93 })
   unit.assertEquals(zoo.list()["p.lua"].errors, 0)
   unit.assertEquals(coroutine.wrap(function() return zoo.c.damage(animal, 1) end)(), 92)
   unit.assertStrContains(table.concat(zoo.log(), "\n"), "attempt to yield across C-call boundary (it can wait only when a script called it")
   unit.assertEquals(zoo.list()["p.lua"].errors, 1)
end

function TestConformance:test_H15_a_patch_that_lands_in_a_compiled_loop()
   local to, sum = native.Vec2(3, 4), 0
   animal.x, animal.y = 0, 0
   for round = 1, 400 do
      if round == 200 then
         apply("p.lua", [[patch.override(native.Animal, "distance", function(original, self, to) return original(self, to) + 1 end)]])
      elseif round == 300 then
         apply("p.lua", false)
      end
      local step = animal:distance(to)
      unit.assertEquals(step, round >= 200 and round < 300 and 6 or 5)
      sum = sum + step
   end
   unit.assertEquals(sum, 400 * 5 + 100)
end

function TestConformance:test_H16_edges_of_every_kind()
   under([[
      for _, name in ipairs { "add", "invert", "weigh", "mark" } do
         patch.override(native.Crate, name, function(original, ...) return original(...) end)
      end
      patch.override(native.Animal, "sum", function(original, ...) return original(...) end)
   ]], function()
      unit.assertTrue(crate:add(0x7fffffffffffffffLL, 0) == 0x7fffffffffffffffLL)
      unit.assertTrue(crate:add(-0x7fffffffffffffffLL, -1) == -0x7fffffffffffffffLL - 1)
      unit.assertTrue(crate:invert(0) == 0xffffffffffffffffULL)
      unit.assertEquals(crate:weigh "\0\0", 2000)
      unit.assertEquals(crate:weigh("ü"), -61 - 68)
      unit.assertEquals(crate:mark "ALIVE", crate:mark(8))
      local not_a_number = animal:sum(false, 0, 0, 0, 0, 0, 0, 0, 0 / 0)
      unit.assertTrue(not_a_number ~= not_a_number)
   end)
end

function TestConformance:test_H17_stale_handles_and_parts_have_names()
   local old = zoo.animal(1)
   local home = old.home
   zoo.finish(old)
   local new = zoo.animal(2)
   unit.assertErrorMsgContains("this Animal (#", function() return old.hp end)
   unit.assertErrorMsgContains("was destroyed", old.damage, old, 1)
   unit.assertErrorMsgContains("Animal.home: its object (#", function() return home.x end)
   unit.assertEquals(new.hp, 2)
   zoo.finish(new)
end

function TestConformance:test_H18_fields_die_with_the_object()
   local mortal = zoo.animal(1)
   local probe = setmetatable({}, { __mode = "v" })
   probe[1] = {}
   mortal.extra = probe[1]
   zoo.finish(mortal)
   for _ = 1, 3 do zoo.step() end
   collectgarbage()
   collectgarbage()
   unit.assertNil(probe[1])
   local heir = zoo.animal(1)
   unit.assertNil(heir.extra)
   zoo.finish(heir)
end
