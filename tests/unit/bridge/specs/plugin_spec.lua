-- Plugins as scripts see them, and what is left of one when it is unloaded.

TestPlugin = {}

local native = native
local lion, animal

local function load(name) unit.assertEquals({ zoo.load(name) }, { true, "" }) end
local function unload(name) unit.assertEquals({ zoo.unload(name) }, { true, "" }) end

function TestPlugin:setUp()
   lion, animal = zoo.lion(100), zoo.animal(80)
   load "turrets"
end

function TestPlugin:tearDown()
   zoo.apply { ["p.lua"] = false }
   pcall(zoo.finish, lion)
   pcall(zoo.finish, animal)
   zoo.unload "bunkers"
   zoo.unload "turrets"
end

local function unloaded(where, f, ...)
   unit.assertErrorMsgContains(where .. ": ", f, ...)
   unit.assertErrorMsgContains("was unloaded", f, ...)
end

local function read(t, key) return t[key] end
local function write(t, key, new) t[key] = new end

function TestPlugin:test_its_classes_are_like_any_other()
   local turret = native.Turret.create()
   turret.aim = { angle = 1, distance = 2 }
   turret.heat = 2.5
   turret.label = "north"
   turret.aim.distance = 3
   turret.barrels[2] = 0.5
   unit.assertEquals(turret.aim(), native.Aim(1, 3))
   unit.assertEquals(turret.barrels[2], 0.5)
   unit.assertEquals(turret.heat, 2.5)
   unit.assertEquals(turret:fire(2), 20)
   unit.assertEquals(turret:quick_fire(2), 20)
   unit.assertEquals(turret.shells, 96)
   unit.assertEquals(turret:half(native.Aim(2, 4)), native.Aim(1, 2))
   unit.assertEquals(turret:leaf_half(native.Aim(2, 4)), native.Aim(1, 2))
   unit.assertEquals(native.Turret.damage_of "FIRE", 20)
   unit.assertEquals(native.Turret.leaf_damage_of(native.Shell.FIRE), 20)
   unit.assertErrorMsgContains("Turret.fire: times: integer expected, got string", turret.fire, turret, "x")
   unit.assertErrorMsgContains("Turret.fire: self: Turret expected, got Lion", turret.fire, lion, 1)
   native.Turret.destroy(turret)
   unit.assertErrorMsgContains("destroyed", turret.fire, turret, 1)
end

function TestPlugin:test_its_functions_are_patched_and_unpatched()
   local turret = native.Turret.create()
   local kept = turret.quick_fire
   zoo.apply { ["p.lua"] = [[
      local patch = require "patch"
      patch.override(native.Turret, "fire", function(original, self, n) return original(self, n) + 1 end)
      patch.override(native.Turret, "quick_fire", function(original, self, n) return original(self, n) + 2 end)
      patch.override(native.Turret, "get heat", function(original, self) return original(self) + 3 end)
      patch.override(native.armoury, "stock", function(original) return original() + 4 end)
   ]] }
   unit.assertEquals(turret:fire(1), 11)
   unit.assertEquals(turret:quick_fire(1), 12)
   unit.assertEquals(kept(turret, 1), 12)
   unit.assertEquals(turret.heat, 3)
   unit.assertEquals(native.armoury.stock(), 54)
   native.Turret.destroy(turret)
   unit.assertEquals({ zoo.unload "turrets" }, { false,
      "plugin turrets is in use: patch p (Turret.fire, Turret.quick_fire, Turret.heat, armoury.stock)" })
   zoo.apply { ["p.lua"] = false }
   unload "turrets"
end

