-- A class of one's own: planets are made here, and fly in C, in src/planet.c.

local graphics = require "graphics"

local main = {}

local COLORS = {
   { 0.96, 0.65, 0.23 }, { 0.66, 0.90, 0.49 }, { 0.25, 0.80, 0.90 }, { 0.86, 0.45, 0.45 }, { 0.73, 0.55, 0.95 },
}
local planets, trail = {}, nil

local function add_planet(index)
   local planet = native.Planet.new(34 + 30 * index, { angle = index * 1.3 })
   planet.color, planet.rounds = COLORS[index], 0 -- not members of the C struct: fields of our own
   planet.rounded:connect(function(self) self.rounds = self.rounds + 1 end)
   planets[index] = planet
end

function main.load()
   for index = 1, #COLORS do add_planet(index) end
   trail = graphics.canvas(graphics.width, graphics.height)
end

function main.update(dt)
   for _, planet in ipairs(planets) do planet:step(dt) end
end

local function draw_trail()
   graphics.target(trail)
   for _, planet in ipairs(planets) do
      graphics.color(planet.color[1] * 0.7, planet.color[2] * 0.7, planet.color[3] * 0.7)
      graphics.circle("fill", 320 + planet.x, 180 + planet.y * 0.85, 1.5)
   end
   graphics.target()
end

function main.draw()
   draw_trail()
   graphics.clear(0.04, 0.05, 0.1)
   graphics.color(1, 1, 1)
   graphics.draw(trail, 0, 0)
   graphics.color(1, 0.88, 0.54)
   graphics.circle("fill", 320, 180, 22)
   for index, planet in ipairs(planets) do
      local x, y = 320 + planet.x, 180 + planet.y * 0.85
      graphics.color(planet.color[1], planet.color[2], planet.color[3])
      graphics.circle("fill", x, y, 6 + index)
      graphics.color(0.04, 0.05, 0.1)
      graphics.print(tostring(planet.rounds), x + 1, y - 3, "center")
   end
end

return main
