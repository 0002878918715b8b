-- Patches: layers, what callers in Lua and in C get, containment, taking away.

local patching = require "patching"

local HALF, patch, apply = patching.HALF, patching.text, patching.apply_file

TestPatch = {}

local native = native
local lion, animal

function TestPatch:setUp()
   lion, animal = zoo.lion(100), zoo.animal(100)
   zoo.log()
end

function TestPatch:tearDown()
   patching.remove_all()
   pcall(zoo.finish, lion)
   pcall(zoo.finish, animal)
end

-- ---- both kinds of callers ------------------------------------------------------------------

function TestPatch:test_override_reaches_lua_and_c_callers()
   apply("half.lua", HALF)
   unit.assertEquals(animal:damage(10), 95)
   unit.assertEquals(zoo.c.damage(animal, 10), 90)
   unit.assertEquals(animal:suffer(2), 88) -- half of 1 is no integer: the C body takes 1, twice
end

function TestPatch:test_taking_the_patch_away_restores_c()
   apply("half.lua", HALF)
   animal:damage(10)
   local event = zoo.apply { ["half.lua"] = false }["half.lua"]
   unit.assertEquals(event.state, "removed")
   unit.assertEquals(animal:damage(10), 85)
   unit.assertEquals(zoo.c.damage(animal, 10), 75)
end

function TestPatch:test_editing_replaces_the_earlier_version()
   apply("p.lua", HALF)
   apply("p.lua", [[patch.override(native.Animal, "damage", function() return 7 end)]])
   unit.assertEquals(animal:damage(10), 7)
   unit.assertEquals(zoo.c.damage(animal, 10), 7)
   unit.assertEquals(animal.hp, 100)
end

function TestPatch:test_editing_to_another_method_frees_the_first()
   apply("p.lua", HALF)
   apply("p.lua", [[patch.override(native.Animal, "heal", function(original, self) original(self) self.x = 1 end)]])
   unit.assertEquals(animal:damage(10), 90)
   zoo.c.heal(animal)
   unit.assertEquals({ animal.hp, animal.x }, { 100, 1 })
end

function TestPatch:test_a_function_kept_in_a_local_is_patched_too()
   local damage, distance = native.Animal.damage, native.Animal.distance
   apply("p.lua", HALF .. [[ patch.override(native.Animal, "distance", function() return 42 end)]])
   unit.assertEquals(damage(animal, 10), 95)
   unit.assertEquals(distance(animal, { x = 1, y = 1 }), 42)
end

function TestPatch:test_a_compiled_loop_sees_the_patch_at_once()
   local sum = 0
   for i = 1, 400 do
      if i == 201 then
         apply("p.lua", [[patch.override(native.Animal, "distance", function() return 1000 end)]])
      end
      sum = sum + animal:distance { x = 3, y = 4 }
   end
   unit.assertEquals(sum, 200 * 5 + 200 * 1000)
end

function TestPatch:test_leaf_values_and_accessors()
   apply("p.lua", [[
      patch.override(native.Animal, "distance", function(original, self, to) return original(self, to) + to.x end)
      patch.override(native.Animal, "middle", function(original, self, to)
         return original(self, to) + native.Vec2(1, 1)
      end)
      patch.override(native.Animal, "get speed", function(original, self) return original(self) * 2 end)
      patch.override(native.Animal, "set speed", function(original, self, speed) original(self, speed + 1) end)
   ]])
   unit.assertEquals(animal:distance { x = 3, y = 4 }, 8)
   unit.assertEquals(zoo.c.distance(animal, 3, 4), 8)
   unit.assertEquals(animal:middle { x = 4, y = 4 }, native.Vec2(3, 3))
   unit.assertEquals({ zoo.c.middle(animal, 4, 4) }, { 3, 3 })
   unit.assertEquals(animal.speed, 6)
   animal.speed = 9
   unit.assertEquals(animal.speed, 20)
   zoo.c.set_speed(animal, 1)
   unit.assertEquals(zoo.c.speed(animal), 4)
end

