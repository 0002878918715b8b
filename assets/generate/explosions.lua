--- Explosions: eight frames side by side, from the white flash to the last smoke.
---
--- A ball of puffs flies apart; every puff cools from white through orange to grey and shrinks.

local canvas = require "canvas"
local palette = require "palette"
local power = require "power"
local random = require "random"

local explosions = {}

local FRAMES = 8

--- Edge, body and lit side of a puff, hottest first.
local HEAT = {
   palette.ramp "yww",
   palette.ramp "ayw",
   palette.ramp "oay",
   palette.ramp "roa",
   palette.ramp "2ro",
   palette.ramp "234",
   palette.ramp "345",
   palette.ramp "345",
}

--- The puffs of one explosion: where they fly, how large they get, how much earlier they cool.
local function burst(dice, count, reach, largest)
   local puffs = { { x = 0, y = 0, far = 0, size = largest * 1.3, lead = 0.6 } }
   for i = 1, count do
      local angle = i / count * 2 * math.pi + dice:between(-0.4, 0.4)
      local far = reach * dice:between(0.45, 1)
      puffs[#puffs + 1] = {
         x = math.cos(angle),
         y = math.sin(angle),
         far = far,
         size = largest * dice:between(0.75, 1.1) * (1.15 - 0.45 * far / reach),
         lead = dice:between(0, 1.5) + far / reach,
      }
   end
   return puffs
end

--- Radius over time: grows fast, then shrinks away.
local function swell(time)
   if time < 0.3 then
      return 0.9 + 0.1 * time / 0.3
   end
   return math.max(0, 1 - power((time - 0.3) / 0.7, 1.5))
end

--- Draws all puffs layer by layer, so that they melt into one cloud.
local function paint_puffs(picture, left, size, frame, puffs)
   local time = (frame - 0.6) / (FRAMES - 0.9)
   local spread = 0.3 + 0.7 * (1 - power(1 - time, 2.2))
   for layer = 1, 3 do
      local scale, shift = 1.28 - layer * 0.28, (layer - 1) * 0.17
      for _, puff in ipairs(puffs) do
         local radius = puff.size * swell(time) * scale
         local ramp = HEAT[math.max(1, math.min(#HEAT, math.floor(frame - 0.4 + puff.lead)))]
         if radius > 0.6 then
            picture:ellipse(left + size / 2 + puff.x * puff.far * spread - radius * shift,
               size / 2 + puff.y * puff.far * spread - radius * shift, radius, radius, ramp[layer])
         end
      end
   end
end

--- Glowing splinters that outrun the cloud.
local function paint_splinters(picture, left, size, frame, dice)
   local time, middle = frame / FRAMES, size / 2
   for _ = 1, size / 3 do
      local angle, speed = dice:between(0, 2 * math.pi), dice:between(0.62, 0.98)
      local life = dice:between(0.45, 0.9)
      local travel = speed * (1 - power(1 - time, 3)) * middle
      local x = math.floor(middle + math.cos(angle) * travel)
      local y = math.floor(middle + math.sin(angle) * travel)
      if time < life then
         local old = time / life
         picture:set(left + x, y, old < 0.5 and palette.white or old < 0.8 and palette.straw
            or palette.orange)
         if size > 32 and old < 0.7 then
            picture:set(left + x - (x < middle and -1 or 1), y, palette.amber)
         end
      end
   end
end

--- The flash: a bright star before there is any smoke.
local function paint_flash(picture, size)
   local middle = size / 2
   for y = 0, size - 1 do
      for x = 0, size - 1 do
         local u, v = math.abs(x + 0.5 - middle) / middle, math.abs(y + 0.5 - middle) / middle
         local star = math.sqrt(u) + math.sqrt(v)
         local polar = math.sqrt(u * u + v * v)
         if polar < 0.36 or star < 0.92 then
            picture:set(x, y, palette.white)
         elseif polar < 0.44 or star < 0.99 then
            picture:set(x, y, palette.straw)
         elseif polar < 0.5 then
            picture:set(x, y, palette.amber)
         end
      end
   end
end

local function strip(size, seed, count)
   local picture = canvas.new(size * FRAMES, size)
   local puffs = burst(random.new(seed), count, size * 0.34, size * 0.205)
   paint_flash(picture, size)
   for frame = 1, FRAMES - 1 do
      paint_splinters(picture, frame * size, size, frame, random.new(seed + 1))
      paint_puffs(picture, frame * size, size, frame, puffs)
   end
   return picture
end

--- A list of { name, picture }.
function explosions.all()
   return {
      { "explosion", strip(32, 7, 9) },
      { "explosion-large", strip(64, 24, 15) },
   }
end

return explosions
