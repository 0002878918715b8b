--- The glass dome that the player defends, 84x90 with the centre of the glass at (42, 42).

local canvas = require "canvas"
local noise = require "noise"
local palette = require "palette"
local power = require "power"
local shade = require "shade"

local dome = {}

local SIZE, CENTRE = 84, 42
local RING, GLASS = 36, 30
local METAL = palette.ramp "2345677889"
local LEAVES = palette.ramp "gggGGLLy"
local HULL = palette.ramp "4567899w"

--- Calls `visit(x, y, dx, dy, distance)` for every pixel, measured from the centre.
local function around(picture, visit)
   picture:each(function(x, y)
      local dx, dy = x + 0.5 - CENTRE, y + 0.5 - CENTRE
      visit(x, y, dx, dy, math.sqrt(dx * dx + dy * dy))
   end)
end

--- Tunnels with doors to the left, right and rear, half under the ring.
local function paint_airlocks(picture)
   for _, side in ipairs { -1, 1 } do
      local x = side < 0 and 0 or SIZE - 9
      picture:rect(x, CENTRE - 7, 9, 15, palette.ink)
      picture:rect(x + 1, CENTRE - 6, 7, 11, palette.stone6)
      picture:rect(x + 1, CENTRE - 6, 7, 2, palette.stone8)
      picture:rect(x + 1, CENTRE + 5, 7, 2, palette.stone3)
      picture:rect(side < 0 and 1 or SIZE - 3, CENTRE - 3, 2, 5, palette.amber)
   end
   picture:rect(CENTRE - 8, 0, 16, 10, palette.ink)
   picture:rect(CENTRE - 7, 1, 14, 8, palette.stone7)
   picture:rect(CENTRE - 7, 1, 14, 2, palette.stone9)
   picture:rect(CENTRE - 3, 3, 6, 2, palette.azure)
end

--- The main gate at the front, lower than the ring.
local function paint_gate(picture)
   local top = CENTRE + RING - 3
   picture:rect(CENTRE - 10, top, 20, 13, palette.ink)
   picture:rect(CENTRE - 9, top + 1, 18, 5, palette.stone7)
   picture:rect(CENTRE - 9, top + 1, 18, 1, palette.stone9)
   picture:rect(CENTRE - 9, top + 1, 1, 5, palette.stone9)
   picture:rect(CENTRE + 8, top + 2, 1, 4, palette.stone5)
   picture:rect(CENTRE - 4, top + 2, 8, 2, palette.cyan)
   picture:rect(CENTRE - 4, top + 3, 8, 1, palette.azure)
   picture:rect(CENTRE - 9, top + 6, 18, 6, palette.stone3)
   picture:rect(CENTRE - 9, top + 6, 18, 1, palette.stone5)
   picture:rect(CENTRE - 5, top + 7, 10, 5, palette.ink)
   picture:rect(CENTRE - 4, top + 8, 8, 4, palette.orange)
   picture:rect(CENTRE - 4, top + 8, 8, 2, palette.amber)
   picture:rect(CENTRE - 3, top + 8, 3, 1, palette.straw)
   picture:rect(CENTRE, top + 8, 1, 4, palette.umber)
end

--- The steel ring, as plates lit from the upper left, on a dark skirt.
local function paint_ring(picture)
   picture:ellipse(CENTRE, CENTRE + 4, RING + 1, RING + 1, palette.ink)
   around(picture, function(x, y, dx, dy, distance)
      local lower = math.sqrt(dx * dx + (dy - 3) * (dy - 3))
      if distance > RING and lower <= RING and dy > 0 then
         picture:set(x, y, math.floor(dx / 4) % 3 == 0 and palette.stone1 or palette.stone2)
      end
   end)
   picture:ellipse(CENTRE, CENTRE, RING + 1, RING + 1, palette.ink)
   around(picture, function(x, y, dx, dy, distance)
      if distance > RING then
         return
      end
      local facing = (-dx * 0.65 - dy * 0.76) / distance
      local bevel = distance > RING - 1.5 and 0.14 or distance < GLASS + 2 and -0.3 or 0
      local plate = math.floor(math.atan2(dy, dx) / math.pi * 12 + 24.5)
      local light = 0.58 + facing * (0.3 + bevel) + (plate % 2) * 0.07
      picture:set(x, y, shade.pick(METAL, light, x, y, 0.15))
   end)
   for seam = 0, 23 do
      local angle = seam / 24 * 2 * math.pi
      local cos, sin = math.cos(angle), math.sin(angle)
      picture:line(CENTRE - 0.5 + cos * (GLASS + 2), CENTRE - 0.5 + sin * (GLASS + 2),
         CENTRE - 0.5 + cos * (RING - 1.5), CENTRE - 0.5 + sin * (RING - 1.5), palette.stone4, 150)
   end