function TestPatch:test_every_kind_of_argument_and_result_from_c()
   apply("p.lua", [[
      patch.override(native.Animal, "sum", function(original, self, ...)
         self.seen = { ... }
         return original(self, ...) + 1
      end)
      patch.override(native.Animal, "shout", function(original, self, whom)
         if whom == "nil" then return nil end
         return original(self, whom .. "!")
      end)
      patch.override(native.Animal, "other_mood", function(original, self, mood) return "HUNGRY" end)
      patch.override(native.Animal, "weaker", function(original, self, other)
         if other.hp == 1 then return nil end
         return other
      end)
      patch.override(native.Animal, "rename", function(original, self, name)
         if name == "bad" then return nil, "not this one" end
         return original(self, name)
      end)
      patch.override(native.Animal, "count", function(original) return original() + 100 end)
      patch.override(native.keeper, "feed", function(original, who, amount) return original(who, amount * 2) end)
   ]])
   local sum = 1 - 2 + 200 - 300 + 60000 - 70000 + 4000000000 + 0.5 + 0.25 + 1
   unit.assertEquals(zoo.c.sum(animal), sum)
   unit.assertEquals(animal.seen, { true, -2, 200, -300, 60000, -70000, 4000000000, 0.5, 0.25 })
   unit.assertEquals(zoo.c.shout(animal, "you"), "Leo greets you!")
   unit.assertEquals(animal:shout "you", "Leo greets you!")
   unit.assertNil(zoo.c.shout(animal, "nil"))
   unit.assertEquals(zoo.c.other_mood(animal, 0), 5)
   unit.assertEquals(animal:other_mood(0), 5)
   unit.assertIs(zoo.c.weaker(animal, lion), lion)
   lion:damage(198)
   unit.assertEquals(lion.hp, 1)
   unit.assertNil(zoo.c.weaker(animal, lion))
   unit.assertEquals({ zoo.c.rename(animal, "bad") }, { false, "not this one" })
   unit.assertEquals({ animal:rename "bad" }, { nil, "not this one" })
   unit.assertEquals({ zoo.c.rename(animal, "Rex") }, { true, "" })
   unit.assertEquals({ animal:rename "" }, { nil, "an animal needs a name" })
   unit.assertEquals(zoo.c.count(), 102)
   unit.assertEquals(native.Animal.count(), 102)
   unit.assertEquals(zoo.c.feed(animal, 2), 4)
end

function TestPatch:test_derived_class_that_hides_the_method_is_left_alone()
   apply("p.lua", [[patch.override(native.Animal, "heal", function(_, self) self.x = 5 end)
      patch.override(native.Lion, "damage", function(original, self, amount) return original(self, amount * 10) end)]])
   lion:heal()
   unit.assertEquals(lion.x, 5) -- inherited
   unit.assertEquals(lion:damage(2), 90)
   unit.assertEquals(animal:damage(2), 98)
end

-- ---- layers ---------------------------------------------------------------------------------

local function adds(letter)
   return ([[patch.override(native.Animal, "shout", function(original, self, whom) return original(self, whom .. "%s") end)]])
      :format(letter)
end

function TestPatch:test_layers_stack_in_the_order_of_their_files()
   apply("b.lua", adds "B")
   apply("a.lua", adds "A")
   apply("c.lua", adds "C")
   unit.assertEquals(animal:shout "x", "Leo greets xCBA")
   unit.assertEquals(zoo.c.shout(animal, "x"), "Leo greets xCBA")
   zoo.apply { ["b.lua"] = false }
   unit.assertEquals(animal:shout "x", "Leo greets xCA")
   unit.assertEquals(zoo.c.shout(animal, "x"), "Leo greets xCA")
   zoo.apply { ["c.lua"] = false }
   apply("a.lua", adds "a")
   unit.assertEquals(zoo.c.shout(animal, "x"), "Leo greets xa")
   zoo.apply { ["a.lua"] = false }
   unit.assertEquals(animal:shout "x", "Leo greets x")
end

function TestPatch:test_before_and_after()
   apply("p.lua", [[
      local seen = {}
      patch.before(native.Animal, "damage", function(self, amount) self.log = (self.log or "") .. "before" .. amount end)
      patch.after(native.Animal, "damage", function(self, amount) self.log = self.log .. " after" .. self.hp end)
   ]])
   unit.assertEquals(animal:damage(10), 90)
   unit.assertEquals(animal.log, "before10 after90")
   animal.log = ""
   unit.assertEquals(zoo.c.damage(animal, 10), 80)
   unit.assertEquals(animal.log, "before10 after80")
end

