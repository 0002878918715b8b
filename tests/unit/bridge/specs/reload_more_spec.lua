-- Reload, beyond the numbered cases: state, several modules, compiled code, what stays, taking back.

local edited = require "edited"

local new, edit, refuse, write = edited.new, edited.edit, edited.refuse, edited.write
local toys = native.toys
local environment = zoo.environment

TestReloadMore = {}

local m, other -- the names of the test's modules

function TestReloadMore:setUp() m, other = edited.start() end

function TestReloadMore:tearDown() edited.finish() end

-- ---- more about state -----------------------------------------------------------------------

function TestReloadMore:test_lists_of_the_running_game_stay()
   local module = new "local M = { queue = {}, list = { 1, 2 } } function M.f() return 1 end return M"
   module.queue[1], module.queue[2], module.list[2] = "a", "b", 7
   edit "local M = { queue = {}, list = { 1, 5, 6 } } function M.f() return 2 end return M"
   unit.assertEquals({ module.queue, module.list, module.f() }, { { "a", "b" }, { 1, 7, 6 }, 2 })
end

function TestReloadMore:test_a_constant_that_is_gone()
   local module = new "return { A = 1, B = 2, t = { 1 }, kept = { 1 } }"
   module.kept[2] = 2
   edit "return { A = 1 }"
   unit.assertEquals(module, { A = 1, kept = { 1, 2 } })
end

function TestReloadMore:test_a_table_becomes_a_number_and_back()
   local module = new "local speed = { 1, 2 } return { f = function() return speed end }"
   edit "local speed = 3 return { f = function() return speed end }"
   unit.assertEquals(module.f(), 3)
   edit "local speed = { 4 } return { f = function() return speed end }"
   unit.assertEquals(module.f(), { 4 })
end

function TestReloadMore:test_an_earlier_text_that_cannot_run_again()
   environment.GONCE = true
   local module = new [[
      if not GONCE then error "once" end
      local count, name = 1, "x"
      return { A = 1, gone = function() end, f = function() count = count + 1 return count, name end }]]
   module.f()
   environment.GONCE = false
   edit [[local count, added = 5 return { f = function() count = count + 10 return count, added end }]]
   unit.assertEquals({ module.A, module.gone, { module.f() } }, { 1, nil, { 12 } }) -- all but functions is state
   environment.GONCE = nil
end

function TestReloadMore:test_globals()
   new "function GF() return 1 end GN = 1 GT = { 1 } GO = 1 return true"
   local held = new("local f = GF return { f = function() return f() end }", other)
   environment.GT[2] = 2
   edit "function GF() return 2 end GN = 2 GT = { 1 } GNEW = function() return _G.GN end return true"
   unit.assertEquals({ held.f(), environment.GF(), environment.GN, environment.GT, environment.GO, environment.GNEW() },
      { 2, 2, 2, { 1, 2 }, nil, 2 })
   edit "return true"
   unit.assertEquals({ rawget(environment, "GF"), rawget(environment, "GN"), rawget(environment, "GNEW") }, {})
   environment.GT = nil
end

function TestReloadMore:test_variables_of_one_name()
   local module = new [[
      local M = {}
      do local n = 1 function M.a() n = n + 1 return n end end
      do local n = 100 function M.b() n = n + 1 return n end end
      return M]]
   module.a()
   edit [[
      local M = {}
      do local n = 1 function M.a() n = n + 1 return n, "a" end end
      do local n = 100 function M.b() n = n + 1 return n, "b" end end
      return M]]
   unit.assertEquals({ module.a() }, { 3, "a" })
   unit.assertEquals({ module.b() }, { 101, "b" })
end