end

--- Position lamps on the ring.
local function paint_lamps(picture, lit)
   for lamp = 0, 11 do
      local angle = (lamp + 0.5) / 12 * 2 * math.pi
      local x = math.floor(CENTRE + math.cos(angle) * 33.4)
      local y = math.floor(CENTRE + math.sin(angle) * 33.4)
      local works = lit or lamp % 4 == 1
      picture:rect(x - 1, y, 2, 1, works and palette.cyan or palette.stone2)
      picture:set(x, y, works and palette.ice or palette.stone1)
      picture:rect(x - 1, y + 1, 2, 1, palette.stone3)
   end
end

local function paint_tree(picture, cx, cy, radius)
   picture:ellipse(cx + 1, cy + 1.5, radius, radius, palette.night)
   for y = math.floor(cy - radius), math.ceil(cy + radius) do
      for x = math.floor(cx - radius), math.ceil(cx + radius) do
         local u, v = (x + 0.5 - cx) / radius, (y + 0.5 - cy) / radius
         if u * u + v * v <= 1 then
            local leaf = (noise.lattice(x, y, 8) - 0.5) * 0.3
            picture:set(x, y, shade.pick(LEAVES, 0.5 - (u + v) * 0.36 + leaf, x, y, 0.2))
         end
      end
   end
end

--- A little house: a barrel roof with ribs, lit windows on its front.
local function paint_house(picture, left, top, width, height)
   picture:rect(left + 2, top + height + 2, width, 2, palette.night)
   picture:rect(left - 1, top, width + 2, height + 2, palette.ink)
   picture:rect(left, top - 1, width, height + 4, palette.ink)
   for y = top, top + height - 1 do
      for x = left, left + width - 1 do
         local v = (y - top + 0.5) / height
         local light = 0.98 - v * v * 0.62 - (x - left) / width * 0.16
         local rib = (x - left) % 4 == 3 and 0.14 or 0
         picture:set(x, y, shade.pick(HULL, light - rib, x, y, 0))
      end
   end
   picture:rect(left, top + height, width, 2, palette.stone4)
   for x = left + 1, left + width - 2, 3 do
      picture:rect(x, top + height, 2, 1, palette.straw)
      picture:rect(x, top + height + 1, 2, 1, palette.amber)
   end
end

--- Place and radius of each tree, from the centre.
local TREES = {
   { -21, -8, 4.5 }, { -17, -15, 5 }, { -22, 8, 4 }, { -14, 18, 4.6 }, { -7, 22, 3.4 },
   { 20, -10, 4.6 }, { 23, -2, 3.4 }, { 8, -23, 4.4 }, { 0, -24, 3.4 }, { 22, 8, 3.6 },
   { 5, 23, 3.2 },
}

