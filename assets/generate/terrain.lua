--- The shape of the Moon: heights of dust, craters and rocks, seen from above at a slight tilt.

local noise = require "noise"
local power = require "power"
local shade = require "shade"

local terrain = {}

--- How much shorter things look along y than along x.
terrain.TILT = 0.8

--- Throws `count` craters over an area; `allowed(x, y, radius)` may refuse a place.
function terrain.scatter(dice, count, smallest, largest, area, allowed)
   local craters = {}
   local tries = 0
   while #craters < count and tries < count * 60 do
      tries = tries + 1
      local size = dice:unit()
      local crater = {
         x = dice:between(area.left, area.right),
         y = dice:between(area.top, area.bottom),
         radius = smallest + (largest - smallest) * size * size,
         age = dice:between(0.45, 1),
         seed = dice:integer(0, 9999),
      }
      if allowed(crater.x, crater.y, crater.radius) and terrain.clear_of(crater, craters) then
         craters[#craters + 1] = crater
      end
   end
   return craters
end

--- Whether a crater keeps its distance from the others (a small overlap is natural).
function terrain.clear_of(crater, craters)
   for _, other in ipairs(craters) do
      local dx, dy = crater.x - other.x, (crater.y - other.y) / terrain.TILT
      local reach = (crater.radius + other.radius) * 1.25
      if dx * dx + dy * dy < reach * reach then
         return false
      end
   end
   return true
end

--- Height of one crater at a point, in pixels: a bowl, a raised rim, a skirt of ejecta.
local function crater_height(crater, x, y)
   local dx, dy = x - crater.x, (y - crater.y) / terrain.TILT
   local reach = crater.radius * 1.9
   if dx > reach or dx < -reach or dy > reach or dy < -reach then
      return 0
   end
   local wobble = 1 + 0.22 * (noise.value(x / 6, y / 6, crater.seed) - 0.5)
   local d = math.sqrt(dx * dx + dy * dy) / crater.radius * wobble
   local depth = crater.age * (crater.radius < 9 and crater.radius * 0.4
      or 2.2 + crater.radius * 0.16)
   local rim = depth * 0.5
   if d < 1 then
      local wall = shade.clamp((d - 0.42) / 0.58, 0, 1)
      local peak = crater.radius > 20 and depth * 0.5 * (1 - shade.smoothstep(0, 0.22, d)) or 0
      return (rim + depth) * power(wall, 1.5) - depth + peak
   end
   local skirt = shade.clamp((1.9 - d) / 0.9, 0, 1)
   return rim * skirt * skirt * skirt
end

--- Makes a function height(x, y) of dust, craters and a flat building ground.
function terrain.heights(craters, seed, flat)
   return function(x, y)
      local ty = y / terrain.TILT
      local dust = noise.layered(x / 74, ty / 74, 3, seed) * 20
         + noise.layered(x / 17, ty / 17, 2, seed + 5) * 3.4
         + noise.value(x / 4, ty / 4, seed + 9) * 0.4
      local level = flat(x, y)
      local height = dust + (13 - dust) * level
      for i = 1, #craters do
         height = height + crater_height(craters[i], x, y)
      end
      return height
   end
end

return terrain
