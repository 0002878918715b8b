-- State across reloads: edit the numbers below while this runs, and save. The flowers change, and stay
-- where they are: load() is not called again, and `flowers` keeps what it has.

local graphics = require "graphics"
local random = require "random"

local main = {}

local PETALS = 5
local PETAL_COLOR = { 0.95, 0.45, 0.55 }
local SKY = { 0.55, 0.8, 0.95 }

local flowers = {}

function main.load()
   for index = 1, 26 do
      flowers[index] = { x = 24 + index * 23, y = random.range(200, 330), size = random.range(8, 16) }
   end
   table.sort(flowers, function(a, b) return a.y < b.y end)
end

local function draw_flower(flower)
   local top = flower.y - 3.5 * flower.size
   graphics.color(0.2, 0.5, 0.25)
   graphics.line(flower.x, flower.y, flower.x, top, 3)
   graphics.color(PETAL_COLOR[1], PETAL_COLOR[2], PETAL_COLOR[3])
   for petal = 1, PETALS do
      local angle = petal / PETALS * 2 * math.pi
      local x, y = flower.x + flower.size * math.cos(angle), top + flower.size * math.sin(angle)
      graphics.circle("fill", x, y, flower.size * 0.55)
   end
   graphics.color(1, 0.85, 0.35)
   graphics.circle("fill", flower.x, top, flower.size * 0.6)
end

function main.draw()
   graphics.clear(SKY[1], SKY[2], SKY[3])
   graphics.color(0.45, 0.7, 0.35)
   graphics.rectangle("fill", 0, 190, 640, 170)
   for _, flower in ipairs(flowers) do draw_flower(flower) end
end

return main