--- Everything under the glass.
local function paint_garden(picture)
   around(picture, function(x, y, dx, dy, distance)
      if distance > GLASS then
         return
      end
      local growth = noise.layered(x / 9, y / 9, 3, 15)
      local light = 0.24 + (growth - 0.5) * 0.9 - (dx + dy) / 190
      picture:set(x, y, shade.pick(palette.ramp "nggggGGGLL", light + 0.12, x, y, 0.5))
      local path = math.abs(math.sqrt(dx * dx + dy * dy * 1.3) - 16)
      if path < 2 or (math.abs(dx) < 2 and dy > 8)
         or (math.abs(dy) < 1.6 and math.abs(dx) > 14) then
         picture:set(x, y, path < 1 and palette.stone7 or palette.stone6)
      end
   end)
   picture:ellipse(CENTRE + 15, CENTRE + 16, 6.6, 4.6, palette.ink)
   picture:ellipse(CENTRE + 15, CENTRE + 16, 5.6, 3.6, palette.azure)
   picture:ellipse(CENTRE + 14, CENTRE + 15, 3, 1.4, palette.cyan)
   for _, tree in ipairs(TREES) do
      paint_tree(picture, CENTRE + tree[1], CENTRE + tree[2], tree[3])
   end
   paint_house(picture, CENTRE - 9, CENTRE - 10, 18, 8)
   paint_house(picture, CENTRE - 11, CENTRE + 2, 9, 5)
   paint_house(picture, CENTRE + 3, CENTRE + 2, 9, 5)
   paint_house(picture, CENTRE - 4, CENTRE - 18, 7, 4)
   picture:rect(CENTRE + 5, CENTRE - 9, 4, 3, palette.red)
   picture:rect(CENTRE + 5, CENTRE - 9, 4, 1, palette.coral)
end

--- Struts of the geodesic frame: rings and spokes, closer together towards the edge.
local function on_strut(dx, dy, distance)
   local polar = distance / GLASS
   for _, ring in ipairs { 0.52, 0.8 } do
      if math.abs(polar - ring) * GLASS < 0.5 then
         return true
      end
   end
   local angle = math.atan2(dy, dx) / (2 * math.pi) + 1
   local spokes = polar < 0.52 and 5 or 10
   local turn = (angle * spokes + (polar >= 0.8 and 0.5 or 0.25)) % 1
   local off = math.min(turn, 1 - turn) / spokes * 2 * math.pi * distance
   return off < 0.5
end

--- The glass: clear in the middle, blue towards the edge, with a window of light.
local function paint_glass(picture)
   around(picture, function(x, y, dx, dy, distance)
      if distance > GLASS then
         return
      end
      local polar = distance / GLASS
      local towards = -(dx * 0.66 + dy * 0.75) / GLASS
      picture:blend(x, y, palette.azure, 26 + 120 * power(polar, 5))
      if towards < 0 then
         picture:blend(x, y, palette.night, 110 * power(polar, 3) * -towards)
      end
      if on_strut(dx, dy, distance) then
         local lit = towards > -0.1
         picture:blend(x, y, lit and palette.ice or palette.azure, lit and 165 or 130)
      end
      local gx, gy = dx + 11, dy + 13
      local sheen = gx * gx * 0.8 + gy * gy - gx * gy * 0.7
      if sheen < 56 then
         picture:blend(x, y, palette.white, 60 - sheen * 0.4)
      end
      if distance > GLASS - 4.4 and distance < GLASS - 2.2 and towards > 0.6 then
         picture:blend(x, y, palette.white, 235)
      elseif distance > GLASS - 3.6 and distance < GLASS - 1.6 and towards < -0.72 then
         picture:blend(x, y, palette.cyan, 180)
      elseif distance > GLASS - 1 then
         picture:set(x, y, palette.ink)
      end
   end)
   picture:ellipse(CENTRE - 11, CENTRE - 16, 3.4, 1.8, palette.white)
   picture:rect(CENTRE - 17, CENTRE - 12, 2, 3, palette.white)
end

--- Paints the dome; its position lamps are on or, but for a few, off.
function dome.draw(lamps_lit)
   local picture = canvas.new(SIZE, SIZE + 6)
   paint_airlocks(picture)
   paint_ring(picture)
   paint_gate(picture)
   paint_lamps(picture, lamps_lit)
   paint_garden(picture)
   paint_glass(picture)
   picture:posterize()
   return picture
end

return dome
