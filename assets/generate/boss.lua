--- The mothership of the last wave: a red disc with two steel horns, bays at its sides and a violet core.
--- It faces right and turns, so the light comes from straight above: both halves are alike.

local canvas = require "canvas"
local palette = require "palette"
local shade = require "shade"

local boss = {}

local SIZE, CENTRE = 64, 32
local HULL = palette.ramp "mmrRP"
local STEEL = palette.ramp "234678"
local CORE = palette.ramp "vVVlw"
local PLATES = 10

--- Two horns of steel that reach forwards, and the gun between them.
local function draw_horns(picture)
   picture:polygon({ 30, 6, 50, 7, 63, 17, 61, 20, 47, 15, 34, 16 }, palette.stone5)
   picture:polygon({ 31, 7, 50, 8, 62, 17, 48, 12, 34, 12 }, palette.stone7)
   picture:rect(44, 29, 18, 3, palette.stone4)
   picture:rect(44, 29, 18, 1, palette.stone7)
   picture:rect(59, 28, 3, 4, palette.amber)
   picture:rect(59, 28, 1, 4, palette.orange)
end

--- What the disc has at a distance from its centre: hull plates, a ring of steel, the core.
local function colour_at(x, y, distance, angle)
   local light = (24 - distance) * 0.1
   if distance > 22.6 then return shade.pick(STEEL, 0.35 + (distance > 23.6 and -0.2 or 0.25), x + 64, y + 64, 0.3) end
   if distance > 12.5 then
      local plate = angle / (2 * math.pi) * PLATES % 1
      if plate < 0.05 * 20 / distance then return palette.maroon end
      return shade.pick(HULL, 0.36 + (22.6 - distance) * 0.045 + (plate > 0.5 and 0.08 or 0), x + 64, y + 64, 0.6)
   end
   if distance > 10 then return distance > 11.3 and palette.ink or palette.stone6 end
   return shade.pick(CORE, 1 - distance / 10.5 + light * 0.05, x + 64, y + 64, 0.7)
end

local function draw_disc(picture)
   for y = 0, CENTRE - 1 do
      for x = 0, SIZE - 1 do
         local dx, dy = x + 0.5 - (CENTRE - 3), y + 0.5 - CENTRE
         local distance = math.sqrt(dx * dx + dy * dy)
         if distance < 25 then
            picture:set(x, y, colour_at(math.floor(dx), math.floor(dy), distance, math.atan2(dy, dx) + math.pi))
         end
      end
   end
end

--- Bays for scouts, engines behind, lamps on the rim.
local function draw_fittings(picture)
   picture:rect(22, 10, 13, 4, palette.ink)
   picture:rect(23, 11, 11, 2, palette.orange)
   picture:rect(25, 11, 7, 1, palette.straw)
   for _, y in ipairs { 20, 28 } do
      picture:rect(1, y, 6, 4, palette.stone3)
      picture:rect(0, y + 1, 3, 2, palette.amber)
      picture:rect(0, y + 1, 1, 2, palette.straw)
   end
   for _, place in ipairs { { 12, 14 }, { 46, 14 }, { 48, 24 }, { 8, 25 } } do
      picture:rect(place[1], place[2], 2, 2, palette.straw)
   end
end

--- A picture of 64x64.
function boss.draw()
   local picture = canvas.new(SIZE, SIZE)
   draw_horns(picture)
   draw_disc(picture)
   draw_fittings(picture)
   picture:mirror_down()
   picture:outline(palette.ink)
   return picture
end

return boss
