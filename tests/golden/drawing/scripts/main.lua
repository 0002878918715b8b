-- Everything that graphics draws, a page in each frame. What is drawn as a sprite is made here, on canvases.

local camera = require "camera"
local graphics = require "graphics"

local main = {}

local ship, frame ---@type Canvas, Canvas
local page = 0

-- No way round and no mirror leaves it as it is: red nose, green left side, blue right side.
local function make_ship()
   ship = graphics.canvas(16, 16)
   graphics.target(ship)
   graphics.color(0.85, 0.85, 0.9)
   graphics.polygon("fill", { 8, 0, 15, 15, 8, 12, 1, 15 })
   graphics.color(0.9, 0.2, 0.2)
   graphics.rectangle("fill", 7, 1, 2, 4)
   graphics.color(0.2, 0.8, 0.3)
   graphics.rectangle("fill", 3, 11, 3, 3)
   graphics.color(0.3, 0.4, 1)
   graphics.rectangle("fill", 10, 11, 3, 2)
   graphics.reset()
end

local function make_frame()
   frame = graphics.canvas(12, 12)
   graphics.target(frame)
   graphics.clear(0.16, 0.2, 0.35)
   graphics.color(0.95, 0.8, 0.3)
   graphics.rectangle("line", 0, 0, 12, 12)
   graphics.rectangle("fill", 0, 0, 4, 4)
   graphics.color(0.9, 0.3, 0.3)
   graphics.rectangle("fill", 8, 8, 4, 4)
   graphics.color(0.4, 0.5, 0.8)
   graphics.rectangle("fill", 5, 5, 2, 2)
   graphics.reset()
end

function main.load()
   make_ship()
   make_frame()
end

local function sample()
   graphics.color(0.2, 0.35, 0.6)
   graphics.rectangle("fill", -18, -12, 36, 24)
   graphics.color(0.9, 0.6, 0.2)
   graphics.rectangle("line", -18, -12, 36, 24)
   graphics.circle("line", 9, 0, 7, 2)
   graphics.line(-18, -12, 18, 12, 1.5)
   graphics.color(1, 1, 1)
   graphics.draw(ship, -9, 0, 0, 1, 1, 8, 8)
   graphics.print("ab", -2, -10)
end

-- Turned, stretched, mirrored, and one in the other.
local function transforms()
   for index, change in ipairs {
      function() end, function() graphics.rotate(0.4) end, function() graphics.rotate(math.pi / 2) end,
      function() graphics.scale(1.5) end, function() graphics.scale(2, 1) end, function() graphics.scale(-1, 1) end,
      function() graphics.scale(1, -1) end, function() graphics.scale(-1.4, -1.4) end,
      function() graphics.scale(1.6, 0.8) graphics.rotate(0.6) end,
      function() graphics.rotate(math.pi) end, function() graphics.scale(0.5) end,
      function() graphics.translate(6, 3) graphics.rotate(-1.2) graphics.scale(1.2, -1.2) end,
   } do
      graphics.push()
      graphics.translate(42 + (index - 1) % 4 * 78, 30 + math.floor((index - 1) / 4) * 60)
      change()
      sample()
      graphics.pop()
   end
end

local function world()
   for row = 0, 9 do
      for column = 0, 9 do
         if (row + column) % 2 == 0 then
            graphics.color(0.1 + column * 0.05, 0.25, 0.1 + row * 0.05)
            graphics.rectangle("fill", column * 16, row * 16, 16, 16)
         end
      end
   end
   graphics.color(1, 1, 1)
   graphics.draw(ship, 80, 80, 0.5, 1, 1, 8, 8)
   graphics.print("base", 90, 90)
end

-- One world through four cameras: plain, enlarged, turned, and following to the end of its bounds while shaken.
local function cameras()
   local chaser = camera.new { width = 160, height = 90 }
   chaser:follow({ x = 150, y = 150 }, { bounds = { 0, 0, 160, 160 } })
   chaser:shake(6, 1)
   chaser:update(0.1)
   local views = {
      camera.new { x = 80, y = 80, width = 160, height = 90 },
      camera.new { x = 80, y = 80, zoom = 2, width = 160, height = 90 },
      camera.new { x = 80, y = 80, zoom = 1.25, angle = 0.5, width = 160, height = 90 },
      chaser,
   }
   for index, view in ipairs(views) do
      local left, top = (index - 1) % 2 * 160, math.floor((index - 1) / 2) * 90
      graphics.clip(left + 1, top + 1, 158, 88)
      graphics.push()
      graphics.translate(left, top)
      view:draw(world)
      graphics.pop()
   end
end

