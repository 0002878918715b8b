-- Particles: a fire, its smoke and its sparks. Each is a system that C moves and draws in one go. Where the mouse is
-- pressed, it sparks too.

local graphics = require "graphics"
local input = require "input"

local main = {}

local fire, smoke, sparks

function main.load()
   input.bind { spark = { "mouse:left", "pad:a" } }
   local glow = graphics.texture "glow.png"
   fire = graphics.particles {
      texture = glow, capacity = 600, rate = 150, x = 320, y = 262, lifetime = { 0.6, 1.5 }, speed = { 20, 80 },
      angle = -math.pi / 2, spread = math.pi / 2, gravity = { 0, -100 }, damping = 0.8, size = { 84, 6 }, blend = "ADD",
      start_color = { r = 0.85, g = 0.36, b = 0.1, a = 0.5 }, end_color = { r = 0.6, g = 0.05, b = 0.02, a = 0 },
   }
   smoke = graphics.particles {
      texture = glow, capacity = 200, rate = 20, x = 320, y = 190, lifetime = { 3, 5 }, speed = { 15, 35 },
      angle = -math.pi / 2, spread = math.pi / 2, gravity = { 8, -10 }, size = { 30, 150 }, blend = "ADD",
      start_color = { r = 0.4, g = 0.36, b = 0.45, a = 0.2 }, end_color = { r = 0.3, g = 0.35, b = 0.55, a = 0 },
   }
   sparks = graphics.particles {
      capacity = 400, rate = 50, x = 320, y = 250, lifetime = { 1.2, 2.6 }, speed = { 70, 220 }, angle = -math.pi / 2,
      spread = math.pi / 2, gravity = { 0, 30 }, damping = 0.5, size = { 4, 2 }, blend = "ADD",
      start_color = { r = 1, g = 0.85, b = 0.45, a = 1 }, end_color = { r = 1, g = 0.3, b = 0.1, a = 0 },
   }
end

function main.update(dt)
   if input.pressed "spark" then sparks:emit(60, input.mouse()) end
   fire:update(dt)
   smoke:update(dt)
   sparks:update(dt)
end

local function draw_place()
   graphics.clear(0.05, 0.06, 0.13)
   graphics.color(0.13, 0.13, 0.2)
   graphics.circle("fill", 320, 1270, 1000)
   for ring = 12, 1, -1 do -- the light of the fire on the ground
      graphics.color(0.9, 0.4, 0.15, 0.022)
      graphics.push()
      graphics.translate(320, 285)
      graphics.scale(1, 0.22)
      graphics.circle("fill", 0, 0, ring * 16)
      graphics.pop()
   end
   graphics.color(0.3, 0.2, 0.16)
   graphics.line(282, 288, 352, 272, 10)
   graphics.color(0.38, 0.25, 0.18)
   graphics.line(288, 272, 358, 288, 10)
end

function main.draw()
   draw_place()
   graphics.draw_particles(smoke)
   graphics.draw_particles(fire)
   graphics.draw_particles(sparks)
   graphics.color(1, 1, 1)
   graphics.print(("%d particles"):format(fire.count + smoke.count + sparks.count), 320, 336, "center")
end

return main
