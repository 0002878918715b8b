--- title-scene.png: earthrise over the base, 640x360, the background of the title.
---
--- The logo goes over the sky (rows 40 to 132); the middle (x 220 to 420, rows 170 to 290) is kept
--- calm for the menu.

local canvas = require "canvas"
local noise = require "noise"
local palette = require "palette"
local pixel_map = require "pixel_map"
local random = require "random"
local rocks = require "rocks"
local shade = require "shade"
local sky = require "sky"
local title_dome = require "title_dome"

local title_scene = {}

local WIDTH, HEIGHT = 640, 360

--- Skylines, far to near: mean row, height and width of the hills, colours from crest to foot.
local RANGES = {
   { row = 232, height = 46, width = 74, seed = 3, lit = palette.indigo,
      ramp = palette.ramp "innnnn" },
   { row = 258, height = 44, width = 110, seed = 8, lit = palette.stone5,
      ramp = palette.ramp "33222111nn" },
   { row = 292, height = 26, width = 150, seed = 14, lit = palette.stone7,
      ramp = palette.ramp "5443332211" },
}

--- The row of a range's skyline in column x.
local function skyline(range, x)
   local hills = noise.layered(x / range.width + 3, 0.5, 4, range.seed) - 0.5
   return range.row + math.floor(hills * range.height * 2)
end

--- A range lit from the left: slopes that face the light are brighter.
local function paint_range(picture, range)
   for x = 0, WIDTH - 1 do
      local top = skyline(range, x)
      local away = shade.clamp((skyline(range, x + 9) - skyline(range, x - 9)) / 60, -0.15, 0.2)
      for y = math.max(top, 0), HEIGHT - 1 do
         local down = (y - top) / 70
         local grain = noise.layered(x / 26 + y / 40, y / 9, 3, range.seed + 1) - 0.5
         local light = down + grain * 0.5 + away
         picture:set(x, y, shade.pick(range.ramp, shade.clamp(light, 0, 0.999), x, y, 0.8))
      end
      local rising = skyline(range, x + 2) <= skyline(range, x - 2)
      if rising or noise.lattice(x, 5, range.seed) > 0.55 then
         picture:set(x, top, range.lit)
      end
   end
end

--- Craters of the near ground: place, width and height.
local CRATERS = {
   { 74, 338, 40, 9 }, { 330, 322, 54, 10 }, { 560, 345, 60, 12 }, { 220, 350, 26, 5 },
   { 450, 316, 22, 4 },
}
local DUST = palette.ramp "k1122333444556"

--- The near ground, with a few flat craters.
local function paint_foreground(picture)
   for x = 0, WIDTH - 1 do
      local top = 296 + math.floor((noise.layered(x / 130 + 9, 0.5, 3, 30) - 0.5) * 34)
      for y = top, HEIGHT - 1 do
         local near = (y - top) / (HEIGHT - top)
         local grain = noise.layered(x / 42, y / 8, 4, 51) - 0.5
         local light = 0.62 - near * 0.34 + grain * 0.42 - math.abs(x - 300) / 1900
         for _, crater in ipairs(CRATERS) do
            local dx, dy = (x - crater[1]) / crater[3], (y - crater[2]) / crater[4]
            local distance = math.sqrt(dx * dx + dy * dy)
            if distance < 1 then
               light = light - 0.16 + (dx * 0.5 + dy) * 0.2
            elseif distance < 1.22 then
               light = light + 0.14 - (dx + dy) * 0.05
            end
         end
         picture:set(x, y, shade.pick(DUST, light, x, y, 0.55))
      end
      picture:set(x, top, palette.stone7)
   end
end

--- Place and radius of each boulder.
local BOULDERS = {
   { 28, 318, 7 }, { 408, 340, 6 }, { 618, 322, 9 }, { 250, 326, 4 }, { 376, 312, 3 },
   { 505, 334, 4 }, { 142, 349, 5 },
}

local function strew_rocks(picture)
   local dice = random.new(77)
   for _ = 1, 90 do
      rocks.pebble(picture, dice:integer(4, WIDTH - 5), dice:integer(314, HEIGHT - 4), dice)
   end
   for _, spot in ipairs(BOULDERS) do
      rocks.boulder(picture, spot[1], spot[2], spot[3], dice)
   end
end

--- The rover from the side, on its way home.
local ROVER = [[
   .......................kk...............
   ......................kyak..............
   .......kkkkkkkk........kk...............
   ......k34566777kkkkkkkkkkkkkkkk.........
   ......k3kcsSSkk344556677788kSCCk........
   ......k3kksSCk7kkkkkkkkkkkkkkSCk........
   ....kkkkkkkkkkkkkkkkkkkkkkk..kk.........
   ...k6777888999999999kkkkkkkkkk..........
   ..k67888899999999998kcsSSSCCCwkk........
   ..k6788oaaaaaaao9998kcsSSSCCCwCSk.......
   .kok788888999999998kkcssSSSCCCCSSk......
   kaok67788888888888888kkkkkkkkkkkkkk.....
   kaok566777777788888888888888999999yk....
   .kok45566677777777778888888888888yyk....
   ..kk34455556666666777777777788888kk.....
   ...kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk......
   ....kkkkkk....kkkkkkk....kkkkkkk........
   ...k334453k..k3344533k..k3344533k.......
   ..k34k22k43kk34k222k43kk34k222k43k......
   ..k3k2565k3kk3k25652k3kk3k25652k3k......
   ..k3k2652k3kk3k26522k3kk3k26522k3k......
   ..k32k22k23kk32k222k23kk32k222k23k......
   ...k22222k..k2222222k..k2222222k........
   ....kkkkk....kkkkkkk....kkkkkkk.........
]]

local BRIGHTER = {
   [palette.ink] = palette.stone2,
   [palette.stone1] = palette.stone3,
   [palette.stone2] = palette.stone4,
   [palette.stone3] = palette.stone5,
   [palette.stone4] = palette.stone7,
   [palette.stone5] = palette.stone8,
   [palette.stone6] = palette.straw,
}

--- The cone of the head lamp over the dust, dissolving with distance.
local function paint_beam(picture, x, y)
   for step = 0, 90 do
      for row = y + math.floor(step * 0.05), y + 3 + math.floor(step * 0.24) do
         local rgb = picture:get(x + step, row)
         if 0.85 - step / 110 + shade.threshold(x + step, row) > 0.5 then
            picture:set(x + step, row, BRIGHTER[rgb] or rgb)
         end
      end
   end
end

function title_scene.draw()
   local picture = canvas.new(WIDTH, HEIGHT)
   sky.paint(picture, 270, 5, 1)
   sky.earth(picture, 512, 206, 84, 6)
   for _, range in ipairs(RANGES) do
      paint_range(picture, range)
   end
   title_dome.draw(picture)
   paint_foreground(picture)
   title_dome.draw_base(picture)
   strew_rocks(picture)
   local shadow = { 462, 331 }
   picture:ellipse(shadow[1] + 4, shadow[2], 22, 4, palette.stone1)
   picture:blit(pixel_map.picture(ROVER), 442, 309)
   paint_beam(picture, 477, 321)
   picture:posterize()
   return picture
end

return title_scene
