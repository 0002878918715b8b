-- Functions of C that take any number of values.

local apply = require "patching".apply

local native = native
local Caller = native.Caller
local caller, animal

TestArguments = {}

-- What was fetched before any patch goes through C: its dispatcher finds the patch in the slot.
local fetched = {}
for _, name in ipairs { "describe", "check", "scale", "pass_on", "listen_with" } do fetched[name] = Caller[name] end
local fetched_count = native.post.count

function TestArguments:setUp()
   caller, animal = zoo.caller(), zoo.lion(10)
   zoo.log()
end

function TestArguments:tearDown()
   zoo.apply { ["p.lua"] = false }
   if animal then zoo.finish(animal) end
   zoo.break_caller()
end

local function log() return table.concat(zoo.log(), "\n") end

local function noop() end

-- {method, arguments, results}
local function calls()
   return {
      { "describe", { "none:" }, { "none:" } },
      { "describe", { "all:", 1.5, true, "a\0b", 9007199254740993LL, 0xffffffffffffffffULL, animal, caller, {}, noop, native.Vec2(1, 2) },
         { "all: 1.5 true 'a'3 9007199254740993LL 18446744073709551615ULL Lion Caller <table> <function> <value struct>" } },
      { "describe", { "nils:", nil, false, nil }, { "nils: nil false nil" } },
      { "check", { "nilubsSA", 3, -2147483648, -2LL ^ 1, 5ULL, true, "text", "a\0b", animal }, { 3LL - 2147483648 + -2LL ^ 1 + 5 + 1 + 1 + 3 + 1 } },
      { "check", { "l", 0x7fffffffffffffffULL }, { 0x7fffffffffffffffLL } },
      { "check", { "l", -2 ^ 63 }, { -0x7fffffffffffffffLL - 1 } },
      { "check", { "u", 2 ^ 63 }, { -0x7fffffffffffffffLL - 1 } },
      { "check", { "u", 7LL }, { 7LL } },
      { "scale", { { x = 1, y = 2 }, "a", nil, "c" }, { native.Vec2(3, 6), 3 } },
      { "scale", { native.Vec2(1, 2) }, { nil, "nothing to scale by" } },
      { "pass_on", { function(number, ...) return number * 100 + select("#", ...) end, 1, nil }, { 202 } },
   }
end

local WIDTH = { describe = 11, check = 9, scale = 4, pass_on = 3 }
local COUNT = { ["none:"] = 1, ["nils:"] = 4, ["l"] = 2, ["u"] = 2 }

local function check(func, call, how)
   local arguments = call[2]
   local count = COUNT[arguments[1]] or (call[1] == "scale" and (arguments[2] and 4 or 1)) or WIDTH[call[1]]
   local results = { func(caller, unpack(arguments, 1, count)) }
   for index = 1, 2 do
      local expected, got = call[3][index], results[index]
      unit.assertTrue(expected == got, ("%s %s: %s expected, got %s"):format(call[1], how, tostring(expected), tostring(got)))
   end
end

function TestArguments:test_lua_calls_c()
   for _ = 1, 100 do
      for _, call in ipairs(calls()) do check(Caller[call[1]], call, "from Lua") end
   end
   unit.assertEquals(native.post.count(1, nil, nil), 3)
   unit.assertEquals(log(), "")
end

function TestArguments:test_patches_hand_them_on()
   for _ = 1, 2 do -- apply, revert, apply
      apply [[
         for _, name in ipairs { "describe", "check", "scale", "pass_on" } do
            patch.override(native.Caller, name, function(original, ...) return original(...) end)
         end
         patch.override(native.post, "count", function(original, ...) return original(...) * 10 + select("#", ...) end)]]
      for _, call in ipairs(calls()) do
         check(Caller[call[1]], call, "from Lua to the patch")
         check(fetched[call[1]], call, "through C to the patch")
      end
      unit.assertEquals(native.post.count(1, nil), 22)
      unit.assertEquals(fetched_count(1, nil), 22)
      unit.assertEquals(log(), "")
      zoo.apply { ["p.lua"] = false }
      for _, call in ipairs(calls()) do check(Caller[call[1]], call, "after the patch") end
   end
end

local OWN = "own: 1.5 true 'text'4 nil -9223372036854775808LL 18446744073709551615ULL Lion nil"

function TestArguments:test_a_list_of_c()
   unit.assertEquals(caller:describe_own(animal), OWN)
   apply "patch.override(native.Caller, 'describe', function(original, self, ...) return original(self, ...) end)"
   unit.assertEquals(caller:describe_own(animal), OWN)
   apply [[patch.override(native.Caller, 'describe', function(original, self, start, number, flag, text, none, low, high, animal, ...)
      assert(low == -0x7fffffffffffffffLL - 1 and high == 0xffffffffffffffffULL and none == nil and select("#", ...) == 1)
      return ("%s %g %s %s %s"):format(start, number, tostring(flag), text, animal.hp)
   end)]]
   unit.assertEquals(caller:describe_own(animal), "own: 1.5 true text 10")
   unit.assertEquals(log(), "")
end

