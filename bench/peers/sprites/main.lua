-- LÖVE with the sprites of bench/games/sprites: love bench/peers/sprites batch|draw COUNT
-- It prints what one frame took: the medians of its parts, in milliseconds.

local WIDTH, HEIGHT, SIZE = 640, 360, 16
local FIRST, LAST = 30, 90

local mode, count = arg[2], tonumber(arg[3])
local picture, batch
local sprites = {}

local seed = 1
local function chance()
   seed = (seed * 16807) % 2147483647
   return seed / 2147483647
end

local function load()
   local data = love.image.newImageData(SIZE, SIZE)
   data:mapPixel(function(x) return x / SIZE, 0.6, 1, 1 end)
   picture = love.graphics.newImage(data)
   picture:setFilter("nearest", "nearest")
   batch = love.graphics.newSpriteBatch(picture, count, "stream")
   for index = 1, count do
      local sprite = { x = chance() * WIDTH, y = chance() * HEIGHT, angle = 0 }
      sprite.speed_x, sprite.speed_y, sprite.spin = chance() - 0.5, chance() - 0.5, chance() * 0.1
      sprite.id = batch:add(sprite.x, sprite.y)
      sprites[index] = sprite
   end
end

local function update()
   for index = 1, count do
      local sprite = sprites[index]
      local x, y = sprite.x + sprite.speed_x, sprite.y + sprite.speed_y
      sprite.x, sprite.y = x, y
      sprite.angle = sprite.angle + sprite.spin
      if x < 0 or x > WIDTH then sprite.speed_x = -sprite.speed_x end
      if y < 0 or y > HEIGHT then sprite.speed_y = -sprite.speed_y end
   end
end

local draw = {}

function draw.batch()
   for index = 1, count do
      local sprite = sprites[index]
      batch:set(sprite.id, sprite.x, sprite.y, sprite.angle, 1, 1, SIZE / 2, SIZE / 2)
   end
   love.graphics.draw(batch)
end

function draw.draw()
   for index = 1, count do
      local sprite = sprites[index]
      love.graphics.draw(picture, sprite.x, sprite.y, sprite.angle, 1, 1, SIZE / 2, SIZE / 2)
   end
end

local function median(list)
   table.sort(list)
   return list[math.ceil(#list / 2)]
end

function love.run()
   load()
   local clock = love.timer.getTime
   local parts = { update = {}, draw = {}, show = {} }
   for frame = 1, LAST do
      love.event.pump()
      love.graphics.origin()
      love.graphics.clear()
      local begun = clock()
      update()
      local updated = clock()
      draw[mode]()
      local drawn = clock()
      love.graphics.present()
      local shown = clock()
      if frame > FIRST then
         table.insert(parts.update, (updated - begun) * 1e3)
         table.insert(parts.draw, (drawn - updated) * 1e3)
         table.insert(parts.show, (shown - drawn) * 1e3)
      end
   end
   print(("update %.3f draw %.3f show %.3f"):format(median(parts.update), median(parts.draw), median(parts.show)))
   return function() return 0 end
end
