-- Functions that cross for one call: Lua functions that C calls, and functions of C that patches call.

local apply = require "patching".apply

local native = native
local Caller = native.Caller
local caller

TestCallbacks = {}

-- What was fetched before any patch goes through C: its dispatcher finds the patch in the slot.
local fetched = {}
for _, name in ipairs { "move", "add", "name", "list", "divide", "mix" } do fetched[name] = Caller[name] end

function TestCallbacks:setUp()
   caller = zoo.caller()
   zoo.log()
end

function TestCallbacks:tearDown()
   zoo.apply { ["p.lua"] = false }
   zoo.break_caller()
end

local function log() return table.concat(zoo.log(), "\n") end

local function with_hp(...)
   local list = { ... }
   for index, hp in ipairs(list) do list[index] = zoo.animal(hp) end
   return list
end

local function finish(list)
   for _, animal in ipairs(list) do zoo.finish(animal) end
end

local function mixer(a, b, c, d, e, f, g, h, i, j, k, place)
   unit.assertEquals({ a, b, c, d, e, f, g, h, j }, { true, -128, 4000000000, 0.5, 6, 2, "text", "a\0b", { 4, 5, 6 } })
   unit.assertEquals(tostring(i), "Box(1, 2, 3, 4, 5, 1152921504606846976LL)")
   unit.assertEquals({ k.count, k.what, k.weights }, { 7, "nuts", { 0.5, 1 } })
   return 10.5, place + i.max, "HUNGRY"
end

local function divide(number, by)
   if by == 0 then return nil, "division by zero" end
   return math.floor(number / by), number % by
end

-- {method, arguments, results}: every kind of parameter and result that a callback has.
local CALLS = {
   { "move", { { x = 1, y = 2 }, function(from) return from * 2 end }, { native.Vec2(2, 4) } },
   { "move", { native.Vec2(1, 2), function(from) return from * 2 end, function(from) return { x = from.y, y = 0 } end }, { native.Vec2(4, 0) } },
   { "add", { 9007199254740993LL, 2, function(a, b) return a + b end }, { 9007199254740995LL } },
   { "add", { 0, 0xffffffffffffffffULL, function(a, b) return b == 0xffffffffffffffffULL and -7 or 0 end }, { -7LL } },
   { "name", { 3, function(number) return ("x"):rep(number) end }, { "xxx" } },
   { "name", { 3, function() end }, {} },
   { "list", { 4, function(last) return { last, last, last } end }, { 12 } },
   { "list", { 4, function() return {} end }, { 0 } },
   { "list", { 4, function() return nil end }, { 0 } },
   { "divide", { 17, 5, divide }, { 3, 2 } },
   { "divide", { 17, 0, divide }, { nil, "division by zero" } },
   { "mix", { mixer }, { 10.5, native.Vec2(4, 6), 5 } },
}

