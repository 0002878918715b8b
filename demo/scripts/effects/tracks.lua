--- The rover's wheel marks.

local art = require "art"
local graphics = require "graphics"

local tracks = {}

local LIMIT, LIFE, STRIDE = 150, 9, 6
local places, next_place = {}, 1
for index = 1, LIMIT do places[index] = { x = 0, y = 0, angle = 0, age = LIFE } end

local last_x, last_y = 0, 0

--- Says where the rover is; it leaves a mark every few pixels. Returns the direction of a new mark.
---@param x number
---@param y number
---@return number? angle radians
function tracks.drive(x, y)
   local dx, dy = x - last_x, y - last_y
   local distance = math.sqrt(dx * dx + dy * dy)
   if distance < STRIDE then return nil end
   last_x, last_y = x, y
   if distance > 3 * STRIDE then return nil end -- it did not drive here
   local mark = places[next_place]
   next_place = next_place % LIMIT + 1
   mark.x, mark.y, mark.angle, mark.age = x, y, math.atan2(dy, dx), 0
   return mark.angle
end

---@param dt number
function tracks.update(dt)
   for index = 1, LIMIT do places[index].age = places[index].age + dt end
end

function tracks.draw()
   for index = 1, LIMIT do
      local mark = places[index]
      if mark.age < LIFE then
         graphics.color(1, 1, 1, 0.75 * (1 - mark.age / LIFE))
         art.draw(art.track, mark.x, mark.y, mark.angle)
      end
   end
   graphics.color(1, 1, 1)
end

function tracks.clear()
   for index = 1, LIMIT do places[index].age = LIFE end
end

return tracks
