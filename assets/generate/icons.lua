--- The 32x32 icons on the upgrade cards.

local canvas = require "canvas"
local palette = require "palette"
local pixel_map = require "pixel_map"

local icons = {}

local BOLT = [[
   ......ccccccc...
   ...ccsssSSSSSc..
   cssssSSSCCCwwSc.
   sssSSSCCCwwwwwSc
   cssssSSSCCCwwSc.
   ...ccsssSSSSSc..
   ......ccccccc...
]]

--- Three bolts in a row, trailing light.
local function rapid(picture)
   for i, spot in ipairs { { 14, 2 }, { 9, 12 }, { 15, 22 } } do
      picture:rect(spot[1] - 6 + i % 2, spot[2] + 3, 8, 1, palette.azure)
      picture:rect(spot[1] - 8, spot[2] + 2, 5, 1, palette.sea)
      picture:rect(spot[1] - 7, spot[2] + 4, 5, 1, palette.sea)
      pixel_map.draw(picture, BOLT, spot[1], spot[2])
   end
end

--- A star polygon around the middle: `count` points between two radii.
local function star(count, outer, inner, turn)
   local points = {}
   for i = 0, count * 2 - 1 do
      local radius = i % 2 == 0 and outer or inner
      local angle = (i / count) * math.pi + turn
      points[#points + 1] = 16 + math.cos(angle) * radius
      points[#points + 1] = 16 + math.sin(angle) * radius
   end
   return points
end

--- A bursting shell.
local function damage(picture)
   picture:polygon(star(9, 15, 8.4, 0.2), palette.crimson)
   picture:polygon(star(9, 13.4, 7.6, 0.2), palette.red)
   picture:polygon(star(9, 11.4, 6.6, 0.4), palette.orange)
   picture:polygon(star(9, 9.6, 5.4, 0.4), palette.amber)
   picture:polygon(star(8, 7.6, 4.4, 0.1), palette.straw)
   picture:ellipse(15.5, 15.5, 3.6, 3.6, palette.white)
end

--- A heater shield of two blues with a bright edge.
local function shield(picture)
   local function heater(inset)
      return {
         16, 2 + inset * 1.1,
         28 - inset, 6 + inset * 0.7,
         28 - inset, 15,
         24 - inset * 0.7, 23 - inset * 0.5,
         16, 30 - inset * 1.25,
         8 + inset * 0.7, 23 - inset * 0.5,
         4 + inset, 15,
         4 + inset, 6 + inset * 0.7,
      }
   end
   picture:polygon(heater(0), palette.ice)
   picture:polygon(heater(2.2), palette.sea)
   picture:polygon(heater(3.2), palette.azure)
   for y = 0, 31 do
      for x = 0, 15 do
         if picture:get(x, y) == palette.azure then
            picture:set(x, y, palette.cyan)
         end
      end
   end
   picture:polygon({ 8, 8, 13, 6, 13, 8, 10, 9.4, 10, 15, 8, 15 }, palette.white)
   picture:line(26, 8, 26, 15, palette.azure)
   picture:line(26, 15, 23, 22, palette.azure)
   picture:line(22, 23, 16, 28, palette.azure)
end

--- A wrench over a green cross.
local function repair(picture)
   picture:polygon({ 6, 22, 22, 6, 26, 10, 10, 26 }, palette.stone7)
   picture:polygon({ 6, 22, 22, 6, 24, 8, 8, 24 }, palette.stone9)
   picture:polygon({ 8, 24.4, 24.4, 8, 26, 10, 10, 26 }, palette.stone5)
   picture:ellipse(23, 9, 7, 7, palette.stone7)
   picture:ellipse(22.4, 8.4, 6, 6, palette.stone8)
   picture:ellipse(22, 8, 4, 4, palette.stone9)
   for y = 0, 31 do
      for x = 0, 31 do
         if canvas.inside({ 22, 6, 27, 0, 33, 0, 33, 5, 26, 10 }, x + 0.5, y + 0.5) then
            picture:set(x, y, 0, 0)
         end
      end
   end
   picture:ellipse(8, 24, 5, 5, palette.stone6)
   picture:ellipse(7.4, 23.4, 4, 4, palette.stone8)
   picture:ellipse(8, 24, 1.6, 1.6, palette.ink)
   picture:rect(18, 21, 12, 6, palette.ink)
   picture:rect(21, 18, 6, 12, palette.ink)
   picture:rect(19, 22, 10, 4, palette.leaf)
   picture:rect(22, 19, 4, 10, palette.leaf)
   picture:rect(19, 22, 10, 2, palette.lime)
   picture:rect(22, 19, 2, 10, palette.lime)
end

--- Three chevrons, brighter to the right.
local function speed(picture)
   local looks = { { palette.umber, palette.orange }, { palette.orange, palette.amber },
      { palette.amber, palette.straw } }
   for i, look in ipairs(looks) do
      local left = -6 + i * 7
      picture:polygon({ left, 4, left + 6, 4, left + 14, 16, left + 6, 28, left, 28, left + 8, 16 },
         look[1])
      picture:polygon({ left, 4, left + 6, 4, left + 14, 16, left + 8, 16 }, look[2])
   end
   picture:line(15, 4, 20, 4, palette.white)
   picture:line(21, 5, 28, 15, palette.white)
end

--- A horseshoe magnet, tips up, pulling sparks.
local function magnet(picture)
   for y = 0, 31 do
      for x = 0, 31 do
         local dx, dy = x + 0.5 - 16, y + 0.5 - 18
         local distance = dy > 0 and math.sqrt(dx * dx + dy * dy) or math.abs(dx)
         if distance > 4.6 and distance < 12 and y > 6 then
            local across = (distance - 4.6) / 7.4
            local lit = dx < 0 and across or 1 - across
            local tip = y < 13
            if lit > 0.72 then
               picture:set(x, y, tip and palette.white or palette.coral)
            elseif lit > 0.3 then
               picture:set(x, y, tip and palette.stone8 or palette.red)
            else
               picture:set(x, y, tip and palette.stone6 or palette.crimson)
            end
         end
      end
   end
   picture:rect(4, 13, 8, 1, palette.ink)
   picture:rect(20, 13, 8, 1, palette.ink)
end

local function sparks(picture)
   for _, spot in ipairs { { 7, 3 }, { 16, 5 }, { 24, 2 } } do
      picture:rect(spot[1] - 1, spot[2], 3, 1, palette.cyan)
      picture:rect(spot[1], spot[2] - 1, 1, 3, palette.cyan)
      picture:set(spot[1], spot[2], palette.white)
   end
end

local function icon(draw, finish)
   local picture = canvas.new(32, 32)
   draw(picture)
   picture:outline(palette.ink)
   if finish then
      finish(picture)
   end
   return picture
end

--- A list of { name, picture }.
function icons.all()
   return {
      { "icon-rapid", icon(rapid) },
      { "icon-damage", icon(damage) },
      { "icon-shield", icon(shield) },
      { "icon-repair", icon(repair) },
      { "icon-speed", icon(speed) },
      { "icon-magnet", icon(magnet, sparks) },
   }
end

return icons
