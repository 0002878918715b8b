-- Transactions: a set of changes takes effect as a whole, or leaves no trace.

local patching = require "patching"

local patch = patching.text

TestTransaction = {}

local animal

function TestTransaction:setUp()
   animal = zoo.animal(100)
   zoo.log()
end

function TestTransaction:tearDown()
   patching.remove_all()
   pcall(zoo.finish, animal)
end

--- A patch of Animal.shout that writes its letter after the result.
local function adds(letter, more)
   return patch(([[%s patch.override(native.Animal, "shout", function(original, ...) return original(...) .. %q end)]])
      :format(more or "", letter))
end

--- The same with patch.info { id = id, ... }.
local function named(id, rest) return adds(id, ('patch.info { id = %q, %s }'):format(id, rest or "")) end

local function states()
   local found = {}
   for file, info in pairs(zoo.list()) do
      if info.state ~= "removed" then found[file] = info.state end
   end
   return found
end

local function shout() return zoo.c.shout(animal, "you") end

-- ---- what is refused already ----------------------------------------------------------------

function TestTransaction:test_what_waits_for_a_file_that_is_refused_already_is_not_run()
   local changes = { ["a.lua"] = adds("a", "print 'a runs'"), ["b.lua"] = { problem = "it hangs" } }
   zoo.apply(changes)
   unit.assertEquals(states(), { ["a.lua"] = "staged", ["b.lua"] = "refused" })
   unit.assertNotStrContains(table.concat(zoo.log(), "\n"), "a runs")
   zoo.apply(changes, true)
   unit.assertEquals(states(), { ["a.lua"] = "active", ["b.lua"] = "refused" })
   unit.assertStrContains(table.concat(zoo.log(), "\n"), "a runs")
end

-- ---- all or nothing -------------------------------------------------------------------------

function TestTransaction:test_all_of_a_change_or_nothing()
   local plain = shout()
   local events = zoo.apply { ["a.lua"] = adds "A", ["b.lua"] = "this is no Lua", ["c.lua"] = adds "C" }
   unit.assertEquals(shout(), plain)
   unit.assertEquals(events["b.lua"].state, "refused")
   unit.assertEquals(events["a.lua"].state, "staged")
   unit.assertStrContains(events["a.lua"].cause, "see b.lua")
   unit.assertFalse(events["a.lua"].changed)
   unit.assertEquals(states(), { ["a.lua"] = "staged", ["b.lua"] = "refused", ["c.lua"] = "staged" })
   events = zoo.apply { ["b.lua"] = adds "B" } -- corrected: the others have waited
   unit.assertEquals(shout(), plain .. "ABC")
   unit.assertEquals(events["a.lua"].state, "active")
   unit.assertEquals(states(), { ["a.lua"] = "active", ["b.lua"] = "active", ["c.lua"] = "active" })
end

function TestTransaction:test_what_waits_comes_when_the_bad_file_goes()
   local plain = shout()
   zoo.apply { ["a.lua"] = adds "A", ["b.lua"] = "this is no Lua" }
   zoo.apply { ["b.lua"] = false }
   unit.assertEquals(shout(), plain .. "A")
end

function TestTransaction:test_an_edit_waits_with_its_earlier_version_in_effect()
   local plain = shout()
   zoo.apply { ["a.lua"] = adds "A" }
   zoo.apply { ["a.lua"] = adds "2", ["b.lua"] = "this is no Lua" }
   unit.assertEquals(shout(), plain .. "A")
   unit.assertEquals(zoo.list()["a.lua"].state, "active")
   zoo.apply { ["a.lua"] = adds "3" } -- edited once more while it waits
   unit.assertEquals(shout(), plain .. "3")
end

function TestTransaction:test_nothing_is_left_of_a_refused_change()
   zoo.apply {
      ["a.lua"] = patch [[native.post.subscribe(function() print "heard" end)
         patch.before(native.Animal, "shout", function() end)]],
      ["b.lua"] = "this is no Lua",
   }
   native.post.send "x"
   unit.assertEquals(zoo.log(), {})
end