function TestPlugin:test_who_listens_keeps_it()
   local heard = {}
   local turret = native.Turret.create()
   turret.fired:connect(function(_, times) heard[#heard + 1] = times end)
   turret:fire(2)
   unit.assertEquals(heard, { 2 })
   local connection = native.armoury.emptied:connect(function() heard[#heard + 1] = "empty" end)
   unit.assertEquals({ zoo.unload "turrets" }, { false,
      "plugin turrets is in use: 1 Turret alive; 1 listening to Turret.fired; 1 listening to armoury.emptied" })
   native.Turret.destroy(turret)
   unit.assertEquals({ zoo.unload "turrets" }, { false, "plugin turrets is in use: 1 listening to armoury.emptied" })
   native.armoury.emptied:fire()
   unit.assertEquals(heard, { 2, "empty" })
   connection:disconnect()
   unload "turrets"
end

function TestPlugin:test_who_waits_for_a_dead_object_goes_on_before_it_goes()
   local turret, result = native.Turret.create(), "waiting"
   coroutine.wrap(function()
      result = { turret.fired:wait() }
      result.shells = pcall(function() return turret.shells end)
      result.stock = native.armoury.stock()
   end)()
   native.Turret.destroy(turret)
   unload "turrets"
   unit.assertEquals(result, { [2] = "Turret.fired: its object was destroyed", shells = false, stock = 50 })
end

function TestPlugin:test_functions_that_crossed()
   zoo.files["scripts/keeper.lua"] = "return {}"
   local turret = native.Turret.create()
   unit.assertEquals(turret:ask(function(shells) return shells + 1 end), 101)
   turret:obey(function() return 3 end)
   native.armoury.obey(function() return 4 end)
   zoo.apply { ["p.lua"] = [[
      local keeper = require "keeper"
      local patch = require "patch"
      patch.override(native.Turret, "ask", function(original, self, order)
         keeper.order = order
         return original(self, order)
      end)
      patch.before(native.armoury, "obey", function(order) keeper.kept = order end)
   ]] }
   unit.assertEquals(turret:ask_c(), 2)
   unit.assertEquals(turret:ask(function() return 5 end), 5)
   local keeper = zoo.script 'return require "keeper"'
   local lent = keeper.order
   turret:ask_c()
   lent = keeper.order
   zoo.apply { ["p.lua"] = false }
   turret:ask(function() return 5 end)
   zoo.step()
   unit.assertEquals(turret:ask_again(), 0) -- noted, and not told of before the plugin is gone
   native.Turret.destroy(turret)
   unload "turrets"
   zoo.log()
   for _ = 1, 3 do zoo.step() end
   unit.assertEquals(zoo.log(), {})
   unloaded("FireOrder", lent, 1)
   load "turrets"
   local another = native.Turret.create()
   unit.assertEquals(another:ask(function(shells) return shells end), 100)
   unit.assertErrorMsgContains("was unloaded", lent, 1)
   native.Turret.destroy(another)
end

function TestPlugin:test_garbage_does_not_keep_it()
   native.Crew.new { pay = 5LL }
   local crew = native.Crew.new()
   local kept = native.Crew
   unit.assertStrContains(select(2, zoo.unload "turrets"), "1 Crew alive")
   crew = nil
   unload "turrets"
   unloaded("Crew.new", read, kept, "new")
end

function TestPlugin:test_a_plugin_that_adds_to_classes_of_the_program()
   local heal = lion.heal
   load "bunkers"
   unit.assertEquals(animal:hide(), 80)
   unit.assertEquals(lion:hide(), 50)
   lion:heal()
   unit.assertEquals(lion.hp, 200)
   unit.assertEquals(native.keeper.count(), 1)
   unit.assertEquals(#lion, 20)
   unit.assertEquals(tostring(lion), "His Majesty")
   local bunker = native.Bunker.create()
   unit.assertEquals(bunker:fire(1), 20) -- its own, ...
   unit.assertEquals(native.Turret.fire(bunker, 1), 10) -- ... its base's
   unit.assertEquals(bunker:shelter(lion), 200)
   native.Bunker.destroy(bunker)
   local hide, count = lion.hide, native.keeper.count
   unload "bunkers"
   unit.assertNil(animal.hide)
   unit.assertNil(lion.hide)
   unit.assertErrorMsgContains("attempt to get length", function() return #lion end)
   unit.assertStrMatches(tostring(lion), "Lion#%d+")
   unit.assertNil(native.keeper.count)
   unit.assertEquals(native.keeper.feed(lion, 1), 1)
   unit.assertEquals(lion.heal, heal)
   lion:heal()
   unit.assertEquals(lion.hp, 100)
   unloaded("Lion.hide", hide, lion)
   unloaded("keeper.count", count)
end

function TestPlugin:test_what_a_plugin_hid_is_back_with_its_patch()
   load "bunkers"
   zoo.apply { ["p.lua"] = [[
      require("patch").after(native.Animal, "heal", function(self) native.Animal.damage(self, 1) end)
   ]] }
   lion:heal()
   unit.assertEquals(lion.hp, 200)
   unload "bunkers"
   lion:heal()
   unit.assertEquals(lion.hp, 99)
   zoo.apply { ["p.lua"] = [[
      require("patch").override(native.Animal, "heal", function() coroutine.yield "waits" end)
   ]] }
   load "bunkers"
   unload "bunkers"
   unit.assertEquals(coroutine.wrap(lion.heal)(lion), "waits") -- as Lua calls Lua, without C between
end

function TestPlugin:test_what_scripts_kept_of_it_raises()
   local Turret, armoury = native.Turret, native.armoury
   local turret = Turret.create()
   turret.label = "north"
   local kept = {
      { "Turret.fire", turret.fire, turret, 1 },
      { "Turret.quick_fire", turret.quick_fire, turret, 1 },
      { "Turret.half", turret.half, turret, native.Aim(1, 2) },
      { "Turret.leaf_half", turret.leaf_half, turret, native.Aim(1, 2) },
      { "Turret.damage_of", Turret.damage_of, 1 },
      { "Turret.leaf_damage_of", Turret.leaf_damage_of, 1 },
      { "Turret.create", Turret.create },
      { "armoury.stock", armoury.stock },
      { "Turret.fired", turret.fired.connect, turret.fired, function() end },
      { "armoury.emptied", armoury.emptied.once, armoury.emptied, function() end },
      { "armoury.emptied", armoury.emptied.fire, armoury.emptied },
   }
   local aim, barrels = turret.aim, turret.barrels
   for _, each in ipairs(kept) do
      local result = each[2](unpack(each, 3))
      if type(result) == "table" and result.disconnect then result:disconnect() end
      if type(result) == "userdata" then Turret.destroy(result) end
   end
   Turret.destroy(turret)
   unload "turrets"
   for _, each in ipairs(kept) do unloaded(unpack(each)) end
   unit.assertErrorMsgContains("was destroyed", read, aim, "distance")
   unit.assertErrorMsgContains("was destroyed", write, barrels, 1, 2)
   for _, key in ipairs { "fire", "shells", "aim", "heat", "label", "fired", "barrels", "nothing" } do
      unloaded("Turret." .. key, read, turret, key)
      unloaded("Turret." .. key, write, turret, key, 1)
      unloaded("Turret." .. key, read, Turret, key)
   end
   unloaded("armoury.stock", read, armoury, "stock")
   unit.assertErrorMsgContains("native tables are read only", write, Turret, "x", 1)
   unit.assertStrMatches(tostring(turret), "Turret %(unloaded%)#%d+ %(destroyed%)")
   unit.assertErrorMsgContains("Animal expected, got Turret (unloaded)", lion.weaker, lion, turret)
   unit.assertErrorMsgContains("Animal expected, got Turret (unloaded)", lion.stronger, lion, turret)
   unit.assertErrorMsgContains("Animal expected, got Turret (unloaded)", native.Animal.heal, turret)
   for _, name in ipairs { "Turret", "Shell", "Aim", "armoury" } do unit.assertNil(native[name]) end
end

function TestPlugin:test_a_patch_cannot_override_what_is_gone()
   zoo.files["scripts/keeper.lua"] = "return { Turret = native.Turret }"
   local event = zoo.apply { ["p.lua"] = 'require("patch").override(require("keeper").Turret, "fire", print)' }["p.lua"]
   unit.assertEquals(event.state, "active")
   zoo.apply { ["p.lua"] = false }
   unload "turrets"
   event = zoo.apply { ["p.lua"] = 'require("patch").override(require("keeper").Turret, "fire", print)' }["p.lua"]
   unit.assertEquals(event.cause, "p.lua:1: native.Turret: module turrets was unloaded")
end

function TestPlugin:test_values_and_enums_are_the_scripts_own()
   local aim, Shell = native.Aim(1, 2), native.Shell
   unload "turrets"
   unit.assertEquals((aim + aim).distance, 4)
   unit.assertEquals(Shell.FIRE, 1)
end

function TestPlugin:test_it_comes_back_as_another_one()
   local old, old_aim = native.Turret, native.Aim(1, 2)
   unload "turrets"
   load "stronger_turrets"
   local turret = native.Turret.create()
   unit.assertEquals(turret:fire(1), 25)
   unit.assertEquals(turret:quick_fire(1), 25)
   unit.assertEquals(native.armoury.stock(), 125)
   unit.assertErrorMsgContains("Aim expected", turret.half, turret, old_aim)
   unit.assertEquals(turret:half { angle = old_aim.angle, distance = 4 }, native.Aim(0.5, 2))
   unloaded("Turret.create", read, old, "create")
   native.Turret.destroy(turret)
end

function TestPlugin:test_a_suspended_coroutine_goes_on_into_an_error()
   local turret = native.Turret.create()
   local fire = turret.fire
   local thread = coroutine.create(function()
      coroutine.yield(fire(turret, 1))
      return fire(turret, 1)
   end)
   unit.assertEquals({ coroutine.resume(thread) }, { true, 10 })
   native.Turret.destroy(turret)
   unload "turrets"
   local ok, why = coroutine.resume(thread)
   unit.assertFalse(ok)
   unit.assertStrContains(why, "Turret.fire: its module was unloaded")
end
