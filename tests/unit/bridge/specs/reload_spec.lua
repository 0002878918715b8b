-- Reload: what becomes of the functions and the state of an edited module. The numbered cases are those
-- by which libraries for Lua were compared.

local native = native
local toys = native.toys
local environment = zoo.environment

TestReload = {}

local count = 0
local m, other -- names of modules that no test had before

function TestReload:setUp()
   count = count + 1
   m, other = "reloaded" .. count, "other" .. count
   zoo.log()
end

function TestReload:tearDown()
   zoo.files["scripts/" .. m .. ".lua"], zoo.files["scripts/" .. other .. ".lua"] = nil, nil
end

local function write(name, text) zoo.files["scripts/" .. name .. ".lua"] = text:gsub("OTHER", other):gsub("MODULE", m) end

--- Loads a module with this text.
local function new(text, name)
   write(name or m, text)
   return environment.require(name or m)
end

--- Gives it another text, and reloads.
local function edit(text, name)
   write(name or m, text)
   local event = zoo.reload()
   unit.assertNotNil(event)
   unit.assertNil(event.problem)
   return event
end

local function refuse(text, words)
   write(m, text)
   local event = zoo.reload()
   unit.assertStrContains(event.problem, words)
   return event
end

-- ---- functions ------------------------------------------------------------------------------

function TestReload:test_case_01_held_module_table()
   local module = new "local M = {} function M.f() return 1 end return M"
   edit "local M = {} function M.f() return 2 end return M"
   unit.assertEquals(module.f(), 2)
   unit.assertIs(environment.require(m), module)
end

function TestReload:test_case_02_upvalue_of_another_module()
   new "local M = {} function M.f() return 1 end return M"
   local user = new("local f = require('MODULE').f return { call = function() return f() end }", other)
   edit "local M = {} function M.f() return 2 end return M"
   unit.assertEquals(user.call(), 2)
end

