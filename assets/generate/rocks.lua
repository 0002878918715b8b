--- Stones: pebbles of a few pixels and boulders with lit facets and a long shadow.

local noise = require "noise"
local palette = require "palette"
local shade = require "shade"

local rocks = {}

local STONE = palette.ramp "1223445678"

--- One to three lit pixels with a dark one on the lee side.
function rocks.pebble(picture, x, y, dice)
   local bright = dice:pick { palette.stone6, palette.stone6, palette.stone7 }
   picture:set(x, y, bright)
   picture:set(x + 1, y, palette.stone5)
   picture:set(x + 1, y + 1, palette.stone2)
   if dice:unit() < 0.4 then
      picture:set(x, y + 1, palette.stone4)
      picture:set(x + 2, y + 1, palette.stone2)
      picture:set(x + 1, y + 2, palette.stone2)
   else
      picture:set(x, y + 1, palette.stone3)
   end
end

--- Height of a lumpy stone above the ground, 0..1; 0 outside.
local function lump(u, v, seed)
   local angle = math.atan2(v, u)
   local bumps = noise.value(math.cos(angle) * 1.4 + 9, math.sin(angle) * 1.4 + 9, seed) - 0.5
   local edge = 0.82 + 0.3 * bumps
   local d = math.sqrt(u * u + v * v) / edge
   return d < 1 and math.sqrt(1 - d * d) or 0
end

local function cast_shadow(picture, cx, cy, radius)
   for y = math.floor(cy - radius), math.ceil(cy + radius * 1.8) do
      for x = math.floor(cx - radius), math.ceil(cx + radius * 2.2) do
         local u = (x + 0.5 - cx - radius * 0.6) / (radius * 1.15)
         local v = (y + 0.5 - cy - radius * 0.45) / (radius * 0.75)
         if u * u + v * v < 1 then
            picture:set(x, y, palette.stone1)
         end
      end
   end
end

function rocks.boulder(picture, cx, cy, radius, dice)
   local seed = dice:integer(0, 9999)
   cast_shadow(picture, cx, cy, radius)
   for y = math.floor(cy - radius), math.ceil(cy + radius) do
      for x = math.floor(cx - radius), math.ceil(cx + radius) do
         local u, v = (x + 0.5 - cx) / radius, (y + 0.5 - cy) / (radius * 0.86)
         local height = lump(u, v, seed)
         if height > 0 then
            local facet = noise.value(u * 2.2 + 20, v * 2.2 + 20, seed + 3) - 0.5
            local light = 0.42 - u * 0.34 - v * 0.38 + facet * 0.5 + height * 0.08
            picture:set(x, y, shade.pick(STONE, light, x, y, 0.2))
         end
      end
   end
end

return rocks
