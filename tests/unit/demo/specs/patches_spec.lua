-- The sample patches: each does what its head says, and nothing is left of it when it is gone.

local native = game.native
local world = native.world
local STEP = 1 / 60

TestSamples = {}

local function read(path)
   local file = assert(io.open(demo.folder .. "/" .. path, "rb"))
   local content = file:read "*a"
   file:close()
   return content
end

local function apply(name)
   demo.apply { [name] = read("patches/" .. name) }
   local entry = demo.list()[name]
   unit.assertEquals(entry.state, "trial", entry.cause)
end

local function remove(name) demo.apply { [name] = false } end

function TestSamples:setUp()
   world:reset(1)
   world.crystal_pause = 0
end

function TestSamples:tearDown()
   local all = {}
   for name in pairs(demo.list()) do all[name] = false end
   demo.apply(all)
end

function TestSamples:test_fix_shield()
   local dome = world.dome
   dome:damage(10)
   unit.assertEquals({ dome.hp, dome.shield }, { 90, 50 }) -- the bug
   apply "fix-shield.lua"
   unit.assertEquals(dome:damage(20), 90)
   unit.assertEquals({ dome.hp, dome.shield }, { 90, 30 })
   dome:damage(50)
   unit.assertEquals({ dome.hp, dome.shield }, { 70, 0 })
   remove "fix-shield.lua"
   dome.shield = 60
   dome:damage(10)
   unit.assertEquals({ dome.hp, dome.shield }, { 60, 50 })
end

function TestSamples:test_fix_shield_reaches_hits_in_c()
   apply "fix-shield.lua"
   world:spawn_raider("SCOUT", { x = world.dome.x, y = world.dome.y + 50 }, 1)
   world:step(STEP)
   unit.assertEquals({ world.dome.hp, world.dome.shield }, { 100, 55 })
   unit.assertEquals(world:event(0).kind, native.EventKind.SHIELD_HIT)
end

function TestSamples:test_fix_rapid_fire()
   local rover = world.rover
   local standard = rover:reload_time()
   rover.rapid = 2
   unit.assertTrue(rover:reload_time() > standard) -- the bug
   apply "fix-rapid-fire.lua"
   unit.assertAlmostEquals(rover:reload_time(), standard / 1.35 ^ 2, 1e-6)
   rover.rapid = 0
   unit.assertAlmostEquals(rover:reload_time(), standard, 1e-6)
end

local function shots(seconds)
   local count = 0
   world.rover.trigger = true
   for _ = 1, seconds * 60 do
      world:step(STEP)
      for index = 0, world.event_count - 1 do
         if world:event(index).kind == native.EventKind.SHOT then count = count + 1 end
      end
   end
   return count
end

function TestSamples:test_fix_rapid_fire_reaches_the_gun_in_c()
   local before = shots(4)
   world.rover.rapid = 2
   unit.assertTrue(shots(4) < before)
   apply "fix-rapid-fire.lua"
   unit.assertTrue(shots(4) > before * 1.5)
end

function TestSamples:test_patches_see_the_globals_that_the_game_declared()
   demo.apply { ["p.lua"] = [[local patch = require "patch"
      assert(type(wait) == "function")
      patch.before(native.Dome, "damage", function() end)]] }
   unit.assertEquals(demo.list()["p.lua"].state, "trial", demo.list()["p.lua"].cause)
   demo.apply { ["p.lua"] = "local patch = require 'patch' local x = wiat" }
   unit.assertStrContains(demo.list()["p.lua"].cause, "p.lua:1: undeclared global 'wiat'")
   demo.apply { ["p.lua"] = false }
end

function TestSamples:test_gentle_raiders()
   local raider = world:spawn_raider("BRUTE", { x = 50, y = 100 }, 1)
   local speed, strength = raider:speed(), raider:strength()
   apply "gentle-raiders.lua"
   unit.assertAlmostEquals(raider:speed(), speed * 0.6, 1e-5)
   unit.assertAlmostEquals(raider:strength(), strength * 0.5, 1e-5)
   remove "gentle-raiders.lua"
   unit.assertEquals({ raider:speed(), raider:strength() }, { speed, strength })