function TestTransaction:test_what_is_there_at_the_start_counts_file_by_file()
   local plain = shout()
   local events = zoo.apply({
      ["a.lua"] = named "a", ["b.lua"] = "this is no Lua", ["c.lua"] = named("c", "requires = { gone = 1 }"),
      ["d.lua"] = named("d", "requires = { c = 1 }"), ["e.lua"] = named("e", 'requires = { a = ">=1" }'),
   }, true)
   unit.assertEquals(shout(), plain .. "ae")
   unit.assertEquals(events["c.lua"].cause, "c.lua: it requires patch gone, which is not there")
   unit.assertEquals(states(), {
      ["a.lua"] = "active", ["b.lua"] = "refused", ["c.lua"] = "refused", ["d.lua"] = "refused", ["e.lua"] = "active",
   })
end

-- ---- tests of patches -----------------------------------------------------------------------

local TESTED = [[patch.override(native.Animal, "count", function(original) return original() + %s end)
   patch.test("counts twelve more", function()
      local count = native.Animal.count()
      assert(count >= 12, "count is " .. count)
   end)]]

function TestTransaction:test_tests_run_against_the_staged_code()
   local count = native.Animal.count()
   local events = zoo.apply { ["p.lua"] = patch(TESTED:format(2)), ["q.lua"] = adds "Q" }
   unit.assertEquals(events["p.lua"].state, "refused")
   unit.assertStrContains(events["p.lua"].cause, 'p.lua: test "counts twelve more" failed: p.lua:5: count is ' .. count + 2)
   unit.assertEquals(events["q.lua"].state, "staged")
   unit.assertEquals(native.Animal.count(), count) -- nobody sees anything of it
   unit.assertEquals(zoo.c.count(), count)
   unit.assertEquals(zoo.apply { ["p.lua"] = patch(TESTED:format(12)) }["p.lua"].state, "active")
   unit.assertEquals(zoo.c.count(), count + 12)
end

function TestTransaction:test_a_failing_edit_leaves_the_earlier_version()
   local plain = shout()
   zoo.apply { ["a.lua"] = adds "A" }
   zoo.apply { ["a.lua"] = adds("2", "patch.test('never', function() error 'no' end)") }
   unit.assertEquals(shout(), plain .. "A")
   unit.assertEquals(zoo.list()["a.lua"].state, "active")
   unit.assertStrContains(zoo.list()["a.lua"].cause, "edit refused, the earlier version stays: ")
end

function TestTransaction:test_tests_that_passed_elsewhere_are_not_run_again()
   local text = adds("A", "patch.test('never', function() error 'no' end)")
   unit.assertEquals(zoo.apply { ["a.lua"] = { text = text, rehearsed = true } }["a.lua"].state, "active")
end

function TestTransaction:test_what_tests_change_is_put_back()
   local environment = zoo.environment
   environment.TALLY = { count = 1, list = {} }
   local list = environment.TALLY.list
   local text = [[patch.override(native.Animal, "count", function(original) return original() end)
      local calls = 0
      patch.test("changes", function() calls = calls + 1 TALLY.count, TALLY.list, TALLY.more = 7, { 1 }, 1 TALLY.list[2] = 2 assert(%s) end)
      patch.test("sees it", function() assert(calls == 1 and TALLY.count == 7) end)]]
   for _, passes in ipairs { "true", "false" } do
      local event = zoo.apply { [passes .. ".lua"] = patch(text:format(passes)) }[passes .. ".lua"]
      unit.assertEquals(event.state, passes == "true" and "active" or "refused")
      unit.assertEquals(environment.TALLY, { count = 1, list = {} })
      unit.assertIs(environment.TALLY.list, list)
   end
   environment.TALLY = nil
end

-- ---- requirements ---------------------------------------------------------------------------

function TestTransaction:test_order_by_name_and_then_by_requirements()
   local plain = shout()
   zoo.apply { ["a.lua"] = named("a", "requires = { z = 1 }"), ["b.lua"] = named "b", ["z.lua"] = named "z" }
   unit.assertEquals(shout(), plain .. "bza")
end

