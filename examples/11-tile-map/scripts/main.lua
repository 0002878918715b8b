-- A tile map, made in Tiled: it is drawn, walked on, and changed. Trees and water are solid; the space key cuts the
-- tree in front of the woodcutter.

local graphics = require "graphics"
local input = require "input"

local main = {}

local SPEED, HERO = 90, { 112, 0, 16, 16 } -- pixels a second; where the hero is in the picture of the tiles
local map, tiles, things
local hero = { x = 0, y = 0, ahead_x = 1, ahead_y = 0 }
local cut, steps = 0, 0

function main.load()
   input.bind {
      left = { "key:left", "key:a", "pad:leftx-" }, right = { "key:right", "key:d", "pad:leftx+" },
      up = { "key:up", "key:w", "pad:lefty-" }, down = { "key:down", "key:s", "pad:lefty+" },
      cut = { "key:space", "pad:a" },
   }
   map = graphics.tile_map "island.tmj"
   tiles = graphics.texture "tiles.png"
   things = map:layer "things"
   local start = map:object "start"
   hero.x, hero.y = start.x, start.y
end

local function walk(x, y)
   if not map:solid_at(x, hero.y) then hero.x = x end
   if not map:solid_at(hero.x, y) then hero.y = y end
end

function main.update(dt)
   map:update(dt) -- the water
   local x, y = input.axis("left", "right"), input.axis("up", "down")
   if x == 0 and y == 0 then return end
   hero.ahead_x, hero.ahead_y = x, y
   walk(hero.x + SPEED * x * dt, hero.y + SPEED * y * dt)
end

function main.pressed(action)
   if action ~= "cut" then return end
   local column, row = map:cell_at(hero.x + 14 * hero.ahead_x, hero.y + 14 * hero.ahead_y)
   if things:get(column, row) ~= 6 then return end -- not a tree
   things:set(column, row, 0)
   cut = cut + 1
end

function main.draw()
   map:draw(0, 0)
   graphics.region(tiles, HERO[1], HERO[2], HERO[3], HERO[4], hero.x, hero.y, 0, 1.5, 1.5, 8, 14)
   graphics.print(cut == 1 and "1 tree cut" or cut .. " trees cut", 12, 12, "left", 2)
end

-- With --autoplay, what a player would press.
function main.autoplay()
   steps = steps + 1
   native.input:hold(steps % 500 < 400 and "right" or "down", 1)
   if steps % 10 == 0 then native.input:hold("cut", 1) end
end

return main
