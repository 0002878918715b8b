-- Functions that cross: Lua functions that C calls, for one call or for longer, and functions of C
-- that patches call.

local native = native
local Caller = native.Caller
local caller

TestCallbacks = {}

-- What was fetched before any patch goes through C: its dispatcher finds the patch in the slot.
local fetched = {}
for _, name in ipairs {
   "count", "move", "add", "name", "choose", "list", "divide", "mix", "listen", "keeps", "risk", "steal",
} do fetched[name] = Caller[name] end
local fetched_subscribe = native.post.subscribe

function TestCallbacks:setUp()
   caller = zoo.caller()
   zoo.log()
end

function TestCallbacks:tearDown()
   zoo.apply { ["p.lua"] = false }
   native.post.subscribe(nil)
   zoo.break_caller()
end

local function apply(code)
   local event = zoo.apply { ["p.lua"] = "local patch = require 'patch'\n" .. code }["p.lua"]
   unit.assertEquals(event.state, "active", event.cause)
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
   unit.assertStrContains(log(), "callbacks_spec.lua:206: error object is a table")
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
   { "list", { 1, "bad" }, { "x" }, 0, "callback.Lister: result: list of integer expected, got table" },
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

-- ---- kept -----------------------------------------------------------------------------------

local function recorder()
   local heard = {}
   return heard, function(what) heard[#heard + 1] = what end
end

function TestCallbacks:test_c_keeps_a_function_until_it_gets_another()
   local one, hear_one = recorder()
   local two, hear_two = recorder()
   unit.assertFalse(caller:tell "nobody")
   caller:listen(hear_one)
   collectgarbage()
   caller:tell "a"
   caller:tell "b"
   caller:listen(hear_two)
   caller:tell "c"
   caller:listen(nil)
   unit.assertFalse(caller:tell "d")
   unit.assertEquals({ one, two }, { { "a", "b" }, { "c" } })
   caller.namer = function(number) return "number " .. number end
   unit.assertEquals(caller:call_namer(7), "number 7")
   caller.namer = nil
   unit.assertEquals(caller:call_namer(7), "nobody")
   unit.assertEquals(log(), "")
end

function TestCallbacks:test_the_same_function_is_the_same_to_c()
   local _, hear = recorder()
   unit.assertFalse(caller:keeps(hear))
   unit.assertTrue(caller:keeps(hear))
   unit.assertFalse(caller:keeps(function() end))
   apply "patch.override(native.Caller, 'keeps', function(original, self, listener) return original(self, listener) end)"
   unit.assertFalse(caller:keeps(hear))
   unit.assertTrue(caller:keeps(hear))
   unit.assertTrue(fetched.keeps(caller, hear))
end

local function is_collected(weak)
   collectgarbage()
   collectgarbage()
   return weak[1] == nil
end

function TestCallbacks:test_what_c_keeps_no_more_is_garbage()
   local weak = setmetatable({ function(what) return what, caller end }, { __mode = "v" })
   caller:listen(weak[1])
   unit.assertFalse(is_collected(weak))
   caller:listen(nil)
   unit.assertTrue(is_collected(weak))
   weak[1] = function(what) return what, caller end
   caller:listen(weak[1])
   zoo.caller() -- destroys the owner
   for _ = 1, 10 do zoo.step() end
   unit.assertTrue(is_collected(weak))
   weak[1] = function(what) return what, caller end
   native.post.subscribe(weak[1])
   unit.assertFalse(is_collected(weak))
   native.post.subscribe(function() end)
   unit.assertTrue(is_collected(weak))
end

function TestCallbacks:test_a_failed_call_keeps_what_was_kept()
   local function first(number) return number + 1 end
   caller:risk(1, first)
   unit.assertEquals({ caller:risk(-1, function() return 0 end) }, { nil, "below 0" })
   collectgarbage()
   unit.assertEquals(caller:call_kept(1), 2)
end

function TestCallbacks:test_a_callback_may_replace_itself_while_it_runs()
   local heard, hear = recorder()
   caller:listen(function(what)
      caller:listen(hear)
      error(what)
   end)
   caller:tell "first"
   caller:tell "second"
   unit.assertEquals(heard, { "second" })
   unit.assertStrContains(log(), "Caller.listen: callback.Listener: ")
end

function TestCallbacks:test_of_no_object()
   local heard, hear = recorder()
   native.post.subscribe(hear)
   unit.assertTrue(native.post.send "a")
   native.post.subscribe(nil)
   unit.assertFalse(native.post.send "b")
   fetched_subscribe(hear)
   native.post.send "c"
   unit.assertEquals(heard, { "a", "c" })
end

-- ---- when the time is over ------------------------------------------------------------------

-- Each type is reported once for each reason, so these types are used here alone, once.
local function report()
   zoo.step()
   return log()
end

function TestCallbacks:test_a_lent_function_that_c_kept_is_zero_after_the_call()
   caller:steal(function(number) return number + 1 end)
   for _ = 1, 3 do unit.assertEquals(caller:call_stolen(5), 0) end
   unit.assertEquals(report(), "warning: Caller.steal: callback.LentLate was lent for one call and called after it: "
      .. "declare the parameter MP_KEEP if C keeps it; such calls return nothing")
   unit.assertEquals(caller:call_stolen(5), 0)
   unit.assertEquals(report(), "")
end

function TestCallbacks:test_a_kept_function_is_zero_when_it_was_taken_back()
   apply [[patch.override(native.Caller, "risk", function(original, self, number)
      return original(self, number, function() return 42 end)
   end)]]
   caller:risk(1, function() return 1 end)
   unit.assertEquals(caller:call_kept(0), 42)
   zoo.apply { ["p.lua"] = false }
   for _ = 1, 3 do unit.assertEquals(caller:call_kept(0), 0) end
   unit.assertEquals(report(), "warning: Caller.risk: callback.KeptLate was called after it was replaced, or its owner, "
      .. "its patch or its Lua machine was gone; such calls return nothing")
end

function TestCallbacks:test_from_a_leaf()
   local function answer(number) return number + 1 end
   caller:trust(answer)
   local in_ffi = zoo.jit and 0 or 6
   unit.assertEquals(caller:lie(5), in_ffi)
   if zoo.jit then
      unit.assertEquals(log(), "warning: Caller.lie is declared MP_LEAF but calls callback.FromLeaf, which is a Lua "
         .. "function: this call returned nothing; from now on the leaf is called the slower, safe way. Declare it MP_METHOD")
   end
   unit.assertEquals(caller:lie(5), 6)
   unit.assertEquals(log(), "")
end

function TestCallbacks:test_from_another_thread()
   unit.assertEquals(caller:call_in_thread(5, function(number) return number + 1 end), 0)
   unit.assertEquals(report(), "warning: Caller.call_in_thread: callback.FromThread was called from another thread than "
      .. "the scripts'; such calls return nothing")
   unit.assertEquals(caller:call_in_thread(5, function(number) return number + 1 end), 0)
   unit.assertEquals(report(), "")
end

-- ---- kept, and patches ----------------------------------------------------------------------

function TestCallbacks:test_what_a_patch_gave_to_c_goes_with_it()
   local code = [[
      patch.override(native.Caller, "tell", function(original, self, what)
         if what == "hook" then
            self:listen(function(heard) print("patch heard " .. heard) end)
            return true
         end
         return original(self, what)
      end)]]
   apply(code)
   caller:tell "hook"
   caller:tell "a"
   unit.assertEquals(log(), "info: patch heard a")
   apply(code .. "\n-- the next version")
   caller:tell "b"
   unit.assertEquals(log(), "")
   caller:tell "hook"
   zoo.apply { ["p.lua"] = false }
   caller:tell "c"
   unit.assertEquals(log(), "")
   local _, hear = recorder()
   caller:listen(hear)
   apply(code)
   zoo.apply { ["p.lua"] = false }
   caller:tell "mine"
   unit.assertEquals(_, { "mine" })
end

function TestCallbacks:test_a_refused_patch_leaves_nothing_behind()
   zoo.files["scripts/store.lua"] = "return {}"
   local store = zoo.script "return require 'store'"
   store.caller = caller
   local event = zoo.apply { ["p.lua"] = [[
      require "store".caller:listen(function() print "still there" end)
      error "no"]] }["p.lua"]
   unit.assertEquals(event.state, "refused")
   caller:tell "x"
   unit.assertEquals(log(), "")
end

function TestCallbacks:test_errors_of_a_patchs_callback_are_the_patchs()
   apply [[patch.override(native.Caller, "tell", function(original, self, what)
      if what == "hook" then self:listen(function() error "oh" end) end
      return original(self, what)
   end)]]
   caller:tell "hook"
   for _ = 1, 3 do caller:tell "x" end
   unit.assertEquals(zoo.list()["p.lua"].errors, 4)
   unit.assertStrContains(log(), "patch p: Caller.listen: callback.Listener: p.lua:3: oh\nstack traceback")
   for _ = 1, 4 do caller:tell "x" end
   unit.assertEquals(zoo.step()["p.lua"].state, "quarantined")
   zoo.log()
   caller:tell "x"
   unit.assertEquals(log(), "")
end

function TestCallbacks:test_a_patch_gets_what_c_keeps()
   zoo.files["scripts/store.lua"] = "return {}"
   local store = zoo.script "return require 'store'"
   apply [[
      local store = require "store"
      patch.override(native.Caller, "listen", function(original, self, listener)
         store.listener = listener
         return original(self, listener)
      end)]]
   caller:listen_in_c(1)
   local one = store.listener
   one "hello"
   unit.assertEquals(zoo.heard(), "one: hello")
   caller:tell "itself"
   unit.assertEquals(zoo.heard(), "one: itself")
   caller:listen_in_c(1)
   unit.assertIs(store.listener, one)
   caller:listen_in_c(2)
   unit.assertErrorMsgContains("callback.Listener: C does not keep this function", one, "x")
   store.listener "two"
   unit.assertEquals(zoo.heard(), "two: two")
   caller:listen_in_c(0)
   unit.assertNil(store.listener)
   caller:listen_in_c(1)
   local last = store.listener
   last "alive"
   local other = zoo.caller()
   unit.assertErrorMsgContains("C does not keep this function", last, "x")
   other:listen_in_c(2)
   last = store.listener
   zoo.apply { ["p.lua"] = false }
   unit.assertErrorMsgContains("C does not keep this function", last, "x")
   unit.assertEquals(zoo.heard(), "one: alive")
end

-- A function of C that is kept for one object must not be kept for another: it may die earlier.
function TestCallbacks:test_what_c_lent_is_not_kept_as_itself()
   zoo.files["scripts/store.lua"] = "return {}"
   local store = zoo.script "return require 'store'"
   apply [[
      local store = require "store"
      patch.override(native.Caller, "name", function(original, self, number, namer)
         self.namer = namer
         store.inside = self:call_namer(number)
         return original(self, number, namer)
      end)]]
   local animal = zoo.animal(1)
   caller:call_all(animal)
   unit.assertNil(store.inside) -- what it was called with last is 0
   zoo.log()
   unit.assertNil(caller:call_namer(1))
   unit.assertStrContains(log(), "Caller.namer: callback.Namer: ")
   caller.namer = nil
   zoo.finish(animal)
end

function TestCallbacks:test_ten_thousand_times_is_flat()
   local function memory()
      if zoo.jit then jit.flush() end -- compiled code comes and goes
      collectgarbage()
      collectgarbage()
      return collectgarbage "count"
   end
   local function round(count)
      for _ = 1, count do
         caller:listen(function() end)
         fetched.name(caller, 1, function() return "x" end)
         native.post.subscribe(function() end)
      end
   end
   local function patched(count)
      for index = 1, count do
         apply "patch.override(native.Caller, 'name', function(original, self, number, namer) return namer(number) end)"
         round(1)
         if index % 2 == 0 then zoo.apply { ["p.lua"] = false } end
      end
   end
   round(100)
   patched(100)
   local before = memory()
   round(10000)
   patched(10000)
   unit.assertAlmostEquals(memory() - before, 0, 200) -- tables grow by halves; 30,000 functions would be megabytes
end
