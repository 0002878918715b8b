--- Sparks and smoke. They live in places made once and used again, the oldest first.

local art = require "art"
local graphics = require "graphics"
local palette = require "palette"
local random = require "random"

local particles = {}

local LIMIT = 320
local places, next_place = {}, 1
for index = 1, LIMIT do
   places[index] = { x = 0, y = 0, vx = 0, vy = 0, age = 1, life = 1, size = 1, color = palette.white, smoke = false }
end

local function add(x, y, angle, speed, life, size, color, smoke)
   local p = places[next_place]
   next_place = next_place % LIMIT + 1
   p.x, p.y, p.vx, p.vy = x, y, math.cos(angle) * speed, math.sin(angle) * speed
   p.age, p.life, p.size, p.color, p.smoke = 0, life, size, color, smoke
end

--- Sparks that fly in all directions.
---@param x number
---@param y number
---@param count integer
---@param speed number pixels a second, at most
---@param color number[] of palette
function particles.burst(x, y, count, speed, color)
   for _ = 1, count do
      add(x, y, random.range(0, 6.2832), random.range(speed * 0.3, speed), random.range(0.2, 0.5),
         random.range(0.5, 1.1), color, false)
   end
end

--- Sparks within half a radian of a direction.
---@param x number
---@param y number
---@param angle number radians
---@param count integer
---@param speed number pixels a second, at most
---@param color number[] of palette
function particles.spray(x, y, angle, count, speed, color)
   for _ = 1, count do
      add(x, y, angle + random.range(-0.5, 0.5), random.range(speed * 0.4, speed), random.range(0.15, 0.35),
         random.range(0.5, 0.9), color, false)
   end
end

--- Smoke that drifts upwards.
---@param x number
---@param y number
---@param count integer
---@param color number[] of palette
function particles.smoke(x, y, count, color)
   for _ = 1, count do
      add(x + random.range(-5, 5), y + random.range(-5, 5), random.range(-2.4, -0.8), random.range(6, 18),
         random.range(0.6, 1.2), random.range(0.5, 0.9), color, true)
   end
end

--- A puff of dust, or a breath of an engine, that stays behind.
---@param x number
---@param y number
---@param angle number radians: where it drifts
---@param speed number pixels a second
---@param color number[] of palette
---@param smoke boolean dust; else light
function particles.puff(x, y, angle, speed, color, smoke)
   add(x, y, angle, speed, smoke and 0.5 or 0.25, smoke and 0.4 or 0.6, color, smoke)
end

---@param dt number
function particles.update(dt)
   for index = 1, LIMIT do
      local p = places[index]
      if p.age < p.life then
         p.age = p.age + dt
         local slower = p.smoke and 0.98 or 0.93
         p.vx, p.vy = p.vx * slower, p.vy * slower
         p.x, p.y = p.x + p.vx * dt, p.y + p.vy * dt
      end
   end
end

--- Draws the smoke. `behind`: seconds between this picture and the step after it.
---@param behind number
function particles.draw_smoke(behind)
   for index = 1, LIMIT do
      local p = places[index]
      if p.smoke and p.age < p.life then
         local left, color = 1 - p.age / p.life, p.color
         graphics.color(color[1], color[2], color[3], left * 0.55)
         art.draw(art.smoke, p.x - p.vx * behind, p.y - p.vy * behind, p.age * 2, p.size * (1.6 - left * 0.8))
      end
   end
   graphics.color(1, 1, 1)
end

--- Draws the sparks, as light. `behind`: as above.
---@param behind number
function particles.draw_sparks(behind)
   graphics.blend "add"
   for index = 1, LIMIT do
      local p = places[index]
      if not p.smoke and p.age < p.life then
         local left, color = 1 - p.age / p.life, p.color
         graphics.color(color[1], color[2], color[3], left)
         art.draw(art.spark, p.x - p.vx * behind, p.y - p.vy * behind, 0, p.size * (0.4 + 0.8 * left))
      end
   end
   graphics.blend "alpha"
   graphics.color(1, 1, 1)
end

function particles.clear()
   for index = 1, LIMIT do places[index].age = places[index].life end
end

return particles
