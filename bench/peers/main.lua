-- A peer: does what the bridge's cases do, in a program that is not ours, on order.
--
--    love bench/peers [nojit]     objects of LÖVE
--    lua bench/peers/main.lua     tables of plain Lua
--
-- It says what it is. Then each line of its input, "work n", has it do a piece of work n times, and
-- the answer is a line, "done".

local object = { x = 3, y = 4 }
function object:distance(x, y) return (x - self.x) * (x - self.x) + (y - self.y) * (y - self.y) end

local name = _VERSION
local works = {
   ["table.x"] = "sum = sum + o.x",
   ["table.y = i"] = "o.y = i",
   ["table:distance"] = "sum = sum + o:distance(i, 1)",
}

if love then
   local major, minor = love.getVersion()
   name = ("LÖVE %d.%d"):format(major, minor)
   world = love.physics.newWorld() -- global, because bodies die with it
   local body = love.physics.newBody(world, 3, 4)
   local fixture = love.physics.newFixture(body, love.physics.newCircleShape(1))
   object = { body = body, fixture = fixture, transform = love.math.newTransform(3, 4) }
   works = {
      ["Body:getX"] = "sum = sum + body:getX()",
      ["Body:setX"] = "body:setX(i)",
      ["Fixture:getFriction"] = "sum = sum + fixture:getFriction()",
      ["Fixture:setFriction"] = "fixture:setFriction(i)",
      ["Transform:transformPoint"] = "sum = sum + transform:transformPoint(i, 1)",
   }
end

local TEMPLATE = [[
local o = ...
local body, fixture, transform = o.body, o.fixture, o.transform
return function(n)
   local sum = 0
   for i = 1, n do %s end
   return sum
end]]

for key, code in pairs(works) do works[key] = assert(loadstring(TEMPLATE:format(code)))(object) end

local function say(text)
   io.stdout:write(text, "\n")
   io.stdout:flush()
end

--- Carries one order out; false at the end of the input.
local function serve()
   local line = io.read "*l"
   if not line then return false end
   local key, n = line:match "^(.*) (%d+)$"
   works[key](tonumber(n))
   say "done"
   return true
end

if jit and arg[#arg] == "nojit" then jit.off() end
say(name)
if love then
   function love.run() return function() return not serve() and 0 or nil end end
else
   while serve() do end
end