function TestPatch:test_a_failing_hook_does_not_run_the_method_twice()
   apply("p.lua", [[
      patch.before(native.Animal, "damage", function() error "before" end)
      patch.after(native.Animal, "damage", function() error "after" end)
   ]])
   unit.assertEquals(animal:damage(10), 90)
   unit.assertEquals(zoo.c.damage(animal, 10), 80)
   unit.assertEquals(zoo.list()["p.lua"].errors, 4)
end

function TestPatch:test_original_is_reentrant_and_recursive()
   apply("p.lua", [[
      patch.override(native.Animal, "damage", function(original, self, amount)
         if amount > 1 then
            self:damage(amount - 1)         -- the patched method again
            return original(self, 1)        -- and C below it
         end
         return original(self, amount)
      end)]])
   unit.assertEquals(animal:damage(5), 95)
   unit.assertEquals(zoo.c.damage(animal, 5), 90)
end

function TestPatch:test_calls_are_counted_for_lua_and_c()
   apply("p.lua", HALF)
   for _ = 1, 3 do animal:damage(2) end
   for _ = 1, 4 do zoo.c.damage(animal, 2) end
   unit.assertEquals(zoo.list()["p.lua"].calls, 7)
   zoo.apply { ["p.lua"] = false }
   unit.assertEquals(zoo.list()["p.lua"].calls, 7)
end

function TestPatch:test_info_names_the_patch()
   local event = apply("p.lua", HALF .. [[ patch.info { id = "gentle", version = 2, author = "me" }]])
   unit.assertEquals(event.id, "gentle")
   unit.assertEquals(zoo.list()["p.lua"].overrides, { "Animal.damage" })
end

-- ---- containment ----------------------------------------------------------------------------

local BREAKS = {
   raises = "error 'broken'",
   ["raises a table"] = "error {}",
   ["raises nil"] = "error(nil)",
   ["raises with a hostile __tostring"] = "error(setmetatable({}, { __tostring = function() error 'again' end }))",
   ["overflows the stack"] = "local function f() return 1 + f() end return f()",
   ["returns a string"] = "return 'much'",
   ["returns nothing"] = "return",
   ["returns a fraction"] = "return 1.5",
   ["returns NaN"] = "return 0/0",
}

function TestPatch:test_whatever_an_override_does_wrong_the_layer_below_runs()
   for what, code in pairs(BREAKS) do
      apply("p.lua", ('patch.override(native.Animal, "damage", function(original, self, amount) %s end)'):format(code))
      local before = animal.hp
      unit.assertEquals(animal:damage(1), before - 1, what)
      unit.assertEquals(zoo.c.damage(animal, 1), before - 2, what)
      local info = zoo.list()["p.lua"]
      -- After an overflow there is no second call: it might double with every level.
      unit.assertEquals({ info.errors, info.state }, { what == "overflows the stack" and 1 or 2, "active" }, what)
   end
end

function TestPatch:test_failing_layer_falls_to_the_layer_below_and_not_to_c()
   apply("a.lua", adds "A")
   apply("b.lua", [[patch.override(native.Animal, "shout", function() error "broken" end)]])
   unit.assertEquals(animal:shout "x", "Leo greets xA")
   unit.assertEquals(zoo.c.shout(animal, "x"), "Leo greets xA")
   unit.assertEquals(zoo.list()["a.lua"].errors, 0)
end

function TestPatch:test_log_names_patch_method_file_and_line()
   apply("broken.lua", [[patch.override(native.Animal, "damage", function() error "oh no" end)]])
   zoo.log()
   zoo.c.damage(animal, 1)
   unit.assertStrMatches(zoo.log()[1], "error: patch broken: Animal%.damage: broken%.lua:2: oh no\nstack traceback:.*")
   animal:damage(1)
   unit.assertStrMatches(zoo.log()[1], "error: patch broken: Animal%.damage: broken%.lua:2: oh no\nstack traceback:.*")
end

function TestPatch:test_error_budget_quarantines_and_an_edit_gets_a_fresh_chance()
   apply("p.lua", [[patch.override(native.Animal, "damage", function() error "broken" end)]])
   for _ = 1, 7 do zoo.c.damage(animal, 1) end
   unit.assertEquals(zoo.step(), {})
   animal:damage(1)
   local event = zoo.step()["p.lua"]
   unit.assertEquals(event.state, "quarantined")
   unit.assertStrContains(event.cause, "8 errors, the last one: p.lua:2: broken")
   unit.assertEquals(zoo.step(), {})
   unit.assertEquals(animal:damage(1), 91)
   unit.assertEquals(zoo.list()["p.lua"].errors, 8)
   apply("p.lua", HALF)
   unit.assertEquals(animal:damage(10), 86)