local function check(func, call, how)
   local results = { func(caller, unpack(call[2], 1, 6)) }
   for index = 1, math.max(#call[3], #results) do
      local expected, got = call[3][index], results[index]
      local name = ("%s %s: %s expected, got %s"):format(call[1], how, tostring(expected), tostring(got))
      unit.assertTrue(expected == got, name)
   end
end

function TestCallbacks:test_c_calls_lua_functions()
   for _ = 1, 100 do
      for _, call in ipairs(CALLS) do check(Caller[call[1]], call, "from Lua") end
   end
   unit.assertEquals(log(), "")
end

function TestCallbacks:test_objects()
   local animals = with_hp(10, 60, 90)
   local seen = {}
   unit.assertEquals(caller:count(animals, function(animal)
      seen[#seen + 1] = animal
      return animal.hp > 50
   end), 2)
   unit.assertIs(seen[1], animals[1])
   unit.assertIs(caller:choose(animals, function(list) return list[2] end), animals[2])
   unit.assertNil(caller:choose(animals, function() return nil end))
   unit.assertIs(caller:choose({ animals[3] }, function(list)
      return caller:choose(animals, function(inner) return inner[#inner] == list[1] and inner[1] or nil end)
   end), animals[1])
   unit.assertEquals(caller:count_strong(animals, 50), 2)
   finish(animals)
end

-- ---- patches --------------------------------------------------------------------------------

local HAND_ON = [[
   for _, name in ipairs { "move", "add", "name", "choose", "list", "divide", "mix" } do
      patch.override(native.Caller, name, function(original, ...) return original(...) end)
   end]]

function TestCallbacks:test_patches_hand_callbacks_on()
   local animal = zoo.animal(10)
   local expected = caller:call_all(animal)
   unit.assertEquals(expected, 5 + 3 + 3 + 100 + 100 + 1000 + 6 + 30000 + 200000 + 1000000 + 10.5)
   for _ = 1, 2 do -- apply, revert, apply
      apply(HAND_ON)
      for _, call in ipairs(CALLS) do
         check(Caller[call[1]], call, "from Lua to the patch")
         check(fetched[call[1]], call, "through C to the patch")
      end
      unit.assertEquals(caller:call_all(animal), expected)
      unit.assertEquals(log(), "")
      zoo.apply { ["p.lua"] = false }
      for _, call in ipairs(CALLS) do check(Caller[call[1]], call, "after the patch") end
      unit.assertEquals(caller:call_all(animal), expected)
   end
   zoo.finish(animal)
end

-- What the patch calls is C's, through whatever of its parameters need work in Lua.
function TestCallbacks:test_a_patch_calls_functions_of_c()
   apply [[
      patch.override(native.Caller, "move", function(original, self, from, mover, second)
         return mover(second and second(from) or from)
      end)
      patch.override(native.Caller, "add", function(original, self, a, b, adder) return adder(a, b) end)
      patch.override(native.Caller, "name", function(original, self, number, namer) return namer(number) end)
      patch.override(native.Caller, "choose", function(original, self, animals, chooser) return chooser(animals) end)
      patch.override(native.Caller, "list", function(original, self, last, lister)
         local sum = 0
         for _, number in ipairs(lister(last)) do sum = sum + number end
         return sum
      end)
      patch.override(native.Caller, "divide", function(original, self, number, by, divider) return divider(number, by) end)
      patch.override(native.Caller, "mix", function(original, self, mixer)
         return mixer(true, -128, 4000000000, 0.5, "ANGRY", "HEAVY", "text", "a\0b",
            { min = { x = 1, y = 2 }, max = { x = 3, y = 4 }, mood = 5, serial = 2 ^ 60 }, { 4, 5, 6 },
            { count = 7, what = "nuts" }, { x = 1, y = 2 })
      end)
   ]]
   local animal = zoo.animal(10)
   unit.assertEquals(caller:call_all(animal), 5 + 3 + 3 + 100 + 100 + 1000 + 6 + 30000 + 200000 + 1000000 + 10.5)
   unit.assertEquals(log(), "")
   zoo.finish(animal)
end

function TestCallbacks:test_a_patch_misuses_a_function_of_c()
   zoo.files["scripts/store.lua"] = "return {}"
   local animals = with_hp(10, 60)
   for code, words in pairs {
      ["test()"] = "callback.AnimalTest: animal: Animal expected, got nil",
      ["test(3)"] = "callback.AnimalTest: animal: Animal expected, got 3",
      ["test(animals[1], 2)"] = "callback.AnimalTest: too many arguments (1 expected)",
      ["original(self, animals)"] = "Caller.count: test: function (AnimalTest) expected, got nil",
   } do
      apply(("patch.override(native.Caller, 'count', function(original, self, animals, test) %s return 7 end)"):format(code))
      unit.assertEquals(caller:count_strong(animals, 50), 1)
      unit.assertStrContains(log(), words)
   end
   finish(animals)
end

function TestCallbacks:test_a_function_that_c_lent_is_dead_after_the_call()
   zoo.files["scripts/store.lua"] = "return {}"
   apply [[
      local store = require "store"
      patch.override(native.Caller, "count", function(original, self, animals, test)
         store.test = test
         store.animal = animals[1]
         return original(self, animals, test)
      end)]]
   local animals = with_hp(10, 60)
   unit.assertEquals(caller:count_strong(animals, 50), 1)
   local said = zoo.script [[
      local store = require "store"
      local ok, message = pcall(store.test, store.animal)
      return message]]
   unit.assertEquals(said, "script.lua:2: callback.AnimalTest: C lent it for one call, which is over: it does not lend this function")
   finish(animals)
end

-- ---- errors ---------------------------------------------------------------------------------

function TestCallbacks:test_an_error_is_reported_and_c_gets_zero()
   local animals = with_hp(10, 60)
   unit.assertEquals(caller:count(animals, function(animal)
      if animal.hp == 10 then error "oh" end
      return true
   end), 1)
   local said = log()
   unit.assertStrContains(said, "error: Caller.count: callback.AnimalTest: ")
   unit.assertStrContains(said, "callbacks_spec.lua")
   unit.assertStrContains(said, ": oh\nstack traceback:")
   unit.assertEquals(caller:move({ x = 1, y = 1 }, function() error {} end), native.Vec2(0, 0))
   unit.assertStrContains(log(), "callbacks_spec.lua:198: error object is a table")
   unit.assertEquals({ caller:divide(1, 1, function() error "oh" end) }, { nil, "callback.Divider failed: the log says why" })
   unit.assertEquals(caller:list(1, function() error "oh" end), 0)
   unit.assertEquals(caller:name(1, function() coroutine.yield() end), nil)
   unit.assertStrContains(log(), "attempt to yield across C-call boundary")
   finish(animals)
end

function TestCallbacks:test_only_the_first_errors_of_a_function_are_reported()
   local function bad() error "oh" end
   for _ = 1, 20 do caller:name(1, bad) end
   unit.assertEquals(#zoo.log(), 3)
end

local BAD_RESULTS = {
   { "count", { "animals", "bad" }, 3, 0, "callback.AnimalTest: result: boolean expected, got 3" },
   { "move", { "place", "bad" }, 3, native.Vec2(0, 0), "callback.Mover: result: Vec2 expected, got 3" },
   { "add", { 1, 1, "bad" }, 0.5, 0LL, "callback.Adder: result: 64-bit integer expected, got 0.5" },
   { "name", { 1, "bad" }, true, nil, "callback.Namer: result: string expected, got boolean" },
   { "choose", { "animals", "bad" }, 3, nil, "callback.Chooser: result: Animal expected, got 3" },
   { "list", { 1, "bad" }, { "x" }, 0, "callback.Lister: result[1]: integer expected, got string" },
   { "mix", { "bad" }, 3, 0, "callback.Mixer: place: Vec2 expected, got nil" },
}

function TestCallbacks:test_wrong_results_are_zero_and_reported()
   local animals = with_hp(10)
   local returning = zoo.script [[return function(result)
      return function() return result end
   end]]
   for _, case in ipairs(BAD_RESULTS) do
      local name, arguments, result, expected, words = unpack(case, 1, 5)
      local given = {}
      local values = { animals = animals, place = native.Vec2(1, 1), bad = returning(result) }
      for index, argument in ipairs(arguments) do given[index] = values[argument] or argument end
      unit.assertTrue((Caller[name](caller, unpack(given))) == expected, name)
      unit.assertStrContains(log(), words .. " (from the function at script.lua:2)")
   end
   finish(animals)
end

function TestCallbacks:test_misuse()
   for patched = 1, 2 do
      for code, words in pairs {
         ["caller:name(1)"] = "Caller.name: namer: function (Namer) expected, got nil",
         ["caller:name(1, 2)"] = "Caller.name: namer: function (Namer) expected, got 2",
         ["caller:name('x', print)"] = "Caller.name: number: integer expected, got string",
         ["caller:name(1, print, 3)"] = "Caller.name: too many arguments (2 expected)",
         ["caller:move(native.Vec2(1, 1), print, 3)"] = "Caller.move: second: function (Mover) expected, got 3",
         ["caller:listen(3)"] = "Caller.listen: listener: function (Listener) expected, got 3",
         ["caller.namer = 3"] = "Caller.namer: namer: function (Namer) expected, got 3",
         ["caller:keeps(nil)"] = "Caller.keeps: listener: function (Listener) expected, got nil",
      } do
         local chunk = assert(load("local caller = ... " .. code, "@script.lua", "t", zoo.environment))
         local ok, message = pcall(chunk, caller)
         unit.assertFalse(ok, code)
         unit.assertStrContains(message, words)
      end
      if patched == 1 then apply(HAND_ON) end
   end
end
