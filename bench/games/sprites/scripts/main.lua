-- Sprites that fly and turn, as many as config.lua says: a batch of C objects that a Lua loop moves. In the end it
-- prints what one frame took: the medians of its parts, in milliseconds.

local config = require "config"
local graphics = require "graphics"

local main = {}

local FIRST, LAST = 30, 90 -- the frames that count
local WIDTH, HEIGHT, SIZE = 640, 360, 16

local meter = native.meter
local batch
local sprites, speed_x, speed_y, spin = {}, {}, {}, {}
local frame, steps = 0, 0
local parts = { update = {}, draw = {}, show = {} }

-- The same numbers as the peer's.
local seed = 1
local function chance()
   seed = (seed * 16807) % 2147483647
   return seed / 2147483647
end

local function make_picture()
   local picture = graphics.canvas(SIZE, SIZE)
   graphics.target(picture)
   for x = 0, SIZE - 1 do
      graphics.color(x / SIZE, 0.6, 1)
      graphics.rectangle("fill", x, 0, 1, SIZE)
   end
   graphics.target()
   return picture
end

function main.load()
   batch = graphics.sprites(make_picture())
   for index = 1, config.count do
      sprites[index] = batch:add {
         x = chance() * WIDTH, y = chance() * HEIGHT, origin_x = SIZE / 2, origin_y = SIZE / 2,
      }
      speed_x[index], speed_y[index], spin[index] = chance() - 0.5, chance() - 0.5, chance() * 0.1
   end
end

function main.update()
   steps = steps + 1
   for index = 1, #sprites do
      local sprite = sprites[index]
      local x, y = sprite.x + speed_x[index], sprite.y + speed_y[index]
      sprite.x, sprite.y = x, y
      sprite.angle = sprite.angle + spin[index]
      if x < 0 or x > WIDTH then speed_x[index] = -speed_x[index] end
      if y < 0 or y > HEIGHT then speed_y[index] = -speed_y[index] end
   end
end

local function median(list)
   table.sort(list)
   return list[math.ceil(#list / 2)]
end

-- Of the frame before; a frame without a step has nothing to say about one.
local function note()
   if frame > FIRST and frame <= LAST and steps > 0 then
      table.insert(parts.update, meter:read(1, 1) / steps)
      table.insert(parts.draw, meter:read(1, 2))
      table.insert(parts.show, meter:read(1, 4))
   end
   if frame == LAST then
      print(("update %.3f draw %.3f show %.3f"):format(median(parts.update), median(parts.draw), median(parts.show)))
   end
end

local last_steps = 0
function main.draw()
   frame = frame + 1
   local now = steps
   steps = last_steps
   note()
   last_steps, steps = now, 0
   graphics.clear(0, 0, 0)
   graphics.draw_sprites(batch)
end

return main