end

function TestPatch:test_c_may_call_lua_that_calls_c_only_so_deep()
   apply("p.lua", [[patch.override(native.Animal, "damage", function(original, self, amount)
      return self:suffer(1)          -- C, which calls damage again
   end)]])
   unit.assertEquals(zoo.c.damage(animal, 1), 99)
   unit.assertStrContains(table.concat(zoo.log(), "\n"), "calls from C into Lua are open: running the C body instead")
   zoo.c.damage(animal, 1)
   zoo.step()
   zoo.c.damage(animal, 1)
   unit.assertEquals(zoo.log(), {}) -- no news
   zoo.step()
   zoo.step()
   zoo.c.damage(animal, 1)
   unit.assertEquals(#zoo.log(), 1)
end

-- ---- the leaf mark --------------------------------------------------------------------------

function TestPatch:test_leaf_that_calls_a_patched_method_runs_c_and_is_demoted()
   apply("p.lua", [[patch.override(native.Animal, "damage", function(original, self, amount) return original(self, amount * 2) end)]])
   local liar = native.Animal.liar
   local first = animal:liar(1)
   unit.assertEquals(first, zoo.jit and 99 or 98)
   local log = table.concat(zoo.log(), "\n")
   unit.assertEquals(log:find("Animal.liar is declared MP_LEAF but calls Animal.damage, which is patched", 1, true) ~= nil, zoo.jit)
   unit.assertEquals(animal:liar(1), first - 2) -- through the C API now, so the patch is reached
   unit.assertEquals(liar(animal, 1), first - 4)
   unit.assertEquals(#zoo.log(), 0)
end

-- ---- Lua targets and modules ----------------------------------------------------------------

function TestPatch:test_functions_of_lua_modules_can_be_overridden()
   zoo.files["scripts/waves.lua"] = "local waves = {} function waves.size(n) return n * 2, nil, 'end' end return waves"
   local waves = zoo.environment.require "waves"
   local original = waves.size
   apply("p.lua", [[patch.override(require "waves", "size", function(original, n) return original(n + 1) end)]])
   unit.assertEquals({ waves.size(1) }, { 4, nil, "end" })
   unit.assertEquals(zoo.list()["p.lua"].overrides, { "waves.size" })
   apply("q.lua", [[patch.override(native.Animal, "get speed", function() return 1 end)]])
   unit.assertEquals(zoo.list()["q.lua"].overrides, { "Animal.get speed" })
   zoo.apply { ["q.lua"] = false }
   apply("p.lua", [[patch.override(require "waves", "size", function() error "broken" end)]])
   unit.assertEquals({ waves.size(1) }, { 2, nil, "end" })
   zoo.apply { ["p.lua"] = false }
   unit.assertIs(waves.size, original)
   local event = zoo.apply { ["p.lua"] = patch [[patch.override(require "waves", "sise", print)]] }["p.lua"]
   unit.assertEquals(event.cause, 'p.lua:2: the table has no function "sise" (did you mean "size"?)')
end

function TestPatch:test_a_bundle_finds_its_own_modules_first_and_they_go_with_it()
   zoo.files["bundles/b.zip/scripts/extra.lua"] = "return { bonus = 5 }"
   local event = zoo.apply { ["b.zip"] = { root = "bundles/b.zip/", text = patch [[
      local extra = require "extra"
      patch.override(native.Animal, "damage", function(original, self, amount) return original(self, amount - extra.bonus) end)]] } }["b.zip"]
   unit.assertEquals(event.state, "active", event.cause)
   unit.assertEquals(animal:damage(10), 95)
   unit.assertFalse(pcall(zoo.environment.require, "extra"))
end

-- ---- nothing is left behind -----------------------------------------------------------------

function TestPatch:test_a_thousand_rounds_leave_nothing_behind()
   local function round(n)
      for _ = 1, n do
         zoo.apply { ["p.lua"] = patch(HALF), ["q.lua"] = patch(adds "Q") }
         zoo.apply { ["p.lua"] = false, ["q.lua"] = false }
      end
      zoo.log()
      jit.flush() -- compiled code counts too, and comes and goes as it likes
      collectgarbage()
      collectgarbage()
      return collectgarbage "count"
   end
   local early = round(100)
   local late = round(1000)
   -- The VM's own tables grow by a few KB now and then; one table left behind a round would be 40 KB.
   unit.assertTrue(late - early < 16, ("grew by %.1f KB"):format(late - early))
   unit.assertEquals(animal:damage(10), 90)
end

-- ---- what must not hurt the game ------------------------------------------------------------

function TestPatch:test_a_patch_that_calls_itself_without_end_is_passed_over_at_once()
   for _, body in ipairs {
      "return self:damage(amount)", "return self:damage(amount) + self:damage(amount)", "return self:damage(amount) + 0 * native.Animal.count()",
   } do
      apply("p.lua", ([[patch.override(native.Animal, "damage", function(original, self, amount) %s end)]]):format(body))
      zoo.log()
      animal:heal()
      unit.assertTrue(animal:damage(1) < 100)
      zoo.c.damage(animal, 1)
      unit.assertTrue(zoo.list()["p.lua"].errors < 8)
      unit.assertStrContains(table.concat(zoo.log(), "\n"), "Animal.damage: it calls itself without end; did you mean original(...)?")
      zoo.step()
      unit.assertEquals(zoo.list()["p.lua"].state, "quarantined")
   end
end

function TestPatch:test_what_a_patch_writes_into_a_library_is_its_own()
   local event = zoo.apply { ["p.lua"] = "math.floor = function() error 'tampered' end string.rep = nil error 'stop'" }["p.lua"]
   unit.assertEquals(event.state, "refused")
   unit.assertEquals(zoo.script "return math.floor(1.5)", 1)
   apply("p.lua", [[
      function math.twice(x) return x * 2 end
      patch.override(native.Animal, "damage", function(original, self, amount) return math.twice(amount) end)]])
   unit.assertEquals(animal:damage(4), 8)
   unit.assertNil(zoo.script "return math.twice")
end

-- ---- coroutines -----------------------------------------------------------------------------

function TestPatch:test_a_patched_method_may_yield_to_lua_callers_only()
   apply("p.lua", [[patch.override(native.Animal, "damage", function(original, self, amount)
      local more = coroutine.yield "waiting"
      return original(self, amount + more)
   end)]])
   local co = coroutine.wrap(function() return animal:damage(1) end)
   unit.assertEquals(co(), "waiting")
   unit.assertEquals(co(4), 95)
   unit.assertEquals(zoo.c.damage(animal, 1), 94)
   unit.assertStrContains(table.concat(zoo.log(), "\n"), "attempt to yield across C-call boundary")
end

function TestPatch:test_a_patch_that_waits_where_no_coroutine_runs_is_told_so()
   local thread, is_main = coroutine.running()
   if thread and not is_main then return end -- the specs themselves run in one: then it may wait
   apply("p.lua", [[patch.override(native.Animal, "damage", function() coroutine.yield() end)]])
   animal:damage(1)
   unit.assertStrContains(table.concat(zoo.log(), "\n"), "(it can wait only when a script called it, and in a coroutine)")
end

function TestPatch:test_patched_accessors_may_yield_to_lua_callers()
   local volume = animal.volume
   apply("p.lua", [[
      patch.override(native.Animal, "get volume", function(original, self)
         return original(self) + coroutine.yield "asked"
      end)
      patch.override(native.Animal, "set speed", function(original, self, speed)
         original(self, speed + coroutine.yield "told")
      end)]])
   local co = coroutine.wrap(function()
      animal.speed = 2
      return animal.volume
   end)
   unit.assertEquals({ co(), co(5) }, { "told", "asked" })
   unit.assertEquals(co(7), volume + 7)
   unit.assertEquals(animal.speed, 7)
   unit.assertEquals(zoo.list()["p.lua"].errors, 0, table.concat(zoo.log(), "\n"))
end

function TestPatch:test_c_that_a_coroutine_called_enters_lua_on_its_stack()
   apply("p.lua", HALF)
   local co = coroutine.wrap(function()
      coroutine.yield(animal:suffer(3))
      return animal:suffer(3)
   end)
   unit.assertEquals(co(), 97)
   unit.assertEquals(co(), 94)
end