function TestTransaction:test_versions()
   local function cause(requires)
      local event = zoo.apply { ["b.lua"] = named("b", "requires = " .. requires) }["b.lua"]
      zoo.apply { ["b.lua"] = false }
      return event.state == "active" and "" or event.cause
   end
   zoo.apply { ["a.lua"] = named("a", "version = 2") }
   unit.assertEquals(cause '{ a = ">=2" }', "")
   unit.assertEquals(cause '{ a = 2 }', "")
   unit.assertEquals(cause '{ a = ">1 <3" }', "")
   unit.assertEquals(cause '{ a = "==2" }', "")
   unit.assertEquals(cause '{ a = ">=3" }', "b.lua: it requires patch a >=3, a.lua is version 2")
   unit.assertEquals(cause '{ a = ">=1 <2" }', "b.lua: it requires patch a >=1 <2, a.lua is version 2")
   unit.assertEquals(cause '{ api = ">=1" }', "")
   unit.assertStrContains(cause '{ api = ">=1000" }', "b.lua: it requires API level >=1000, this program has ")
   unit.assertStrContains(cause '{ a = "new" }', 'patch.info: requires: { api = ">=1", ["other-patch"] = ">=2 <4" } expected')
   unit.assertStrContains(cause '{ "a" }', "patch.info: requires: ")
end

function TestTransaction:test_a_patch_goes_with_what_it_requires()
   local plain = shout()
   zoo.apply { ["a.lua"] = named "a", ["b.lua"] = named("b", "requires = { a = 1 }"), ["c.lua"] = named "c" }
   local events = zoo.apply { ["a.lua"] = false }
   unit.assertEquals(shout(), plain .. "c")
   unit.assertEquals(events["b.lua"].state, "refused")
   unit.assertEquals(events["b.lua"].cause, "b.lua: it requires patch a, which is not there")
   unit.assertTrue(events["b.lua"].changed)
end

function TestTransaction:test_a_patch_goes_with_what_is_quarantined()
   local plain = shout()
   zoo.apply {
      ["a.lua"] = patch [[patch.info { id = "a" } patch.override(native.Animal, "damage", function() error "broken" end)]],
      ["b.lua"] = named("b", "requires = { a = 1 }"), ["c.lua"] = named("c", "requires = { b = 1 }"), ["d.lua"] = named "d",
   }
   for _ = 1, 8 do zoo.c.damage(animal, 1) end
   local events = zoo.step()
   unit.assertEquals(states(), {
      ["a.lua"] = "quarantined", ["b.lua"] = "refused", ["c.lua"] = "refused", ["d.lua"] = "active",
   })
   unit.assertEquals(events["b.lua"].cause, "b.lua: it requires patch a, which is not there")
   unit.assertTrue(events["c.lua"].changed)
   unit.assertEquals(shout(), plain .. "d")
end

function TestTransaction:test_what_came_last_is_at_fault()
   local plain = shout()
   zoo.apply { ["a.lua"] = named("a", "version = 2"), ["b.lua"] = named("b", 'requires = { a = ">=2" }') }
   local events = zoo.apply { ["a.lua"] = named("a", "version = 1") }
   unit.assertEquals(events["a.lua"].state, "refused")
   unit.assertStrContains(events["a.lua"].cause, "b.lua: it requires patch a >=2, a.lua is version 1")
   events = zoo.apply { ["c.lua"] = named("c", 'conflicts = { "a" }') }
   unit.assertEquals(events["c.lua"].cause, "c.lua: it cannot be together with patch a (a.lua)")
   events = zoo.apply { ["d.lua"] = named "a" }
   unit.assertEquals(events["d.lua"].cause, 'd.lua: its id "a" is that of a.lua, too')
   unit.assertEquals(shout(), plain .. "ab")
end

function TestTransaction:test_a_circle_is_refused()
   local plain = shout()
   local events = zoo.apply {
      ["a.lua"] = named("a", "requires = { b = 1 }"), ["b.lua"] = named("b", "requires = { a = 1 }"), ["c.lua"] = named "c",
   }
   unit.assertEquals(shout(), plain)
   unit.assertEquals(events["a.lua"].cause, "a.lua: patches require each other in a circle: a, b")
   unit.assertEquals(events["c.lua"].state, "staged")
   events = zoo.apply { ["a.lua"] = named("a", "requires = { a = 1 }"), ["b.lua"] = false }
   unit.assertEquals(events["a.lua"].cause, "a.lua: patches require each other in a circle: a")
end

function TestTransaction:test_the_list_tells_who_else_is_on_a_function()
   zoo.apply { ["a.lua"] = adds "A", ["b.lua"] = adds "B", ["c.lua"] = patch [[patch.before(native.Animal, "heal", function() end)]] }
   unit.assertEquals(zoo.list()["a.lua"].overrides, { "Animal.shout (1 of 2: a, b)" })
   unit.assertEquals(zoo.list()["b.lua"].overrides, { "Animal.shout (2 of 2: a, b)" })
   unit.assertEquals(zoo.list()["c.lua"].overrides, { "Animal.heal" })
   zoo.apply { ["a.lua"] = false }
   unit.assertEquals(zoo.list()["b.lua"].overrides, { "Animal.shout" })