end

function TestSamples:test_stun_bolts()
   apply "stun-bolts.lua"
   local raider = world:spawn_raider("SCOUT", { x = 50, y = 100 }, 100)
   for _ = 1, 30 do world:step(STEP) end
   raider:damage(1)
   local x = raider.x
   world:step(STEP)
   unit.assertNotEquals(raider.x, x)
   raider:damage(1)
   local angle
   x, angle = raider.x, raider.angle
   for _ = 1, 30 do world:step(STEP) end
   unit.assertEquals(raider.x, x)
   unit.assertTrue(raider.angle > angle + 2)
   unit.assertEquals(raider.hits, 2)
   for _ = 1, 30 do world:step(STEP) end
   unit.assertNotEquals(raider.x, x)
end

function TestSamples:test_triple_shot()
   apply "triple-shot.lua"
   local rover = world.rover
   rover.aim = 0
   rover:fire()
   unit.assertEquals(world.bullet_count, 3)
   unit.assertEquals(rover.aim, 0)
   unit.assertTrue(world:bullet(0).angle < -0.1)
   unit.assertTrue(world:bullet(2).angle > 0.1)
end

function TestSamples:test_long_waves()
   local balance = game.require "balance"
   local before = balance.budget(4)
   apply "long-waves.lua"
   unit.assertEquals(balance.budget(4), before * 2)
   remove "long-waves.lua"
   unit.assertEquals(balance.budget(4), before)
end

function TestSamples:test_broken_on_purpose_does_no_harm()
   apply "broken-on-purpose.lua"
   local rover = world.rover
   for shot = 1, 7 do
      rover:fire()
      unit.assertEquals(world.bullet_count, shot)
   end
   unit.assertEquals(demo.list()["broken-on-purpose.lua"].state, "trial")
   rover:fire()
   demo.step(1)
   local entry = demo.list()["broken-on-purpose.lua"]
   unit.assertEquals({ entry.state, entry.errors }, { "quarantined", 8 })
   unit.assertStrContains(entry.cause, "broken-on-purpose.lua:")
end

function TestSamples:test_they_work_together()
   for _, name in ipairs { "fix-rapid-fire.lua", "fix-shield.lua", "gentle-raiders.lua", "stun-bolts.lua",
      "triple-shot.lua" } do
      apply(name)
   end
   world.rover.rapid = 3
   world.dome.max_shield, world.dome.shield = 1e6, 1e6
   for index = 1, 40 do world:spawn_raider(index % 3, { x = index * 15, y = 50 }, 1) end
   world.rover.trigger = true
   for step = 1, 900 do
      world.rover.aim = step * 0.02
      world:step(STEP)
   end
   unit.assertEquals(world.dome.hp, 100)
   for name, entry in pairs(demo.list()) do
      if entry.state == "trial" then unit.assertEquals(entry.errors, 0, name) end
   end
end

TestReentry = {}

function TestReentry:tearDown() demo.apply { ["p.lua"] = false } end

local function patch(body) demo.apply { ["p.lua"] = 'local patch = require "patch"\n' .. body } end

function TestReentry:test_a_step_inside_of_a_step_does_nothing()
   world:reset(1)
   patch [[patch.after(native.Rover, "update", function(self) native.world:step(1 / 60) end)]]
   world:step(STEP)
   unit.assertAlmostEquals(world.time, STEP, 1e-6)
   unit.assertEquals(demo.list()["p.lua"].errors, 0)
end

