-- Lua functions that C keeps for longer than a call: until when, and what becomes of them then.

local apply = require "patching".apply

local native = native
local Caller = native.Caller
local caller

-- What was fetched before any patch goes through C: its dispatcher finds the patch in the slot.
local fetched = { keeps = Caller.keeps, name = Caller.name, subscribe = native.post.subscribe }

TestKeptCallbacks = {}

function TestKeptCallbacks:setUp()
   caller = zoo.caller()
   zoo.log()
end

function TestKeptCallbacks:tearDown()
   zoo.apply { ["p.lua"] = false }
   native.post.subscribe(nil)
   zoo.break_caller()
end

local function log() return table.concat(zoo.log(), "\n") end

local function recorder()
   local heard = {}
   return heard, function(what) heard[#heard + 1] = what end
end

function TestKeptCallbacks:test_c_keeps_a_function_until_it_gets_another()
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

function TestKeptCallbacks:test_the_same_function_is_the_same_to_c()
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

function TestKeptCallbacks:test_what_c_keeps_no_more_is_garbage()
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

function TestKeptCallbacks:test_a_failed_call_keeps_what_was_kept()
   local function first(number) return number + 1 end
   caller:risk(1, first)
   unit.assertEquals({ caller:risk(-1, function() return 0 end) }, { nil, "below 0" })
   collectgarbage()
   unit.assertEquals(caller:call_kept(1), 2)
end

function TestKeptCallbacks:test_a_callback_may_replace_itself_while_it_runs()
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

function TestKeptCallbacks:test_of_no_object()
   local heard, hear = recorder()
   native.post.subscribe(hear)
   unit.assertTrue(native.post.send "a")
   native.post.subscribe(nil)
   unit.assertFalse(native.post.send "b")
   fetched.subscribe(hear)
   native.post.send "c"
   unit.assertEquals(heard, { "a", "c" })
end

-- ---- when the time is over ------------------------------------------------------------------

-- Each type is reported once for each reason, so these types are used here alone, once.
local function report()
   zoo.step()
   return log()
end

function TestKeptCallbacks:test_a_lent_function_that_c_kept_is_zero_after_the_call()
   caller:steal(function(number) return number + 1 end)
   for _ = 1, 3 do unit.assertEquals(caller:call_stolen(5), 0) end
   unit.assertEquals(report(), "warning: Caller.steal: callback.LentLate was lent for one call and called after it: "
      .. "declare the parameter MP_KEEP if C keeps it; such calls return nothing")
   unit.assertEquals(caller:call_stolen(5), 0)
   unit.assertEquals(report(), "")
end

function TestKeptCallbacks:test_a_kept_function_is_zero_when_it_was_taken_back()
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

function TestKeptCallbacks:test_from_a_leaf()
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

function TestKeptCallbacks:test_from_another_thread()
   unit.assertEquals(caller:call_in_thread(5, function(number) return number + 1 end), 0)
   unit.assertEquals(report(), "warning: Caller.call_in_thread: callback.FromThread was called from another thread than "
      .. "the scripts'; such calls return nothing")
   unit.assertEquals(caller:call_in_thread(5, function(number) return number + 1 end), 0)
   unit.assertEquals(report(), "")
end

-- ---- kept, and patches ----------------------------------------------------------------------

function TestKeptCallbacks:test_what_a_patch_gave_to_c_goes_with_it()
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

function TestKeptCallbacks:test_a_refused_patch_leaves_nothing_behind()
   zoo.files["scripts/store.lua"] = "return {}"
   local store = zoo.script "return require 'store'"
   store.caller = caller
   local event = zoo.apply { ["p.lua"] = [[
      local listen = function() require "store".caller:listen(function() print "still there" end) end
      require "patch".migrate { up = listen, down = listen }
      require "patch".test("no", function() error "no" end)]] }["p.lua"]
   unit.assertEquals(event.state, "refused")
   caller:tell "x"
   unit.assertEquals(log(), "")
end

function TestKeptCallbacks:test_errors_of_a_patchs_callback_are_the_patchs()
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

function TestKeptCallbacks:test_a_patch_gets_what_c_keeps()
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
function TestKeptCallbacks:test_what_c_lent_is_not_kept_as_itself()
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

function TestKeptCallbacks:test_ten_thousand_times_is_flat()
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
