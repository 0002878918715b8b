--- Explosions, and the burnt spots they leave on the ground.

local art = require "art"
local graphics = require "graphics"
local random = require "random"

local blasts = {}

local FRAMES, FRAME_TIME = 8, 0.055
local LIFE = FRAMES * FRAME_TIME

local LIMIT = 24
local places, next_place = {}, 1
for index = 1, LIMIT do
   places[index] = { x = 0, y = 0, age = LIFE, angle = 0, scale = 1, glow = 1, picture = art.explosion }
end

local SPOTS, SPOT_LIFE = 20, 14
local spots, next_spot = {}, 1
for index = 1, SPOTS do spots[index] = { x = 0, y = 0, age = SPOT_LIFE, scale = 1 } end

local function burn(x, y, size)
   local spot = spots[next_spot]
   next_spot = next_spot % SPOTS + 1
   spot.x, spot.y, spot.age, spot.scale = x, y, 0, size / 13
end

--- Blows up something of that radius.
---@param x number
---@param y number
---@param size number pixels
function blasts.add(x, y, size)
   local blast = places[next_place]
   next_place = next_place % LIMIT + 1
   local large = size > 11
   blast.x, blast.y, blast.age, blast.angle = x, y, 0, random.integer(0, 3) * math.pi / 2
   blast.picture, blast.glow = large and art.explosion_large or art.explosion, large and 1.9 or 1.1
   blast.scale = size > 20 and 1.5 or size > 14 and 1.2 or 1
   burn(x, y, size)
end

---@param dt number
function blasts.update(dt)
   for index = 1, LIMIT do places[index].age = places[index].age + dt end
   for index = 1, SPOTS do spots[index].age = spots[index].age + dt end
end

--- Draws the burnt spots.
function blasts.draw_ground()
   for index = 1, SPOTS do
      local spot = spots[index]
      if spot.age < SPOT_LIFE then
         graphics.color(0.2, 0.15, 0.2, 0.8 * (1 - spot.age / SPOT_LIFE))
         art.draw(art.shadow, spot.x, spot.y, 0, spot.scale)
      end
   end
   graphics.color(1, 1, 1)
end

--- Draws the explosions and their light.
function blasts.draw()
   for index = 1, LIMIT do
      local blast = places[index]
      if blast.age < LIFE then
         art.draw_frame(blast.picture, math.floor(blast.age / FRAME_TIME), blast.x, blast.y, blast.angle, blast.scale)
      end
   end
   graphics.blend "add"
   for index = 1, LIMIT do
      local blast = places[index]
      if blast.age < LIFE then
         graphics.color(1, 0.62, 0.25, 0.55 * (1 - blast.age / LIFE))
         art.draw(art.glow, blast.x, blast.y, 0, blast.scale * blast.glow)
      end
   end
   graphics.blend "alpha"
   graphics.color(1, 1, 1)
end

function blasts.clear()
   for index = 1, LIMIT do places[index].age = LIFE end
   for index = 1, SPOTS do spots[index].age = SPOT_LIFE end
end

return blasts