-- What C cannot look into, it hands on as it is.
function TestArguments:test_other_values_are_handed_on()
   local key = {}
   local seen
   local function receive(_, a, b, c, d)
      seen = { a, b, c, d }
      return 1
   end
   for _ = 1, 2 do
      unit.assertEquals(fetched.pass_on(caller, receive, key, noop, native.Vec2(1, 2), 5LL), 1)
      unit.assertIs(seen[1], key)
      unit.assertIs(seen[2], noop)
      unit.assertTrue(seen[3] == native.Vec2(1, 2))
      unit.assertTrue(seen[4] == 5LL)
      apply "patch.override(native.Caller, 'pass_on', function(original, self, receiver, ...) return original(self, receiver, ...) end)"
   end
end

local MISUSES = {
   { "caller:describe()", "Caller.describe: start: string expected, got nil" },
   { "caller:check('n', 'x')", "Caller.check: argument 1 of ...: number expected, got string" },
   { "caller:check('nn', 1)", "Caller.check: argument 2 of ...: number expected, got nil" },
   { "caller:check('i', 2 ^ 31)", "Caller.check: argument 1 of ...: integer expected, got 2147483648" },
   { "caller:check('i', 0.5)", "Caller.check: argument 1 of ...: integer expected, got 0.5" },
   { "caller:check('i', 0 / 0)", "Caller.check: argument 1 of ...: integer expected, got nan" },
   { "caller:check('l', 2 ^ 63)", "Caller.check: argument 1 of ...: 64-bit integer expected, got 9.2233720368548e+18" },
   { "caller:check('l', -0.5)", "Caller.check: argument 1 of ...: 64-bit integer expected, got -0.5" },
   { "caller:check('l', 0xffffffffffffffffULL)", "Caller.check: argument 1 of ...: 64-bit integer expected, got 18446744073709551615ULL" },
   { "caller:check('u', -1)", "Caller.check: argument 1 of ...: 64-bit integer from 0 expected, got -1" },
   { "caller:check('u', -1LL)", "Caller.check: argument 1 of ...: 64-bit integer from 0 expected, got -1LL" },
   { "caller:check('u', 2 ^ 64)", "Caller.check: argument 1 of ...: 64-bit integer from 0 expected, got 1.844674407371e+19" },
   { "caller:check('b', 1)", "Caller.check: argument 1 of ...: boolean expected, got 1" },
   { "caller:check('s', 'a\\0b')", "Caller.check: argument 1 of ...: string expected, got string with a zero byte" },
   { "caller:check('ss', {}, 5)", "Caller.check: argument 1 of ...: string expected, got table" },
   { "caller:check('nA', 1, caller)", "Caller.check: argument 2 of ...: Animal expected, got Caller" },
   { "caller:check('A', native.Vec2(1, 2))", "Caller.check: argument 1 of ...: Animal expected, got Vec2(1, 2)" },
   { "caller:scale('x', 1)", "Caller.scale: at: Vec2 expected, got string" },
}

function TestArguments:test_misuse_names_method_and_position()
   for patched = 1, 2 do
      for _, misuse in ipairs(MISUSES) do
         local chunk = assert(load("local caller = ... " .. misuse[1], "@script.lua", "t", zoo.environment))
         local ok, message = pcall(chunk, caller)
         unit.assertFalse(ok, misuse[1])
         unit.assertStrContains(message, misuse[2])
      end
      apply [[for _, name in ipairs { "describe", "scale" } do
         patch.override(native.Caller, name, function(original, ...) return original(...) end)
      end]]
   end
end

function TestArguments:test_a_patch_that_hands_on_what_is_refused_is_not_to_blame()
   apply "patch.override(native.Caller, 'check', function(original, self, ...) return original(self, ...) end)"
   local dead = zoo.lion()
   zoo.finish(dead)
   for _ = 1, 10 do
      unit.assertErrorMsgContains("argument 1 of ...: number expected, got string", function() caller:check("n", "x") end)
      unit.assertErrorMsgContains("was destroyed", function() caller:check("A", dead) end)
   end
   zoo.step()
   unit.assertEquals(zoo.list()["p.lua"].state, "active")
end

function TestArguments:test_dead_objects_are_refused()
   zoo.finish(animal)
   unit.assertErrorMsgContains("Caller.describe: argument 2 of ...: this Lion (#", function() caller:describe("x", 1, animal) end)
   animal = nil
end

function TestArguments:test_what_was_refused_keeps_nothing()
   local heard = {}
   caller:listen_with(function(what) heard[#heard + 1] = what end, 1)
   unit.assertErrorMsgContains("Caller.listen_with: argument 1 of ...: number expected, got string",
      function() caller:listen_with(function() heard = nil end, "x") end)
   caller:tell "still"
   unit.assertEquals(heard, { "still" })
end

function TestArguments:test_many()
   local many = {}
   for index = 1, 3000 do many[index] = index end
   local function count(number, ...) return number + select("#", ...) end
   unit.assertEquals(native.post.count(unpack(many)), 3000)
   unit.assertEquals(caller:pass_on(count, unpack(many)), 6000)
   apply "patch.override(native.post, 'count', function(original, ...) return original(...) end)"
   unit.assertEquals(fetched_count(unpack(many)), 3000)
end

function TestArguments:test_it_leaves_nothing()
   local function memory()
      collectgarbage()
      collectgarbage()
      return collectgarbage "count"
   end
   local function round()
      for _ = 1, 10000 do
         fetched.pass_on(caller, function() return 1 end, {}, "x")
         pcall(caller.check, caller, "n", {})
      end
   end
   round()
   local before = memory()
   round()
   unit.assertAlmostEquals(memory() - before, 0, 200)
end