-- Left in the order it is drawn; in the middle by layers, ships above boxes; right the same with a clip in one of them.
local function layers()
   local function crowd(left, ships, boxes)
      for index = 0, 5 do
         ships()
         graphics.color(1, 1, 1)
         graphics.draw(ship, left + 12 + index * 8, 20 + index * 22, 0, 2)
         boxes()
         graphics.color(0.2 + index * 0.12, 0.4, 0.7)
         graphics.rectangle("fill", left + 20 + index * 8, 34 + index * 22, 30, 14)
      end
   end
   local function layer(number) return function() graphics.layer(number) end end
   crowd(0, layer(), layer())
   crowd(105, layer(2), layer(1))
   crowd(210, layer(2), function() graphics.layer(1) graphics.clip(210, 60, 110, 60) end)
   graphics.layer()
   graphics.clip()
end

local function blends()
   graphics.clear(0.5, 0.5, 0.5)
   for index, mode in ipairs { "alpha", "add", "multiply", "replace" } do
      local left = (index - 1) * 80
      graphics.blend "alpha"
      graphics.color(0.8, 0.3, 0.2)
      graphics.rectangle("fill", left + 10, 20, 40, 80)
      graphics.blend(mode)
      graphics.color(0.3, 0.7, 0.9)
      graphics.rectangle("fill", left + 30, 30, 40, 20)
      graphics.color(0.3, 0.7, 0.9, 0.5)
      graphics.circle("fill", left + 40, 70, 16)
      graphics.color(1, 1, 1, 0.5)
      graphics.draw(ship, left + 24, 110, 0, 2)
      graphics.color(1, 1, 1)
      graphics.draw(ship, left + 24, 145, 0.3, 1.5)
      graphics.blend "alpha"
      graphics.print(mode, left + 8, 4)
   end
end

-- A canvas whole, small, turned, tinted, in parts; holes cut into one.
local function canvases()
   graphics.clear(0.12, 0.1, 0.2)
   local picture = graphics.canvas(96, 60)
   graphics.target(picture)
   graphics.clear(0.2, 0.3, 0.25)
   graphics.color(0.9, 0.9, 0.6)
   graphics.circle("fill", 48, 30, 24)
   graphics.color(1, 1, 1)
   graphics.draw(ship, 48, 30, 0.8, 2, 2, 8, 8)
   graphics.blend "replace"
   graphics.color(0, 0, 0, 0)
   graphics.rectangle("fill", 8, 8, 14, 44)
   graphics.circle("fill", 84, 30, 9)
   graphics.reset()
   graphics.color(0.3, 0.2, 0.4)
   for index = 0, 15 do graphics.rectangle("fill", index * 20, 0, 10, 180) end
   graphics.color(1, 1, 1)
   graphics.draw(picture, 10, 10)
   graphics.draw(picture, 120, 10, 0, 0.5)
   graphics.draw(picture, 250, 60, 0.5, 1, 1, 48, 30)
   graphics.color(0.5, 1, 0.5, 0.6)
   graphics.draw(picture, 10, 90, 0, 1.3)
   graphics.color(1, 1, 1)
   graphics.region(picture, 24, 6, 48, 48, 150, 100, 0, 1.5)
   graphics.draw(picture, 310, 110, 0, -0.8, 0.8)
   picture:destroy()
end

