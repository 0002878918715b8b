--- Stars, faint nebula and the Earth, for the top of the playfield and the title.

local noise = require "noise"
local palette = require "palette"
local power = require "power"
local random = require "random"
local shade = require "shade"

local sky = {}

local NIGHT = palette.ramp "kkkn1"
local CLOUD = palette.ramp "nnnii"

--- Fills rows 0..bottom-1 with night, a band of nebula and stars.
function sky.paint(picture, bottom, seed, nebula)
   for y = 0, bottom - 1 do
      for x = 0, picture.width - 1 do
         local depth = y / bottom
         picture:set(x, y, shade.pick(NIGHT, depth * 0.75, x, y, 1))
         local haze = (noise.layered(x / 90, y / 42 - x / 260, 4, seed) - 0.5) * nebula
            * (1 - depth * depth)
         if haze > 0.05 then
            picture:set(x, y, shade.pick(CLOUD, haze * 4.2, x, y, 1.4))
         end
      end
   end
   sky.stars(picture, bottom, seed)
end

--- Scatters small stars and some that twinkle.
function sky.stars(picture, bottom, seed)
   local dice = random.new(seed)
   for _ = 1, picture.width * bottom / 130 do
      local x, y = dice:integer(0, picture.width - 1), dice:integer(0, bottom - 1)
      picture:set(x, y, dice:pick { palette.indigo, palette.dusk, palette.dusk, palette.stone5,
         palette.stone7, palette.lilac })
   end
   for _ = 1, picture.width * bottom / 1500 do
      local x, y = dice:integer(2, picture.width - 3), dice:integer(2, bottom - 3)
      sky.twinkle(picture, x, y, dice:pick { palette.dusk, palette.azure, palette.stone4 })
   end
end

--- One bright star: a white point with four faint arms.
function sky.twinkle(picture, x, y, arms)
   picture:set(x - 1, y, arms)
   picture:set(x + 1, y, arms)
   picture:set(x, y - 1, arms)
   picture:set(x, y + 1, arms)
   picture:set(x, y, palette.white)
end

local SEA = palette.ramp "kniicccssS"
local LAND = palette.ramp "knnggGGGLy"
local ICE = palette.ramp "nniddSCCww"

--- What covers the globe at a point of the unit sphere: a ramp, and how bright it is.
local function cover(u, v, height, seed)
   -- Stretched towards the limb, so that the picture reads as a ball.
   local x, y = u * (1.6 - height * 0.6), v * (1.6 - height * 0.6)
   local cloud = noise.layered(x * 2.1 + y * 0.9 + 7, y * 4.6 - x * 0.7, 4, seed + 40)
   local cap = 0.88 + (noise.value(x * 5, y * 5, seed) - 0.5) * 0.12
   if cloud > 0.6 or math.abs(v) > cap then
      return ICE, 0.06
   end
   local land = noise.layered(x * 1.9 + 3.1, y * 1.9 + 0.4, 4, seed)
   if land > 0.585 then
      return LAND, (land - 0.62) * 1.1
   end
   return SEA, (land - 0.5) * 0.9
end

--- The Earth as a ball with its centre at (cx, cy).
function sky.earth(picture, cx, cy, radius, seed)
   sky.airglow(picture, cx, cy, radius)
   for y = math.floor(cy - radius), math.ceil(cy + radius) do
      for x = math.floor(cx - radius), math.ceil(cx + radius) do
         local u, v = (x + 0.5 - cx) / radius, (y + 0.5 - cy) / radius
         local distance = u * u + v * v
         if distance <= 1 then
            local height = math.sqrt(1 - distance)
            local light = shade.clamp(-u * 0.62 - v * 0.52 + height * 0.56, -0.1, 1)
            local ramp, lift = cover(u, v, height, seed)
            local rim = distance > 0.86 and light > 0.1 and 0.16 or 0
            picture:set(x, y, shade.pick(ramp, light * 0.84 + lift + rim, x, y, 0.9))
         end
      end
   end
end

--- A thin blue glow around the lit side.
function sky.airglow(picture, cx, cy, radius)
   for y = math.floor(cy - radius * 1.3), math.ceil(cy + radius * 1.3) do
      for x = math.floor(cx - radius * 1.3), math.ceil(cx + radius * 1.3) do
         local u, v = (x + 0.5 - cx) / radius, (y + 0.5 - cy) / radius
         local distance = math.sqrt(u * u + v * v)
         local lit = shade.clamp(0.6 - (u + v) / distance * 0.7, 0, 1)
         local glow = power(1 - (distance - 1) / 0.26, 2) * lit
         if distance > 0.98 and y < picture.height then
            local step = glow * 2.4 + shade.threshold(x, y)
            if step > 1.5 then
               picture:set(x, y, palette.azure)
            elseif step > 0.9 then
               picture:set(x, y, palette.sea)
            elseif step > 0.5 then
               picture:set(x, y, palette.indigo)
            end
         end
      end
   end
end

return sky