function TestReload:test_case_03_list_of_handlers()
   new("return { list = {} }", other)
   local handlers = environment.require(other).list
   new "table.insert(require('OTHER').list, function() return 1 end) return true"
   edit "table.insert(require('OTHER').list, function() return 2 end) return true"
   unit.assertEquals(#handlers, 1)
   unit.assertEquals(handlers[1](), 2)
end

function TestReload:test_case_04_key_of_a_table()
   local module = new "local M = { seen = {} } function M.f() return 1 end M.seen[M.f] = 'known' return M"
   edit "local M = { seen = {} } function M.f() return 2 end M.seen[M.f] = 'known' return M"
   unit.assertEquals(module.seen[module.f], "known")
   unit.assertEquals(next(module.seen), module.f)
   unit.assertNil(next(module.seen, module.f))
end

function TestReload:test_case_05_state_of_an_upvalue()
   local module = new "local n = 0 return { add = function() n = n + 1 return n end }"
   module.add()
   edit "local n = 0 return { add = function() n = n + 10 return n end }"
   unit.assertEquals(module.add(), 11)
end

function TestReload:test_case_06_shared_upvalues_stay_shared()
   local module = new "local n = 0 return { add = function() n = n + 1 end, get = function() return n end }"
   module.add()
   edit "local n = 0 return { add = function() n = n + 5 end, get = function() return n, 'new' end }"
   module.add()
   unit.assertEquals({ module.get() }, { 6, "new" })
end

function TestReload:test_case_07_nil_is_a_state()
   local module = new "local target = 'a' return { drop = function() target = nil end, get = function() return target end }"
   module.drop()
   edit "local target = 'a' return { drop = function() target = nil end, get = function() return target, 2 end }"
   unit.assertEquals({ module.get() }, { nil, 2 })
end

function TestReload:test_case_08_false_is_a_state()
   local module = new "local on = true return { off = function() on = false end, get = function() return on end }"
   module.off()
   edit "local on = true return { off = function() on = false end, get = function() return on, 2 end }"
   unit.assertEquals({ module.get() }, { false, 2 })
end

function TestReload:test_case_09_fields_of_the_running_game()
   local module = new "local M = { score = 0 } function M.f() return 1 end return M"
   module.score, module.best = 7, 9
   edit "local M = { score = 0 } function M.f() return 2 end return M"
   unit.assertEquals({ module.score, module.best, module.f() }, { 7, 9, 2 })
end

function TestReload:test_case_10_constants_take_effect()
   local module = new [[
      local SPEED, HOME = 10, native.Vec2(1, 2)
      return { LIMIT = 3, waves = { { cost = 1 }, { cost = 2 } }, get = function() return SPEED, HOME.x end }]]
   edit [[
      local SPEED, HOME = 20, native.Vec2(5, 2)
      return { LIMIT = 4, waves = { { cost = 1 }, { cost = 5 }, { cost = 9 } }, get = function() return SPEED, HOME.x end }]]
   unit.assertEquals({ module.get() }, { 20, 5 })
   unit.assertEquals(module.LIMIT, 4)
   unit.assertEquals({ module.waves[1].cost, module.waves[2].cost, module.waves[3].cost }, { 1, 5, 9 })
end

local CLASS = [[
   local Foe = {} Foe.__index = Foe
   function Foe.new(hp) return setmetatable({ hp = hp }, Foe) end
   function Foe:hit() self.hp = self.hp - %d return self.hp end %s
   return Foe]]

function TestReload:test_case_11_living_instances_get_new_methods()
   local foe = new(CLASS:format(1, "")).new(10)
   foe:hit()
   edit(CLASS:format(3, "function Foe:heal() self.hp = 10 return 'healed' end"))
   unit.assertEquals(foe:hit(), 6)
   unit.assertEquals(foe:heal(), "healed")
end

function TestReload:test_case_12_instances_keep_their_metatable()
   local class = new(CLASS:format(1, ""))
   local foe = class.new(10)
   edit(CLASS:format(2, ""))
   unit.assertIs(getmetatable(foe), getmetatable(class.new(1)))
   unit.assertIs(getmetatable(foe), class)
end

function TestReload:test_case_13_closures_of_a_factory()
   local module = new [[
      local made = 0
      return { make = function(n) made = made + 1 return function() n = n + 1 return n end end, made = function() return made end }]]
   local held = new("return { held = { require('MODULE').make(10), require('MODULE').make(20) } }", other).held
   held[1]()
   edit [[
      local made = 0
      return { make = function(n) made = made + 1 return function() n = n + 100 return n, made end end, made = function() return made end }]]
   unit.assertEquals({ held[1]() }, { 111, 2 })
   unit.assertEquals({ held[2]() }, { 120, 2 })
   unit.assertEquals({ held[1]() }, { 211, 2 })
end

function TestReload:test_case_14_local_of_a_waiting_coroutine()
   new "local M = {} function M.f() return 1 end return M"
   local user = new([[
      local function wait(...)
         local f = require('MODULE').f
         coroutine.yield(...)
         return f(), (...)()
      end
      return { thread = coroutine.create(wait) }]], other)
   coroutine.resume(user.thread, environment.require(m).f)
   edit "local M = {} function M.f() return 2 end return M"
   local _, first, second = coroutine.resume(user.thread)
   unit.assertEquals({ first, second }, { 2, 2 })
end

function TestReload:test_case_15_callback_that_c_keeps()
   local caller = zoo.caller()
   local module = new [[
      local heard = ""
      return {
         listen = function(caller) caller:listen(function(what) heard = heard .. what end) end,
         heard = function() return heard end,
      }]]
   module.listen(caller)
   caller:tell "a"
   edit [[
      local heard = ""
      return {
         listen = function(caller) caller:listen(function(what) heard = heard .. what:upper() end) end,
         heard = function() return heard end,
      }]]
   caller:tell "b"
   unit.assertEquals(module.heard(), "aB")
end

function TestReload:test_case_16_deleted_functions_go()
   local module = new "local M = {} function M.f() return 1 end function M.old() end return M"
   edit "local M = {} function M.f() return 1 end return M"
   unit.assertNil(module.old)
   unit.assertEquals(module.f(), 1)
end

function TestReload:test_case_17_new_sub_table()
   local module = new "local M = { a = {} } function M.f() return M.a end return M"
   local a = module.a
   edit "local M = { a = {}, b = { c = { 5 } } } function M.f() return M.b.c[1], M.a end return M"
   unit.assertEquals(module.f(), 5)
   unit.assertIs(select(2, module.f()), a)
end

function TestReload:test_case_18_module_that_returns_a_function()
   new "local calls = 0 return function() calls = calls + 1 return calls end"
   local user = new("local f = require 'MODULE' return { call = function() return f() end }", other)
   user.call()
   edit "local calls = 0 return function() calls = calls + 1 return -calls end"
   unit.assertEquals(user.call(), -2)
   unit.assertEquals(environment.require(m)(), -3)
end

-- ---- loading --------------------------------------------------------------------------------

function TestReload:test_case_19_error_while_loading()
   local module = new "G1 = 1 local M = { n = 1 } function M.f() return 1 end return M"
   refuse("G1 = 2 G2 = 2 local M = { n = 2 } function M.f() return 2 end require('" .. m .. "x')", "no module")
   refuse("G1 = 2 G2 = 2 math.new = 1 error 'no good'", "no good")
   unit.assertEquals({ environment.G1, environment.G2, environment.math.new, module.n, module.f() }, { 1, nil, nil, 1, 1 })
   unit.assertEquals(rawget(environment, "G2"), nil)
   environment.G1 = nil
end

function TestReload:test_case_20_error_of_syntax()
   local module = new "return { f = function() return 1 end }"
   local event = refuse("return { f = function() return 2 end", "scripts/" .. m .. ".lua:1: ")
   unit.assertEquals(event.files, m .. ".lua")
   unit.assertEquals(module.f(), 1)
   unit.assertStrContains(table.concat(zoo.log(), "\n"), "warning: reload of " .. m .. ".lua refused, the earlier code stays: ")
   unit.assertNil(zoo.reload()) -- it is told once
   edit "return { f = function() return 3 end }"
   unit.assertEquals(module.f(), 3)
end

function TestReload:test_case_21_effects_are_not_repeated()
   local shared = new("return { loads = 0, list = {} }", other)
   local text = [[
      local other = require "OTHER"
      other.loads = other.loads + 1
      other.list[#other.list + 1] = "loaded"
      setmetatable(other, { __index = function() return "default" end })
      native.toys.tidied:connect(function(who) other.heard = (other.heard or "") .. who .. "%s" end)
      return {}]]
   new(text:format "1")
   local metatable = getmetatable(shared)
   edit(text:format "2")
   toys.tidy "Ada"
   unit.assertEquals({ shared.loads, #shared.list, shared.heard }, { 1, 1, "defaultAda2" })
   unit.assertIs(getmetatable(shared), metatable)
end

function TestReload:test_the_runs_do_not_see_one_another()
   new("return { loads = 0 }", other)
   local text = "local other = require 'OTHER' other.loads = other.loads + 1 return { %s }"
   local module = new(text:format "")
   edit(text:format "seen = other.loads")
   unit.assertEquals(module.seen, 2)
   unit.assertEquals(environment.require(other).loads, 1)
end

function TestReload:test_functions_in_weak_tables()
   local by_function = new("return setmetatable({}, { __mode = 'k' })", other)
   local module = new "return { f = function() return 1 end }"
   by_function[module.f] = "known"
   edit "return { f = function() return 2 end }"
   unit.assertEquals(by_function[module.f], "known")
end

function TestReload:test_case_22_a_library_s_function_is_not_hijacked()
   local module = new "local log = print return { f = function() return log end }"
   local print = environment.print
   edit "local function log() return 'mine' end return { f = function() return log end }"
   unit.assertEquals(module.f()(), "mine")
   unit.assertIs(environment.print, print)
   edit "local log = print return { f = function() return log, 2 end }"
   unit.assertIs(module.f(), print)
end

function TestReload:test_case_23_calls_while_loading()
   local module = new "local NAME = string.format('%d-%s', 1, 'a') return { f = function() return NAME end }"
   edit "local NAME = string.format('%d-%s', 2, 'b') return { f = function() return NAME end }"
   unit.assertEquals(module.f(), "2-b")
end

function TestReload:test_case_24_new_requirement()
   local module = new "return { f = function() return 1 end }"
   write(other, "LOADS = (LOADS or 0) + 1 return { answer = 42 }")
   edit "local other = require 'OTHER' return { f = function() return other.answer end }"
   unit.assertEquals(module.f(), 42)
   unit.assertEquals(environment.LOADS, 1)
   environment.LOADS = nil
end

function TestReload:test_case_25_the_module_s_own_name()
   local module = new "local name = ... return { f = function() return name end }"
   edit "local name = ... return { f = function() return name, 2 end }"
   unit.assertEquals({ module.f() }, { m, 2 })
end

function TestReload:test_case_26_keys_of_any_kind()
   local module = new "local KEY = {} local M = { [KEY] = 1, [true] = 1, [1.5] = 1 } function M.f() return M[KEY], M[true], M[1.5] end return M"
   edit "local KEY = {} local M = { [KEY] = 2, [true] = 2, [1.5] = 2 } function M.f() return M[KEY], M[true], M[1.5], 'new' end return M"
   unit.assertEquals({ module.f() }, { 2, 2, 2, "new" })
   local keys = 0
   for _ in pairs(module) do keys = keys + 1 end
   unit.assertEquals(keys, 4)
end

function TestReload:test_case_27_functions_that_call_one_another()
   local text = [[
      local odd
      local function even(n) if n == 0 then return %q end return odd(n - 1) end
      function odd(n) if n == 0 then return "odd" end return even(n - 1) end
      return { even = even }]]
   local module = new(text:format "even")
   edit(text:format "EVEN")
   unit.assertEquals({ module.even(4), module.even(3) }, { "EVEN", "odd" })
end

function TestReload:test_case_28_a_new_function_sees_existing_state()
   local module = new "local n, list = 0, {} return { add = function() n = n + 1 list[n] = n end }"
   module.add()
   module.add()
   edit "local n, list = 0, {} return { add = function() n = n + 1 list[n] = n end, get = function() return n, #list end }"
   module.add()
   unit.assertEquals({ module.get() }, { 3, 3 })
end

function TestReload:test_case_29_methods_by_self()
   local module = new "local M = { n = 1 } function M:get() return self.n end return M"
   local user = new("local o = require('MODULE') return { call = function() return o:get() end }", other)
   module.n = 5
   edit "local M = { n = 1 } function M:get() return self.n, M == self end return M"
   unit.assertEquals({ user.call() }, { 5, true })
end

function TestReload:test_case_30_another_module_s_function_is_not_hijacked()
   local lent = new("return { f = function() return 'lent' end }", other)
   local module = new "local f = require('OTHER').f return { f = function() return f() end }"
   edit "local function f() return 'own' end return { f = function() return f() end }"
   unit.assertEquals({ module.f(), lent.f() }, { "own", "lent" })
end

function TestReload:test_case_31_types_of_c()
   local module = new [[
      local at = native.Vec2(1, 2)
      return { move = function() at = at + native.Vec2(1, 1) end, get = function() return at.x end, ffi = ffi }]]
   module.move()
   edit [[
      local at = native.Vec2(1, 2)
      return { move = function() at = at + native.Vec2(5, 5) end, get = function() return at.x end, ffi = ffi }]]
   module.move()
   unit.assertEquals(module.get(), 7)
end

-- ---- more about state -----------------------------------------------------------------------

function TestReload:test_lists_of_the_running_game_stay()
   local module = new "local M = { queue = {}, list = { 1, 2 } } function M.f() return 1 end return M"
   module.queue[1], module.queue[2], module.list[2] = "a", "b", 7
   edit "local M = { queue = {}, list = { 1, 5, 6 } } function M.f() return 2 end return M"
   unit.assertEquals({ module.queue, module.list, module.f() }, { { "a", "b" }, { 1, 7, 6 }, 2 })
end

function TestReload:test_a_constant_that_is_gone()
   local module = new "return { A = 1, B = 2, t = { 1 }, kept = { 1 } }"
   module.kept[2] = 2
   edit "return { A = 1 }"
   unit.assertEquals(module, { A = 1, kept = { 1, 2 } })
end

function TestReload:test_a_table_becomes_a_number_and_back()
   local module = new "local speed = { 1, 2 } return { f = function() return speed end }"
   edit "local speed = 3 return { f = function() return speed end }"
   unit.assertEquals(module.f(), 3)
   edit "local speed = { 4 } return { f = function() return speed end }"
   unit.assertEquals(module.f(), { 4 })
end

function TestReload:test_globals()
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

function TestReload:test_variables_of_one_name()
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

function TestReload:test_functions_without_a_name_are_told_apart_by_their_text()
   local list = new("return {}", other)
   local text = "local function add(f) table.insert(require 'OTHER', f) end %s return true"
   local a, b = "add(function() return 'a' end) ", "add(function() return 'b' end) "
   new(text:format(a .. b))
   edit(text:format("add(function() return 'new' end) " .. a .. b))
   unit.assertEquals({ #list, list[1](), list[2]() }, { 2, "a", "b" })
   edit(text:format("add(function() return 'new' end) " .. a .. "add(function() return 'B' end)"))
   unit.assertEquals({ #list, list[1](), list[2]() }, { 2, "a", "B" })
end

function TestReload:test_it_tells_how_many_functions_changed()
   new "local n = 1\nlocal M = {} function M.f() return n end function M.g() return n end return M"
   unit.assertEquals(edit("-- a line\nlocal n = 2\nlocal M = {} function M.f() return n end function M.g() return n end return M").functions, 0)
   unit.assertEquals(edit("local n = 2\nlocal M = {} function M.f() return -n end function M.h() return n end return M").functions, 3)
   unit.assertEquals(zoo.log()[2], ("info: reloaded %s.lua: 3 functions"):format(m))
   unit.assertNil(zoo.reload())
end

function TestReload:test_lines_in_messages_are_those_of_the_new_text()
   local module = new "return { f = function() error 'x' end }"
   edit "\n\nreturn { f = function() error 'x' end }"
   unit.assertErrorMsgEquals("scripts/" .. m .. ".lua:3: x", module.f)
end

-- ---- several modules ------------------------------------------------------------------------

function TestReload:test_modules_that_change_together()
   local a = new "return { f = function() return 1 end }"
   local b = new("local a = require 'MODULE' local K = a.f() return { f = function() return K end, a = a }", other)
   write(m, "return { f = function() return 2 end, g = function() return 'new' end }")
   edit("local a = require 'MODULE' local K = a.g() return { f = function() return K end, a = a }", other)
   unit.assertEquals({ a.f(), a.g(), b.f() }, { 2, "new", "new" })
   unit.assertIs(b.a, a)
end

function TestReload:test_one_that_is_wrong_keeps_all_as_they_were()
   local a = new "return { f = function() return 1 end }"
   local b = new("return { f = function() return 1 end }", other)
   write(m, "return { f = function() return 2 end }")
   write(other, "return { f = function() return 2 end } + 1")
   unit.assertStrContains(zoo.reload().problem, other .. ".lua:1: ")
   unit.assertEquals({ a.f(), b.f() }, { 1, 1 })
   edit("return { f = function() return 3 end }", other)
   unit.assertEquals({ a.f(), b.f() }, { 2, 3 })
end

function TestReload:test_a_module_that_failed_did_not_load_others()
   new "return {}"
   write(other, "LOADS = (LOADS or 0) + 1 return {}")
   refuse("require 'OTHER' error 'no'", "no")
   unit.assertNil(environment.LOADS)
   edit "return { other = require 'OTHER' }"
   unit.assertEquals(environment.LOADS, 1)
   environment.LOADS = nil
end

function TestReload:test_patches_stay_on_top()
   local module = new "local M = {} function M.f() return 1 end return M"
   zoo.apply { ["p.lua"] = ("require('patch').override(require '%s', 'f', function(original) return original() + 10 end)"):format(m) }
   unit.assertEquals(module.f(), 11)
   edit "local M = {} function M.f() return 2 end return M"
   unit.assertEquals(module.f(), 12)
   zoo.apply { ["p.lua"] = false }
   unit.assertEquals(module.f(), 2)
end

function TestReload:test_listeners()
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

function TestReload:test_a_hot_loop_runs_the_new_code_at_once()
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

function TestReload:test_compiled_code_is_thrown_away_once()
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
function TestReload:test_a_constant_becomes_a_variable()
   local module = new "local n = 0 return { get = function() return n end }"
   edit "local n = 0 return { get = function() return n end, add = function(k) for _ = 1, k do n = n + 1 end end }"
   module.add(1000)
   unit.assertEquals(module.get(), 1000)
   edit "local n = 0 return { get = function() return n end }"
   unit.assertEquals(module.get(), 1000)
end

function TestReload:test_a_factory_s_constant_becomes_a_variable()
   local module = new "return { make = function(n) return function(k) return n end, function() return n end end }"
   local add, get = module.make(5)
   local held = new("return { }", other)
   held.add, held.get = add, get
   edit "return { make = function(n) return function(k) for _ = 1, k do n = n + 1 end return n end, function() return n, 2 end end }"
   held.add(1000)
   unit.assertEquals({ held.get() }, { 1005, 2 })
end

-- ---- what stays -----------------------------------------------------------------------------

function TestReload:test_a_closure_that_cannot_be_replaced_is_named()
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

function TestReload:test_a_coroutine_that_waits_in_old_code_is_named()
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

function TestReload:test_a_coroutine_that_has_not_begun_runs_new_code()
   local module = new "local function work() return 1 end return { thread = coroutine.create(work), wrapped = coroutine.wrap(work) }"
   edit "local function work() return 2 end return { thread = coroutine.create(work), wrapped = coroutine.wrap(work) }"
   unit.assertEquals({ coroutine.resume(module.thread) }, { true, 2 })
   unit.assertEquals(module.wrapped(), 2)
end

function TestReload:test_deleted_functions_that_are_still_held_are_named()
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

function TestReload:test_a_commit_can_be_taken_back()
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

function TestReload:test_a_thousand_reloads_leave_nothing()
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
   local after = round(101, zoo.jit and 400 or 200)
   unit.assertTrue(after - before < 200, ("%d KB more"):format(after - before))
   unit.assertEquals(module.f(), zoo.jit and 401 or 201)
end
