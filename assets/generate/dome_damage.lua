--- The damaged dome: cracked glass, missing panes, soot, fires, most lamps dark.

local canvas = require "canvas"
local dome = require "dome"
local palette = require "palette"
local pixel_map = require "pixel_map"
local random = require "random"

local dome_damage = {}

--- The centre of the glass, from which the places below are measured.
local CENTRE = 42

local CRACKS = {
   { { -29, -6 }, { -20, -9 }, { -15, -3 }, { -8, -6 }, { -2, 2 }, { 6, 0 } },
   { { -15, -3 }, { -13, 6 }, { -18, 13 } },
   { { 16, -25 }, { 12, -17 }, { 16, -11 }, { 10, -6 }, { 6, 0 }, { 9, 8 }, { 5, 14 } },
   { { 16, -11 }, { 24, -8 } },
   { { 9, 8 }, { 17, 12 }, { 20, 20 } },
}

--- Panes that are gone: black holes with a bright broken edge.
local HOLES = {
   { -20, -9, -15, -3, -13, 6, -19, 3, -23, -4 },
   { 12, -17, 16, -11, 24, -8, 22, -15, 17, -20 },
   { 9, 8, 17, 12, 14, 18, 8, 16 },
}

local function shift(points)
   local moved = {}
   for i, value in ipairs(points) do
      moved[i] = value + CENTRE
   end
   return moved
end

local function paint_cracks(picture)
   for _, hole in ipairs(HOLES) do
      local points = shift(hole)
      picture:each(function(x, y)
         if canvas.inside(points, x + 0.5, y + 0.5) then
            picture:blend(x, y, palette.ink, canvas.inside(points, x - 0.5, y - 0.5) and 205 or 250)
         end
      end)
   end
   for _, crack in ipairs(CRACKS) do
      for i = 2, #crack do
         local x0, y0 = crack[i - 1][1] + CENTRE, crack[i - 1][2] + CENTRE
         local x1, y1 = crack[i][1] + CENTRE, crack[i][2] + CENTRE
         picture:line(x0 + 1, y0 + 1, x1 + 1, y1 + 1, palette.ink)
         picture:line(x0, y0, x1, y1, palette.white)
      end
   end
end

--- Soot over the ring where it was hit.
local function paint_soot(picture)
   local dice = random.new(404)
   for _, hit in ipairs { { -31, -13, 10 }, { 24, -24, 9 }, { 27, 20, 11 }, { -20, 27, 8 } } do
      picture:each(function(x, y)
         local dx, dy = x - CENTRE - hit[1], y - CENTRE - hit[2]
         local near = 1 - math.sqrt(dx * dx + dy * dy) / hit[3]
         if near > 0 and picture:alpha(x, y) > 0 and near + dice:between(-0.25, 0.25) > 0.3 then
            picture:blend(x, y, palette.night, near > 0.62 and 215 or 135)
         end
      end)
   end
end

--- A small fire: orange, amber, a white heart.
local function paint_fire(picture, cx, cy)
   pixel_map.draw(picture, [[
      ..o...
      .oa.o.
      .oaao.
      oayyao
      oaywao
      .oaao.
   ]], CENTRE + cx - 3, CENTRE + cy - 4)
end

--- The dome after too many hits.
function dome_damage.draw()
   local picture = dome.draw(false)
   paint_cracks(picture)
   paint_soot(picture)
   picture:posterize()
   paint_fire(picture, -17, -1)
   paint_fire(picture, 18, -12)
   paint_fire(picture, 12, 14)
   return picture
end

return dome_damage