end

-- ---- what follows an error ------------------------------------------------------------------

local function failing(on_error)
   return patch(([[
      local options = %s
      local function fail(original, self) if type(self) == "userdata" then self.x = self.x + 1 end error "half-way" end
      patch.override(native.Animal, "damage", fail, options)
      patch.override(native.Animal, "shout", fail, options)
      patch.override(native.Animal, "rename", fail, options)
      patch.override(native.Animal, "middle", fail, options)
      patch.override(native.Animal, "count", function() return "many" end, options)]]):format(on_error))
end

function TestTransaction:test_after_an_error_the_layer_below_runs()
   for _, on_error in ipairs { "nil", '{ on_error = "original" }' } do
      zoo.apply { ["p.lua"] = failing(on_error) }
      local before = animal.hp
      unit.assertEquals(animal:damage(10), before - 10)
      unit.assertEquals(zoo.c.damage(animal, 10), before - 20)
      unit.assertEquals(animal:shout "you", "Leo greets you")
   end
end

function TestTransaction:test_after_an_error_the_patch_wants_zero()
   zoo.apply { ["p.lua"] = failing '{ on_error = "default" }' }
   local before = animal.hp
   unit.assertEquals({ animal:damage(10), zoo.c.damage(animal, 10) }, { 0, 0 })
   unit.assertEquals(animal.hp, before)
   unit.assertEquals(tostring(animal:middle(native.Vec2(4, 6))), "Vec2(0, 0)")
   unit.assertEquals({ animal:shout "you", (zoo.c.shout(animal, "you")) }, {})
   unit.assertEquals({ animal:rename "Rex" }, { nil, "Animal.rename failed: the log says why" })
   unit.assertEquals({ zoo.c.rename(animal, "Rex") }, { false, "Animal.rename failed: the log says why" })
   unit.assertEquals(animal.name, "Leo")
end

function TestTransaction:test_a_wrong_result_is_an_error_as_well()
   zoo.apply { ["p.lua"] = failing '{ on_error = "default" }' }
   unit.assertEquals({ native.Animal.count(), zoo.c.count() }, { 0, 0 })
end

function TestTransaction:test_after_an_error_lua_gets_it_and_c_does_not()
   zoo.apply { ["p.lua"] = failing '{ on_error = "raise" }' }
   local before = animal.hp
   local ok, message = pcall(animal.damage, animal, 10)
   unit.assertFalse(ok)
   unit.assertEquals(message, "patch p: p.lua:3: half-way")
   unit.assertEquals(zoo.c.damage(animal, 10), before - 10)
end

function TestTransaction:test_functions_of_lua_have_the_choice_too()
   zoo.files["scripts/chosen.lua"] = "return { f = function() return 1 end }"
   zoo.script [[require "chosen"]]
   local function call(on_error)
      zoo.apply { ["p.lua"] = patch(([[patch.override(require "chosen", "f", function() error "no" end, %s)]]):format(on_error)) }
      return zoo.script [[return require("chosen").f()]]
   end
   unit.assertEquals(call "nil", 1)
   unit.assertNil(call '{ on_error = "default" }')
   unit.assertErrorMsgContains("patch p: p.lua:2: no", call, '{ on_error = "raise" }')
end

function TestTransaction:test_misuse_of_on_error()
   local function cause(text) return zoo.apply { ["p.lua"] = patch(text) }["p.lua"].cause end
   local override = 'patch.override(native.Animal, "damage", function() end, %s)'
   unit.assertStrContains(cause(override:format '{ on_error = "ignore" }'),
      'p.lua:2: patch.override: on_error: "original", "default" or "raise" expected, got string')
   unit.assertStrContains(cause(override:format "{ on_eror = 1 }"), 'unknown key "on_eror" (there is on_error)')
   unit.assertStrContains(cause(override:format "1"), "{ on_error = ... } expected, got")
   unit.assertStrContains(cause 'patch.before(native.Animal, "damage", function() end, {})', "patch.before: too many arguments")
end
