-- Wrong arguments to every function of the engine and of the game.

local hostile = dofile(debug.getinfo(1, "S").source:match "^@(.*/)" .. "../../../lua/hostile_calls.lua")

local native = game.native
local world = native.world

TestHostile = {}

--- A world with one of everything, what the engine gives to scripts, and an actor that is gone.
local function make()
   world:reset(1)
   local gone = world:spawn_raider("SCOUT", { x = 10, y = 10 }, 1)
   gone:remove()
   world:step(1 / 60)
   local list = {
      world, world.dome, world.rover, gone, native.Vec2(1, 2), world:spawn_raider("BRUTE", { x = 20, y = 20 }, 1),
      world:spawn_crystal("LARGE", { x = 30, y = 30 }),
   }
   for _, root in pairs(debug.getmetatable(native).__index) do
      if type(root) == "userdata" then list[#list + 1] = root end
   end
   return list
end

function TestHostile:tearDown() world:reset(1) end

function TestHostile:test_wrong_arguments_to_every_function()
   local passed = hostile.call_everything(native, make, 300)
   unit.assertTrue(passed > 500, passed)
   world:reset(1)
   unit.assertEquals(world.dome:damage(20), 80)
   unit.assertEquals(demo.step(10), 0)
   unit.assertEquals(demo.draw(), 0)
end
