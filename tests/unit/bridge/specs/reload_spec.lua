-- Reload: what becomes of the functions and the state of an edited module. The numbered cases are those
-- by which libraries for Lua were compared.

local edited = require "edited"

local new, edit, refuse, write = edited.new, edited.edit, edited.refuse, edited.write
local toys = native.toys
local environment = zoo.environment

TestReload = {}

local m, other -- the names of the test's modules

function TestReload:setUp() m, other = edited.start() end

function TestReload:tearDown() edited.finish() end

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

function TestReload:test_what_was_refused_with_another_file_has_its_turn_when_that_is_as_it_was()
   local good = new "return { f = function() return 1 end }"
   new("return {}", other)
   write(m, "return { f = function() return 2 end }")
   write(other, "oops(")
   unit.assertNotNil(zoo.reload().problem)
   write(other, "return {}")
   unit.assertNil(zoo.reload().problem)
   unit.assertEquals(good.f(), 2)
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
