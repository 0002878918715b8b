--- The base from the side, as the title scene shows it: mast, glass dome, a town inside.

local canvas = require "canvas"
local noise = require "noise"
local palette = require "palette"
local shade = require "shade"

local title_dome = {}

--- Where the dome stands on the title scene.
local DOME = { x = 122, y = 292, radius = 66 }

local METAL = palette.ramp "2345677889"

local function paint_dome_inside(picture)
   local glow = palette.ramp "nicsso"
   for y = DOME.y - DOME.radius, DOME.y do
      for x = DOME.x - DOME.radius, DOME.x + DOME.radius do
         local u, v = (x + 0.5 - DOME.x) / DOME.radius, (y + 0.5 - DOME.y) / DOME.radius
         if u * u + v * v < 1 then
            picture:set(x, y, shade.pick(glow, 0.12 + (1 + v) * 0.6 - u * u * 0.3, x, y, 0.9))
         end
      end
   end
end

--- A tower block with lit windows.
local function paint_tower(picture, left, top, width)
   picture:rect(left, top, width, DOME.y - top, palette.night)
   picture:rect(left, top, 1, DOME.y - top, palette.stone6)
   picture:rect(left, top, width, 1, palette.stone7)
   picture:rect(left + width - 1, top + 1, 1, DOME.y - top, palette.ink)
   for y = top + 3, DOME.y - 5, 4 do
      for x = left + 2, left + width - 4, 4 do
         local lamp = noise.lattice(x, y, 3)
         if lamp > 0.25 then
            picture:rect(x, y, 2, 2, lamp > 0.62 and palette.straw or palette.amber)
         else
            picture:rect(x, y, 2, 2, palette.indigo)
         end
      end
   end
end

local LEAVES = palette.ramp "gggGGL"

local function paint_tree(picture, cx, cy, radius)
   picture:rect(cx, cy, 1, DOME.y - cy, palette.umber)
   for y = math.floor(cy - radius), math.ceil(cy + radius) do
      for x = math.floor(cx - radius), math.ceil(cx + radius) do
         local u, v = (x + 0.5 - cx) / radius, (y + 0.5 - cy) / radius
         if u * u + v * v <= 1 then
            local leaf = (noise.lattice(x, y, 8) - 0.5) * 0.4
            picture:set(x, y, shade.pick(LEAVES, 0.5 - (u + v) * 0.36 + leaf, x, y, 0.2))
         end
      end
   end
end

--- Meridians and parallels of the frame, and the light on the glass.
local function paint_dome_glass(picture)
   for y = DOME.y - DOME.radius, DOME.y do
      for x = DOME.x - DOME.radius, DOME.x + DOME.radius do
         local u, v = (x + 0.5 - DOME.x) / DOME.radius, (y + 0.5 - DOME.y) / DOME.radius
         local polar = math.sqrt(u * u + v * v)
         if polar <= 1 then
            local half = math.sqrt(1 - v * v)
            local longitude = math.asin(shade.clamp(u / math.max(half, 0.001), -1, 1)) / math.pi * 8
            local latitude = math.asin(-v) / math.pi * 10
            local across = math.abs(longitude - math.floor(longitude + 0.5)) * math.pi / 8 * half
               * DOME.radius
               * math.cos(longitude * math.pi / 8)
            local along = math.abs(latitude - math.floor(latitude + 0.5)) * math.pi / 10
               * DOME.radius * half
            if across < 0.42 or along < 0.42 then
               picture:blend(x, y, palette.ice, u < 0.2 and 150 or 90)
            end
            if polar > 0.965 then
               picture:set(x, y, u + v < -0.4 and palette.white or u < 0.3 and palette.cyan
                  or palette.azure)
            elseif polar > 0.84 and polar < 0.9 and u < -0.3 and v < -0.35 then
               picture:blend(x, y, palette.white, 225)
            elseif polar > 0.78 then
               picture:blend(x, y, palette.azure, 90)
            end
         end
      end
   end
end

--- The ring wall and the gate; also drawn over the near ground.
function title_dome.draw_base(picture)
   local left, width = DOME.x - DOME.radius - 5, DOME.radius * 2 + 10
   picture:rect(left - 1, DOME.y - 1, width + 2, 14, palette.ink)
   for x = left, left + width - 1 do
      local round = (x - left) / width
      for row = 0, 10 do
         local band = row < 2 and 0.22 or row > 7 and -0.2 or 0
         local seam = (x - left) % 18 == 0 and -0.25 or 0
         local light = 0.78 - round * 0.55 + band + seam
         picture:set(x, DOME.y + row, shade.pick(METAL, light, x, row, 0.2))
      end
   end
   for x = left + 8, left + width - 8, 18 do
      picture:rect(x, DOME.y + 4, 4, 2, palette.cyan)
      picture:rect(x, DOME.y + 4, 2, 1, palette.ice)
   end
   picture:rect(DOME.x - 12, DOME.y - 8, 24, 21, palette.ink)
   picture:rect(DOME.x - 11, DOME.y - 7, 22, 19, palette.stone6)
   picture:rect(DOME.x - 11, DOME.y - 7, 22, 2, palette.stone8)
   picture:rect(DOME.x - 7, DOME.y - 2, 14, 14, palette.ink)
   picture:rect(DOME.x - 6, DOME.y - 1, 12, 13, palette.orange)
   picture:rect(DOME.x - 6, DOME.y - 1, 12, 5, palette.amber)
   picture:rect(DOME.x - 5, DOME.y, 4, 2, palette.straw)
   picture:rect(DOME.x, DOME.y - 1, 1, 13, palette.umber)
end

--- A mast with a dish and a red lamp, left of the dome's crown.
local function paint_mast(picture, x, foot, top)
   picture:rect(x, top, 1, foot - top, palette.stone6)
   picture:rect(x + 1, top, 1, foot - top, palette.stone3)
   for y = top + 6, foot, 7 do
      picture:line(x - 3, y + 3, x + 4, y, palette.stone4)
   end
   picture:rect(x - 1, top - 3, 3, 3, palette.red)
   picture:set(x - 1, top - 3, palette.coral)
   picture:ellipse(x + 7, top + 9, 6, 6, palette.ink)
   picture:ellipse(x + 7, top + 9, 5, 5, palette.stone6)
   picture:ellipse(x + 8, top + 8, 4, 4, palette.stone8)
   picture:line(x + 8, top + 8, x + 12, top + 4, palette.stone9)
   picture:set(x + 12, top + 3, palette.amber)
end

--- Left, top and width of each tower.
local TOWERS = { { 106, 246, 17 }, { 126, 258, 19 }, { 86, 266, 17 }, { 148, 272, 15 } }

--- Place and radius of each tree's crown.
local TREES = {
   { 70, 283, 6 }, { 80, 280, 7 }, { 168, 281, 7 }, { 178, 284, 5 }, { 124, 284, 5 },
   { 145, 285, 4 },
}

--- Mast, town, glass and wall.
function title_dome.draw(picture)
   paint_mast(picture, 36, 292, 226)
   local inside = canvas.new(picture.width, picture.height)
   paint_dome_inside(inside)
   for _, tower in ipairs(TOWERS) do
      paint_tower(inside, tower[1], tower[2], tower[3])
   end
   for _, tree in ipairs(TREES) do
      paint_tree(inside, tree[1], tree[2], tree[3])
   end
   paint_dome_glass(inside)
   inside:posterize()
   picture:blit(inside, 0, 0)
   title_dome.draw_base(picture)
end

return title_dome
