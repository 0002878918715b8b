-- Sprites: pictures that are turned, tinted, stretched and mirrored, and one with the frames of an animation.

local graphics = require "graphics"

local main = {}

local TURN = 2 * math.pi
local time = 0
local crystal, dome, glow, ground, rover

function main.load()
   crystal = graphics.texture "crystal-large.png" -- assets/crystal-large.png
   dome = graphics.texture "dome.png"
   glow = graphics.texture "glow.png"
   ground = graphics.texture "ground.png"
   rover = graphics.texture "rover.png"
end

function main.update(dt) time = time + dt end

-- A place on an ellipse around the dome; `part`, from 0 to 1, goes once around.
local function around(part, radius)
   return 320 + radius * math.cos(part * TURN), 206 + 0.62 * radius * math.sin(part * TURN)
end

local function draw_crystals()
   for index = 0, 15 do
      local x, y = around(index / 16, 130)
      local frame = math.floor(time * 8 + index) % 4
      graphics.blend "add"
      graphics.color(0.5, 0.3, 0.1)
      graphics.draw(glow, x, y, 0, 0.7, 0.7, 32, 32) -- scaled; 32, 32 is the middle of the picture
      graphics.blend "alpha"
      graphics.color(1, 1, 1)
      graphics.region(crystal, frame * 16, 0, 16, 16, x, y, 0, 1, 1, 8, 8)
   end
end

local function draw_rovers()
   for index = 0, 4 do
      local part = time / 12 + index / 5
      local x, y = around(part, 210)
      local ahead_x, ahead_y = around(part + 0.01, 210)
      graphics.color(1, 1 - index * 0.16, 1 - index * 0.2) -- a tint
      graphics.draw(rover, x, y, math.atan2(ahead_y - y, ahead_x - x), 1.5, 1.5, 14, 14)
   end
   graphics.color(1, 1, 1)
end

function main.draw()
   graphics.draw(ground, 640, 0, 0, -1, 1) -- mirrored
   draw_crystals()
   graphics.draw(dome, 320, 206, math.sin(time) * 0.1, 1, 1, 42, 45)
   draw_rovers()
end

return main