local function polygons()
   local function ring(corners, x, y, radius, turn)
      local points = {}
      for index = 0, corners - 1 do
         local angle = index / corners * math.pi * 2 + turn
         points[#points + 1] = x + radius * math.cos(angle)
         points[#points + 1] = y + radius * math.sin(angle)
      end
      return points
   end
   for index = 3, 8 do
      local x = (index - 3) * 52 + 30
      graphics.color(0.2, 0.25 + index * 0.08, 0.6)
      graphics.polygon("fill", ring(index, x, 30, 22, 0.3 * index))
      graphics.color(1, 0.8, 0.3)
      graphics.polygon("line", ring(index, x, 30, 22, 0.3 * index))
      graphics.color(0.9, 0.5, 0.5, 0.5)
      graphics.polygon("line", ring(index, x, 82, 18, 0.2 * index), 6)
   end
   graphics.color(0.6, 0.9, 0.6)
   graphics.polygon("line", { 10, 170, 60, 165, 15, 120 }, 3)
   graphics.push()
   graphics.translate(110, 145)
   graphics.scale(3, 1)
   graphics.circle("fill", 0, 0, 12)
   graphics.color(0.1, 0.3, 0.2)
   graphics.circle("line", 0, 0, 10, 2)
   graphics.pop()
   graphics.color(0.7, 0.7, 0.9, 0.5)
   graphics.polygon("fill", { 170, 120, 230, 130, 200, 170 })
   graphics.polygon("fill", { 230, 130, 170, 120, 220, 112 })
   graphics.polygon("fill", { -500, 300, 300, 100, 900, 700 })
end

local function nine_patches()
   graphics.draw(frame, 4, 4)
   for index, size in ipairs { { 12, 12 }, { 60, 20 }, { 20, 80 }, { 70, 60 }, { 6, 40 }, { 40, 6 } } do
      graphics.nine_patch(frame, 4, 20 + (index - 1) % 3 * 80, 10 + math.floor((index - 1) / 3) * 90, size[1], size[2])
   end
   graphics.color(0.6, 1, 0.7, 0.7)
   graphics.nine_patch(frame, { 4, 1, 1, 4 }, 240, 10, 70, 60)
   graphics.push()
   graphics.translate(270, 130)
   graphics.rotate(0.4)
   graphics.color(1, 1, 1)
   graphics.nine_patch(frame, 4, -30, -20, 60, 40)
   graphics.pop()
   graphics.push()
   graphics.translate(200, 170)
   graphics.scale(-2, -1)
   graphics.nine_patch(frame, 4, 0, 0, 30, 30)
   graphics.pop()
end

-- A fountain, a burst, smoke, and turning pictures in a rotated world.
local function particles()
   local function flow(options, seconds)
      local system = graphics.particles(options)
      for _ = 1, seconds * 60 do system:update(1 / 60) end
      return system
   end
   graphics.draw_particles(flow({
      x = 60, y = 170, rate = 200, lifetime = { 1, 1.6 }, speed = { 90, 150 }, angle = -math.pi / 2, spread = 0.5,
      gravity = { 0, 110 }, size = { 4, 1 }, start_color = { r = 0.7, g = 0.9, b = 1, a = 1 },
      end_color = { r = 0.1, g = 0.3, b = 0.9, a = 0.3 },
   }, 2))
   local burst = graphics.particles {
      lifetime = { 0.6, 1 }, speed = { 20, 110 }, spread = math.pi * 2, damping = 2, size = { 3, 3 }, blend = "ADD",
      start_color = { r = 1, g = 0.6, b = 0.2, a = 1 }, end_color = { r = 0.6, g = 0, b = 0, a = 0 },
   }
   burst:emit(400, 0, 0)
   burst:update(0.35)
   graphics.draw_particles(burst, 150, 50)
   graphics.draw_particles(flow({
      x = 240, y = 165, width = 24, rate = 40, lifetime = { 2, 3 }, speed = { 20, 40 }, angle = -1.3, spread = 0.4,
      size = { 4, 22 }, start_color = { r = 0.8, g = 0.8, b = 0.85, a = 0.35 },
   }, 4))
   local ships = graphics.particles {
      texture = ship, lifetime = { 2, 2 }, speed = { 30, 60 }, spread = 6, rotation = { 0, 6 }, size = { 16, 6 },
   }
   ships:emit(30, 0, 0)
   ships:update(0.6)
   graphics.push()
   graphics.translate(260, 50)
   graphics.rotate(0.3)
   graphics.scale(1.5)
   graphics.color(0.8, 1, 0.8)
   graphics.draw_particles(ships)
   graphics.pop()
end

-- All ways that tiles lie in, a changed cell, an animation later on, and the map enlarged and turned in a tint.
local function tile_maps()
   local map = graphics.tile_map "moon.tmj"
   local walls = map:layer "walls"
   walls:set(3, 10, 4, { "ACROSS", "DOWN" })
   map:update(0.25)
   map:draw(-8, -8)
   local start, path = map:object "start", map:object "path"
   graphics.color(0.4, 1, 0.5)
   graphics.circle("line", start.x - 8, start.y - 8, 6)
   for index = 1, #path.points - 2, 2 do
      local points = path.points
      graphics.line(path.x + points[index] - 8, path.y + points[index + 1] - 8, path.x + points[index + 2] - 8,
         path.y + points[index + 3] - 8, 2)
   end
   graphics.clip(200, 96, 110, 76)
   graphics.push()
   graphics.translate(255, 134)
   graphics.rotate(0.5)
   graphics.scale(1.5)
   graphics.color(1, 0.8, 0.8)
   map:draw(-100, -60)
   graphics.pop()
end

--- Leaves nothing of its own in the picture: the error screen lies over the page before.
local function failing(...)
   local name, list, missing = "a page", { 1, 2, 3 }, nil
   graphics.clear(1, 1, 1) -- is not seen
   if list[3] == 3 and ... == nil then graphics.print(name, missing.x, 0) end
   return "never"
end

local PAGES = { transforms, cameras, layers, blends, canvases, polygons, nine_patches, particles, tile_maps, failing }

function main.draw()
   page = page % #PAGES + 1
   graphics.clear(0.05, 0.06, 0.1)
   PAGES[page]()
end

return main
