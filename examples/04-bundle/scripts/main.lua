-- A wood in summer. The bundle in winter/ brings another picture of its trees, another sky, and snow.

local graphics = require "graphics"
local random = require "random"
local weather = require "weather"

local main = {}

local tree
local trees = {}

function main.load()
   tree = graphics.texture "tree.png"
   for index = 1, 60 do
      trees[index] = { x = random.range(0, 640), y = 210 + index * 2.5, scale = 1 + index / 30 }
   end
end

function main.update(dt) weather.update(dt) end

local function draw_hill(x, y, radius, color, light)
   graphics.color(color[1] * light, color[2] * light, color[3] * light)
   graphics.circle("fill", x, y, radius)
end

function main.draw()
   local sky, ground = weather.sky(), weather.ground()
   graphics.clear(sky[1], sky[2], sky[3])
   graphics.color(1, 0.95, 0.75)
   graphics.circle("fill", 520, 70, 26)
   draw_hill(140, 520, 370, ground, 0.75)
   draw_hill(520, 560, 390, ground, 0.88)
   draw_hill(320, 1180, 960, ground, 1)
   for _, each in ipairs(trees) do
      graphics.color(1, 1, 1)
      graphics.draw(tree, each.x, each.y, 0, each.scale, each.scale, 12, 30)
   end
   weather.draw()
end

return main
