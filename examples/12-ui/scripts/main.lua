-- UI: a page of sliders, choices and buttons, said anew in every update. What it changes is drawn beside it.

local graphics = require "graphics"
local random = require "random"
local ui = require "ui"

local main = {}

local page = ui.new()
local planet = { name = "Ada 4", size = 0.7, color = 2, rings = 0.6, moon = true }

local PANEL = { width = 270, across = 0.06 }
local COLORS = { "amber", "azure", "lilac", "leaf" }
local TINTS = { { 0.96, 0.65, 0.25 }, { 0.2, 0.6, 0.85 }, { 0.62, 0.4, 0.85 }, { 0.3, 0.7, 0.45 } }
local time = 0

local function shuffle()
   planet.size, planet.rings = random.range(0.3, 1), random.range(0, 1)
   planet.color, planet.moon = random.integer(1, #COLORS), random.integer(0, 1) == 1
end

function main.update(dt)
   time = time + dt
   page:begin(dt)
   page:panel("A planet", PANEL)
   planet.name = page:field("Name", planet.name, 16)
   planet.color = page:choice("Color", planet.color, COLORS)
   planet.size = page:slider("Size", planet.size)
   planet.rings = page:slider("Rings", planet.rings)
   planet.moon = page:toggle("Moon", planet.moon)
   page:line()
   if page:button "Another one" then shuffle() end
   page:close()
   page:finish()
end

-- Half of the rings, above the planet (-1) or below it (1).
local function draw_rings(radius, side)
   graphics.color(0.9, 0.85, 0.75, 0.8)
   for ring = 1, math.floor(planet.rings * 6 + 0.5) do
      local width, last_x, last_y = radius * (1.25 + ring * 0.12), nil, nil
      for part = 0, 24 do
         local angle = part / 24 * math.pi
         local x, y = width * math.cos(angle), side * width * 0.22 * math.sin(angle)
         if last_x then graphics.line(last_x, last_y, x, y, 2) end
         last_x, last_y = x, y
      end
   end
end

local function draw_planet(radius, tint)
   for layer = 0, 5 do -- darker at the edge
      local light = 0.55 + layer * 0.09
      graphics.color(tint[1] * light, tint[2] * light, tint[3] * light)
      graphics.circle("fill", -layer * radius * 0.05, -layer * radius * 0.05, radius * (1 - layer * 0.11))
   end
end

function main.draw()
   local radius = 30 + 50 * planet.size
   graphics.clear(0.04, 0.05, 0.11)
   for index = 1, 90 do
      graphics.color(1, 1, 1, 0.15 + index % 5 * 0.15)
      graphics.rectangle("fill", index * index * 71 % 640, index * 97 % 360, 1, 1)
   end
   graphics.push()
   graphics.translate(470, 170)
   graphics.rotate(-0.25)
   draw_rings(radius, -1)
   draw_planet(radius, TINTS[planet.color])
   draw_rings(radius, 1)
   graphics.pop()
   graphics.color(0.85, 0.85, 0.9)
   if planet.moon then graphics.circle("fill", 470 + 140 * math.cos(time), 170 + 110 * math.sin(time), 9) end
   graphics.color(1, 1, 1)
   graphics.print(planet.name, 470, 310, "center", 2)
   page:draw()
end

-- With --autoplay, what a player would press: down to the rings, and more of them.
function main.autoplay()
   local step = math.floor(time * 60 + 0.5)
   if step % 20 == 10 then native.input:hold(step < 60 and "ui_down" or "ui_right", 1) end
end

return main
