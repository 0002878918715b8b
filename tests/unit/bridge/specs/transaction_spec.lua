-- Transactions: a set of changes takes effect as a whole, or leaves no trace.

TestTransaction = {}

local animal

function TestTransaction:setUp()
   animal = zoo.animal(100)
   zoo.log()
end

function TestTransaction:tearDown()
   local all = {}
   for file in pairs(zoo.list()) do all[file] = false end
   zoo.apply(all)
   pcall(zoo.finish, animal)
end

local function patch(body) return 'local patch = require "patch"\n' .. body end

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
end

function TestTransaction:test_the_list_tells_who_else_is_on_a_function()
   zoo.apply { ["a.lua"] = adds "A", ["b.lua"] = adds "B", ["c.lua"] = patch [[patch.before(native.Animal, "heal", function() end)]] }
   unit.assertEquals(zoo.list()["a.lua"].overrides, { "Animal.shout (1 of 2: a, b)" })
   unit.assertEquals(zoo.list()["b.lua"].overrides, { "Animal.shout (2 of 2: a, b)" })
   unit.assertEquals(zoo.list()["c.lua"].overrides, { "Animal.heal" })
   zoo.apply { ["a.lua"] = false }
   unit.assertEquals(zoo.list()["b.lua"].overrides, { "Animal.shout" })
end
