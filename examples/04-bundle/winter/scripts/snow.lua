local graphics = require "graphics"

local snow = {}

local time = 0

function snow.update(dt) time = time + dt end

function snow.draw()
   graphics.color(1, 1, 1)
   for index = 1, 260 do
      local size = 1 + index % 3
      local x = (index * 97 + 14 * math.sin(time + index)) % 640
      local y = (index * 53 + time * 30 * size) % 360
      graphics.rectangle("fill", x, y, size, size)
   end
end

return snow