function TestReentry:test_a_reset_inside_of_a_step_waits_for_its_end()
   world:reset(1)
   world.crystal_pause = 0
   patch [[patch.before(native.Raider, "update", function(self, dt)
      native.world:reset(5)
      self.seen = native.world.raider_count
      assert(self.seen == 20)
   end)]]
   for index = 1, 20 do world:spawn_raider("SCOUT", { x = index * 30, y = 60 }, 1) end
   world:step(STEP)
   unit.assertEquals({ world.raider_count, world.time }, { 0, 0 })
   unit.assertEquals(demo.list()["p.lua"].errors, 0)
end

function TestReentry:test_raiders_that_raiders_bring_along_wait_for_the_next_step()
   world:reset(1)
   patch [[patch.before(native.Raider, "update", function(self)
      native.world:spawn_raider("SCOUT", { x = 100, y = 100 }, 1)
   end)]]
   world:spawn_raider("SCOUT", { x = 60, y = 60 }, 1)
   for doubled = 1, 5 do
      world:step(STEP)
      unit.assertEquals(world.raider_count, 2 ^ doubled)
   end
end

function TestReentry:test_a_raider_that_is_gone_is_a_clear_error()
   world:reset(1)
   local raider = world:spawn_raider("SCOUT", { x = 60, y = 60 }, 1)
   raider:remove()
   unit.assertTrue(raider.removed)
   world:step(STEP)
   unit.assertErrorMsgContains("was destroyed", function() return raider.hp end)
   local other = world:spawn_raider("SCOUT", { x = 60, y = 60 }, 1)
   unit.assertErrorMsgContains("was destroyed", function() return raider.hp end)
   unit.assertEquals(other.hp, 20)
end

TestBundle = {}

local function number_at(bytes, at, size)
   local number = 0
   for index = size - 1, 0, -1 do number = number * 256 + bytes:byte(at + index) end
   return number
end

--- The entries of a zip file whose content is stored: {[name] = content}.
local function unpack_stored(bytes)
   local entries, at = {}, 1
   while bytes:sub(at, at + 3) == "PK\3\4" do
      unit.assertEquals(number_at(bytes, at + 8, 2), 0, "compressed: moonpatch pack stores")
      local size, name_size, extra = number_at(bytes, at + 18, 4), number_at(bytes, at + 26, 2), number_at(bytes, at + 28, 2)
      local name = bytes:sub(at + 30, at + 29 + name_size)
      local start = at + 30 + name_size + extra
      entries[name] = bytes:sub(start, start + size - 1)
      at = start + size
   end
   return entries
end

function TestBundle:test_the_packed_bundle_is_what_is_in_its_folder()
   local entries = unpack_stored(read "patches/gold-rover.zip")
   local names = {}
   for name in pairs(entries) do names[#names + 1] = name end
   table.sort(names)
   unit.assertEquals(names, { "assets/images/rover.png", "assets/images/turret.png", "patch.lua", "scripts/carat.lua" })
   for name, content in pairs(entries) do
      unit.assertTrue(content == read("patches/gold-rover/" .. name), name .. " differs: pack it again (demo/patches/README.md)")
   end
end

-- ---- what the pause tells of them ----------------------------------------------------------

TestPatchList = {}

function TestPatchList:test_knows_which_patches_are_in_effect()
   local main, patches = game.require "main", game.require "patches"
   local function note(id, state, in_effect) main.patch_event(id, state, "", in_effect) end
   note("b", "trial", true)
   note("a", "trial", true)
   note("b", "trial", true)
   unit.assertEquals(patches.active(), { "a", "b" })
   note("a", "refused", true) -- an earlier version stays
   unit.assertEquals(patches.active(), { "a", "b" })
   note("a", "quarantined", false)
   unit.assertEquals(patches.words(), "b")
   for _, id in ipairs { "c", "d", "e", "f" } do note(id, "trial", true) end
   unit.assertEquals(patches.words(), "b, c, d and 2 more")
   for _, id in ipairs { "b", "c", "d", "e", "f" } do note(id, "removed", false) end
   unit.assertEquals({ patches.active(), patches.words() }, { {}, "" })
end