function TestReloadMore:test_functions_without_a_name_are_told_apart_by_their_text()
   local list = new("return {}", other)
   local text = "local function add(f) table.insert(require 'OTHER', f) end %s return true"
   local a, b = "add(function() return 'a' end) ", "add(function() return 'b' end) "
   new(text:format(a .. b))
   edit(text:format("add(function() return 'new' end) " .. a .. b))
   unit.assertEquals({ #list, list[1](), list[2]() }, { 2, "a", "b" })
   edit(text:format("add(function() return 'new' end) " .. a .. "add(function() return 'B' end)"))
   unit.assertEquals({ #list, list[1](), list[2]() }, { 2, "a", "B" })
end

function TestReloadMore:test_it_tells_how_many_functions_changed()
   new "local n = 1\nlocal M = {} function M.f() return n end function M.g() return n end return M"
   unit.assertEquals(edit("-- a line\nlocal n = 2\nlocal M = {} function M.f() return n end function M.g() return n end return M").functions, 0)
   unit.assertEquals(edit("local n = 2\nlocal M = {} function M.f() return -n end function M.h() return n end return M").functions, 3)
   unit.assertEquals(zoo.log()[2], ("info: reloaded %s.lua: 3 functions"):format(m))
   unit.assertNil(zoo.reload())
end

function TestReloadMore:test_lines_in_messages_are_those_of_the_new_text()
   local module = new "return { f = function() error 'x' end }"
   edit "\n\nreturn { f = function() error 'x' end }"
   unit.assertErrorMsgEquals("scripts/" .. m .. ".lua:3: x", module.f)
end

-- ---- several modules ------------------------------------------------------------------------

function TestReloadMore:test_modules_that_change_together()
   local a = new "return { f = function() return 1 end }"
   local b = new("local a = require 'MODULE' local K = a.f() return { f = function() return K end, a = a }", other)
   write(m, "return { f = function() return 2 end, g = function() return 'new' end }")
   edit("local a = require 'MODULE' local K = a.g() return { f = function() return K end, a = a }", other)
   unit.assertEquals({ a.f(), a.g(), b.f() }, { 2, "new", "new" })
   unit.assertIs(b.a, a)
end

function TestReloadMore:test_one_that_is_wrong_keeps_all_as_they_were()
   local a = new "return { f = function() return 1 end }"
   local b = new("return { f = function() return 1 end }", other)
   write(m, "return { f = function() return 2 end }")
   write(other, "return { f = function() return 2 end } + 1")
   unit.assertStrContains(zoo.reload().problem, other .. ".lua:1: ")
   unit.assertEquals({ a.f(), b.f() }, { 1, 1 })
   edit("return { f = function() return 3 end }", other)
   unit.assertEquals({ a.f(), b.f() }, { 2, 3 })
end

function TestReloadMore:test_a_module_that_failed_did_not_load_others()
   new "return {}"
   write(other, "LOADS = (LOADS or 0) + 1 return {}")
   refuse("require 'OTHER' error 'no'", "no")
   unit.assertNil(environment.LOADS)
   edit "return { other = require 'OTHER' }"
   unit.assertEquals(environment.LOADS, 1)
   environment.LOADS = nil
end

function TestReloadMore:test_patches_stay_on_top()
   local module = new "local M = {} function M.f() return 1 end return M"
   zoo.apply { ["p.lua"] = ("require('patch').override(require '%s', 'f', function(original) return original() + 10 end)"):format(m) }
   unit.assertEquals(module.f(), 11)
   edit "local M = {} function M.f() return 2 end return M"
   unit.assertEquals(module.f(), 12)
   zoo.apply { ["p.lua"] = false }
   unit.assertEquals(module.f(), 2)
end

function TestReloadMore:test_listeners()
   local module = new [[
      local M = { heard = "" }
      native.toys.tidied:connect(function(who) M.heard = M.heard .. who end)
      return M]]
   toys.tidy "Ada"
   edit [[
      local M = { heard = "" }
      native.toys.tidied:connect(function(who) M.heard = M.heard .. who:upper() end)
      return M]]
   toys.tidy "Bob"
   unit.assertEquals(module.heard, "AdaBOB")
end

-- ---- compiled code --------------------------------------------------------------------------

function TestReloadMore:test_a_hot_loop_runs_the_new_code_at_once()
   local text = [[
      local K = %d
      local function f(x) return x * 0 + K end
      return { run = function(n) local sum = 0 for i = 1, n do sum = sum + f(i) end return sum end }]]
   local module = new(text:format(1))
   for _ = 1, 10 do module.run(1000) end
   edit(text:format(2))
   unit.assertEquals(module.run(1000), 2000)
   edit((text:gsub("x %* 0 %+ K", "K + 1"):format(2)))
   unit.assertEquals(module.run(1000), 3000)
end

function TestReloadMore:test_compiled_code_is_thrown_away_once()
   local jit = package.loaded.jit
   local flush, flushes = jit.flush, 0
   function jit.flush(...)
      flushes = flushes + 1
      return flush(...)
   end
   new "local n = 0 return { f = function() return n end, g = function() n = n + 1 end }"
   new("return { f = function() return 1 end }", other)
   write(m, "local n = 0 return { f = function() return n, 2 end, g = function() n = n + 1 end }")
   edit("return { f = function() return 2 end }", other)
   jit.flush = flush
   unit.assertEquals(flushes, 1)
end

--- LuaJIT drops what compiled code stores in a variable that its first text never assigned to.
function TestReloadMore:test_a_constant_becomes_a_variable()
   local module = new "local n = 0 return { get = function() return n end }"
   edit "local n = 0 return { get = function() return n end, add = function(k) for _ = 1, k do n = n + 1 end end }"
   module.add(1000)
   unit.assertEquals(module.get(), 1000)
   edit "local n = 0 return { get = function() return n end }"
   unit.assertEquals(module.get(), 1000)
end

function TestReloadMore:test_a_factory_s_constant_becomes_a_variable()
   local module = new "return { make = function(n) return function(k) return n end, function() return n end end }"
   local add, get = module.make(5)
   local held = new("return { }", other)
   held.add, held.get = add, get
   edit "return { make = function(n) return function(k) for _ = 1, k do n = n + 1 end return n end, function() return n, 2 end end }"
   held.add(1000)
   unit.assertEquals({ held.get() }, { 1005, 2 })
end

-- ---- what stays -----------------------------------------------------------------------------

function TestReloadMore:test_a_closure_that_cannot_be_replaced_is_named()
   local module = new "return { make = function(a) return function() return a end end }"
   local holder = new("return {}", other)
   holder.f = module.make(1)
   local event = edit "return { make = function(a) local b = a return function() return a + b end end }"
   unit.assertEquals(event.stale, ("closure return (scripts/%s.lua:1): the new code uses 'b', which it does not have"):format(m))
   unit.assertStrContains(zoo.log()[2], "warning: still running earlier code: closure return ")
   unit.assertEquals(holder.f(), 1)
   unit.assertEquals(zoo.stale(), { ("closure return scripts/%s.lua:1"):format(m) })
   holder.f = nil
   unit.assertEquals(zoo.stale(), {})
end

function TestReloadMore:test_so_is_one_that_only_a_variable_of_its_module_holds()
   local text = [[
      local function make(a) %s return function() return a %s end end
      local held = make(1)
      return { get = function() return held() %s end, unchanged = function() return held() end }]]
   local module = new(text:format("", "", ""))
   local event = edit(text:format("local b = a", "+ b", ""))
   unit.assertEquals(event.stale, ("closure return (scripts/%s.lua:1): the new code uses 'b', which it does not have"):format(m))
   unit.assertEquals(module.get(), 1)
   event = edit(text:format("local b = a", "+ b", "+ 0, 2"))
   unit.assertEquals({ module.get() }, { 1, 2 })
   unit.assertTableContains(zoo.stale(), ("closure return scripts/%s.lua:1"):format(m))
end

function TestReloadMore:test_a_coroutine_that_waits_in_old_code_is_named()
   local text = [[
      local n = 0
      local function work() coroutine.yield() n = n + 1 return %q, n end
      local function same() coroutine.yield() n = n + 1 return n end
      return { thread = coroutine.create(work), other = coroutine.create(same), get = function() return n end }]]
   local module = new(text:format "old")
   coroutine.resume(module.thread)
   coroutine.resume(module.other)
   local event = edit(text:format "new")
   unit.assertEquals(event.stale, ("coroutine work (scripts/%s.lua:2): it runs the earlier text until it returns"):format(m))
   unit.assertEquals(zoo.stale(), { ("coroutine work scripts/%s.lua:2"):format(m) })
   unit.assertEquals({ coroutine.resume(module.thread) }, { true, "old", 1 })
   unit.assertEquals({ coroutine.resume(module.other) }, { true, 2 })
   unit.assertEquals(module.get(), 2)
   unit.assertEquals(zoo.stale(), {})
end

function TestReloadMore:test_a_coroutine_that_has_not_begun_runs_new_code()
   local module = new "local function work() return 1 end return { thread = coroutine.create(work), wrapped = coroutine.wrap(work) }"
   edit "local function work() return 2 end return { thread = coroutine.create(work), wrapped = coroutine.wrap(work) }"
   unit.assertEquals({ coroutine.resume(module.thread) }, { true, 2 })
   unit.assertEquals(module.wrapped(), 2)
end

function TestReloadMore:test_deleted_functions_that_are_still_held_are_named()
   local caller = zoo.caller()
   local list = new("return { setmetatable({}, { __name = 'timer' }) }", other)
   local module = new "local M = {} function M.tick() end function M.hear() end return M"
   list[1].call = module.tick
   caller:listen(module.hear)
   local event = edit "return {}"
   unit.assertStrContains(event.stale, ("timer M.tick (scripts/%s.lua:1): the new text has no such function"):format(m))
   unit.assertStrContains(event.stale, ("callback of C (Caller.listen) M.hear (scripts/%s.lua:1)"):format(m))
   unit.assertEquals(#zoo.stale(), 2)
   list[1].call = nil
   caller:listen(nil)
   module = nil
   unit.assertEquals(zoo.stale(), {})
end

-- ---- taking it back -------------------------------------------------------------------------

local function upvalue(func, wanted)
   for index = 1, 60 do
      local name, value = debug.getupvalue(func, index)
      if name == wanted then return value end
   end
end

function TestReloadMore:test_a_commit_can_be_taken_back()
   local text = [[
      local n, K = 0, %d
      local M = { t = { %d } }
      function M.f() n = n + 1 return n, K %s end %s
      return M]]
   local module = new(text:format(1, 1, "", "function M.old() return 'old' end"))
   local f, old = module.f, module.old
   local thread = coroutine.create(function(g) coroutine.yield() return g() end)
   coroutine.resume(thread, f)
   new("return { thread = ... }", other)
   environment.require(other).thread = thread
   module.f()
   local follow = zoo.jit and upvalue(zoo.half.reload, "func") or zoo.half.reload
   local stage, commit = upvalue(follow, "comparison").stage, upvalue(follow, "commit")
   local staged = stage { { name = m, path = "scripts/x.lua", text = text:format(2, 2, ", 'new'", "") } }
   local done = commit(staged)
   unit.assertEquals({ module.f() }, { 2, 2, "new" })
   unit.assertNil(module.old)
   done.undo()
   unit.assertIs(module.f, f)
   unit.assertIs(module.old, old)
   unit.assertEquals({ module.t[1], module.f() }, { 1, 3, 1 }) -- what it counted meanwhile is state
   unit.assertEquals({ coroutine.resume(thread) }, { true, 4, 1 })
   edit(text:format(3, 3, ", 'third'", ""))
   unit.assertEquals({ module.f() }, { 5, 3, "third" })
end

function TestReloadMore:test_many_reloads_leave_nothing()
   local text = "local n = 0 local list = {} return { f = function() n = n + 1 return n + %d end, list = list }"
   local module = new(text:format(0))
   local function round(first, last)
      for version = first, last do
         edit(text:format(version))
         zoo.log()
      end
      collectgarbage()
      collectgarbage()
      return collectgarbage "count"
   end
   local before = round(1, 100)
   local after = round(101, zoo.jit and 200 or 150)
   unit.assertTrue(after - before < 200, ("%d KB more"):format(after - before))
   unit.assertEquals(module.f(), zoo.jit and 201 or 151)
end
