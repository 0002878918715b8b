--- ground.png: the playfield, 640x360, with the starry rim behind the HUD.

local canvas = require "canvas"
local noise = require "noise"
local palette = require "palette"
local random = require "random"
local rocks = require "rocks"
local shade = require "shade"
local sky = require "sky"
local terrain = require "terrain"

local surface = {}

local WIDTH, HEIGHT = 640, 360
--- The dome stands here; the ground around it is levelled.
local DOME_X, DOME_Y, LEVELLED = 320, 200, 66
--- The rim of the playfield swings around this row.
local RIM = 42
--- Darkest shadow to brightest crest.
local DUST = palette.ramp "112223333444455566"

--- The row where the ground begins in column x.
local function rim_at(x)
   return RIM + math.floor((noise.layered(x / 60, 0.5, 3, 31) - 0.5) * 26)
end

local function dome_distance(x, y)
   local dx, dy = x - DOME_X, (y - DOME_Y) / terrain.TILT
   return math.sqrt(dx * dx + dy * dy)
end

--- 1 on the levelled building ground, 0 outside.
local function flat(x, y)
   return 1 - shade.smoothstep(LEVELLED - 22, LEVELLED + 8, dome_distance(x, y))
end

local function craters()
   local dice = random.new(1969)
   local area = { left = -10, right = WIDTH + 10, top = RIM + 16, bottom = HEIGHT + 8 }
   local list = terrain.scatter(dice, 34, 5, 40, area, function(x, y, radius)
      return dome_distance(x, y) > LEVELLED + radius * 1.3 and y - radius > RIM + 6
   end)
   local small = terrain.scatter(dice, 120, 1.8, 4.5, area, function(x, y, radius)
      return dome_distance(x, y) > LEVELLED + 10 + radius
   end)
   for _, crater in ipairs(small) do
      list[#list + 1] = crater
   end
   return list
end

--- Darker towards the edges and the far rim, so that the middle draws the eye.
local function vignette(x, y)
   local u, v = (x - WIDTH / 2) / (WIDTH / 2), (y - 205) / 190
   return 1 - 0.4 * shade.smoothstep(0.5, 1.45, math.sqrt(u * u + v * v))
end

--- Tracks of wheels: dark, narrow double lines along a gentle curve.
local function track_depth(x, y)
   local depth = 0
   local function furrow(distance)
      if math.abs(math.abs(distance) - 8.5) < 2 then
         depth = 1
      end
   end
   local px, py = x - DOME_X, y - DOME_Y
   if px > 40 then
      furrow(py - 10 - 26 * math.sin(px / 75) + px * 0.06)
   end
   if px < -40 then
      furrow(py + 4 + 30 * math.sin(px / 96) - px * 0.08)
   end
   if py > 30 and px < 60 then
      furrow((px + 14 - 22 * math.sin(py / 60)) * 0.9)
   end
   return depth
end

local function paint_ground(picture)
   local height = terrain.heights(craters(), 4, flat)
   picture:each(function(x, y)
      if y < rim_at(x) then
         return
      end
      local here = height(x, y)
      local light = shade.lambert((height(x + 1, y) - here) * 0.62,
         (height(x, y + 1) - here) * 0.62)
      local stain = (noise.layered(x / 110, y / 80, 3, 77) - 0.5) * 0.26
      local dust = (noise.lattice(x, y, 3) - 0.5) * 0.02
      local value = (0.56 + (light - 1) * 0.62 + stain + dust) * vignette(x, y)
      value = value + flat(x, y) * 0.05
      local track = track_depth(x, y)
      if track > 0 then
         local fade = noise.layered(x / 40, y / 40, 2, 55)
         value = value - ((x + y) % 3 == 0 and 0.03 or 0.12) * shade.smoothstep(0.28, 0.5, fade)
      end
      picture:set(x, y, shade.pick(DUST, value, x, y, 0.55))
   end)
end

--- The far rim: a bright sunlit edge over a shadowed slope.
local function paint_rim(picture)
   for x = 0, WIDTH - 1 do
      local top = rim_at(x)
      local slope = rim_at(x + 1) - rim_at(x - 1)
      picture:set(x, top, slope <= 0 and palette.stone6 or palette.stone4)
      picture:set(x, top + 1, slope < 0 and palette.stone5 or palette.stone3)
      for row = 2, 9 do
         if row / 9 + shade.threshold(x, top + row) * 0.5 < 0.75 then
            picture:set(x, top + row, row < 5 and palette.stone2 or palette.stone3)
         end
      end
   end
end

--- Far hills between the stars and the rim.
local function paint_hills(picture)
   for x = 0, WIDTH - 1 do
      local top = 31 + math.floor((noise.layered(x / 44, 7.5, 3, 12) - 0.5) * 22)
      for y = top, rim_at(x) do
         picture:set(x, y, y == top and palette.indigo or palette.stone1)
      end
   end
end

--- The building ground: a ring of beaten dust with worn paint and lamps.
local function paint_pad(picture)
   picture:each(function(x, y)
      local dx, dy = x + 0.5 - DOME_X, (y + 0.5 - DOME_Y - 2) / 0.92
      local distance = math.sqrt(dx * dx + dy * dy)
      local angle = math.atan2(dy, dx) / math.pi * 24 + 24
      local worn = noise.layered(x / 6, y / 6, 2, 64)
      if distance > 61 and distance < 62 then
         picture:set(x, y, dx + dy < 0 and palette.stone2 or palette.stone6)
      elseif distance > 62 and distance < 63 then
         picture:set(x, y, dx + dy < 0 and palette.stone6 or palette.stone2)
      elseif distance > 54 and distance < 57 and math.floor(angle) % 2 == 0 and worn > 0.42 then
         picture:set(x, y, worn > 0.56 and palette.orange or palette.umber)
      elseif distance <= 61 and worn + shade.threshold(x, y) * 0.2 > 0.6 then
         picture:set(x, y, palette.stone5)
      end
   end)
   for lamp = 0, 7 do
      local angle = (lamp + 0.5) / 8 * 2 * math.pi
      local x = math.floor(DOME_X + math.cos(angle) * 59)
      local y = math.floor(DOME_Y + 2 + math.sin(angle) * 59 * 0.92)
      picture:rect(x - 1, y - 1, 4, 4, palette.stone1)
      picture:rect(x - 1, y - 1, 3, 3, palette.stone3)
      picture:rect(x - 1, y - 1, 2, 2, palette.cyan)
      picture:set(x - 1, y - 1, palette.ice)
   end
end

local function strew_rocks(picture)
   local dice = random.new(1972)
   for _ = 1, 240 do
      local x, y = dice:integer(4, WIDTH - 5), dice:integer(RIM + 16, HEIGHT - 6)
      if dome_distance(x, y) > LEVELLED + 12 then
         rocks.pebble(picture, x, y, dice)
      end
   end
   for _ = 1, 26 do
      local x, y = dice:integer(14, WIDTH - 15), dice:integer(RIM + 24, HEIGHT - 14)
      if dome_distance(x, y) > LEVELLED + 14 then
         rocks.boulder(picture, x, y, dice:between(3, 7), dice)
      end
   end
end

function surface.ground()
   local picture = canvas.new(WIDTH, HEIGHT)
   sky.paint(picture, 52, 21, 0.8)
   sky.earth(picture, 470, 34, 23, 6)
   paint_hills(picture)
   paint_ground(picture)
   paint_pad(picture)
   paint_rim(picture)
   strew_rocks(picture)
   return picture
end

return surface
