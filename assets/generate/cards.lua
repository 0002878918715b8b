--- The frame of an upgrade card (150x190, plain and selected), the panel and the key cap.
---
--- The card's body lies 5 pixels inside the picture; the selected card glows into that margin.
--- The icon's socket has its middle at (75, 56); the name goes on the plate, rows 98 to 116;
--- the text has rows 124 to 174.

local canvas = require "canvas"
local palette = require "palette"
local power = require "power"
local shade = require "shade"

local cards = {}

local WIDTH, HEIGHT, MARGIN = 150, 190, 5
local SOCKET_X, SOCKET_Y, SOCKET = 75, 56, 30

--- Distance inside a rectangle with cut corners, in pixels; negative outside.
local function depth_in(x, y, left, top, width, height, cut)
   local dx = math.min(x + 0.5 - left, left + width - x - 0.5)
   local dy = math.min(y + 0.5 - top, top + height - y - 0.5)
   return math.min(dx, dy, (dx + dy - cut) / 1.414)
end

local function body_depth(x, y)
   return depth_in(x, y, MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN, 9)
end

--- The dark field inside the frame: indigo above, night below.
local BACK = palette.ramp "knni"

local function paint_body(picture, edge)
   picture:each(function(x, y)
      local depth = body_depth(x, y)
      if depth < 0 then
         return
      end
      local towards_light = x * 1.2 + y * 0.8 < 108
      if depth < 1 then
         picture:set(x, y, palette.ink)
      elseif depth < 3 then
         picture:set(x, y, towards_light and edge.light or edge.middle)
      elseif depth < 4 then
         picture:set(x, y, edge.dark)
      elseif depth < 5 then
         picture:set(x, y, palette.ink)
      else
         picture:set(x, y, shade.pick(BACK, 0.92 - y / HEIGHT * 0.75, x, y, 0.8))
      end
   end)
end

--- The round socket of the icon, with rays behind it.
local function paint_socket(picture, edge)
   picture:each(function(x, y)
      local dx, dy = x + 0.5 - SOCKET_X, y + 0.5 - SOCKET_Y
      local distance = math.sqrt(dx * dx + dy * dy)
      if body_depth(x, y) >= 5 and distance > SOCKET and y < 96 then
         local ray = math.floor((math.atan2(dy, dx) / math.pi + 1) * 12) % 2
         local fade = 1 - (distance - SOCKET) / 40
         if ray == 0 and fade + shade.threshold(x, y) > 0.5 then
            picture:set(x, y, edge.ray)
         end
      end
      if distance <= SOCKET then
         local towards = -(dx + dy) / distance
         if distance > SOCKET - 1 or (distance < SOCKET - 3.6 and distance > SOCKET - 4.8) then
            picture:set(x, y, palette.ink)
         elseif distance > SOCKET - 3.8 then
            picture:set(x, y, towards > 0.2 and edge.light or towards < -0.7 and edge.dark
               or edge.middle)
         else
            local glow = 1 - distance / (SOCKET - 4)
            picture:set(x, y, shade.pick(edge.well, 0.15 + glow * 0.85, x, y, 0.9))
         end
      end
   end)
end

--- The plate that carries the upgrade's name.
local function paint_plate(picture, edge)
   for y = 96, 118 do
      for x = MARGIN + 9, WIDTH - MARGIN - 10 do
         local depth = depth_in(x, y, MARGIN + 9, 96, WIDTH - 2 * MARGIN - 18, 22, 5)
         if depth >= 0 then
            picture:set(x, y, depth < 1 and palette.ink or depth < 2 and edge.middle or edge.plate)
         end
      end
   end
   for _, x in ipairs { MARGIN + 14, WIDTH - MARGIN - 16 } do
      picture:rect(x, 106, 2, 2, edge.light)
   end
end

--- Rivets in the corners and a gem at the foot.
local function paint_trim(picture, edge)
   for _, x in ipairs { MARGIN + 9, WIDTH - MARGIN - 11 } do
      for _, y in ipairs { MARGIN + 9, HEIGHT - MARGIN - 11 } do
         picture:rect(x, y, 2, 2, edge.dark)
         picture:set(x, y, edge.light)
      end
   end
   local x, y = SOCKET_X, HEIGHT - MARGIN - 2
   picture:polygon({ x - 14, y - 3, x - 8, y - 9, x + 8, y - 9, x + 14, y - 3, x + 10, y + 2,
      x - 10, y + 2 }, palette.ink)
   picture:polygon({ x - 11, y - 3, x - 7, y - 7, x + 7, y - 7, x + 11, y - 3, x + 8, y, x - 8, y },
      edge.middle)
   picture:polygon({ x - 5, y - 3, x, y - 7, x + 5, y - 3, x, y + 1 }, edge.gem)
   picture:polygon({ x - 5, y - 3, x, y - 7, x, y - 3 }, palette.white)
end

--- Light that spills over the edge of the selected card.
local function paint_glow(picture, rgb)
   picture:each(function(x, y)
      local depth = body_depth(x, y)
      if depth < 0 and depth > -MARGIN then
         picture:set(x, y, rgb, math.floor(170 * power(1 + depth / MARGIN, 2)))
      end
   end)
end

local PLAIN = {
   light = palette.stone7, middle = palette.stone5, dark = palette.stone3,
   ray = palette.night, plate = palette.night, gem = palette.azure,
   well = palette.ramp "kniidd",
}

local SELECTED = {
   light = palette.straw, middle = palette.amber, dark = palette.orange,
   ray = palette.sea, plate = palette.indigo, gem = palette.cyan,
   well = palette.ramp "niccsSS",
}

local function card(edge)
   local picture = canvas.new(WIDTH, HEIGHT)
   paint_body(picture, edge)
   paint_socket(picture, edge)
   paint_plate(picture, edge)
   paint_trim(picture, edge)
   return picture
end

--- A dark translucent panel: corners of 8 pixels, the rest may be stretched.
local function panel()
   local picture = canvas.new(24, 24)
   picture:each(function(x, y)
      local depth = depth_in(x, y, 0, 0, 24, 24, 4)
      if depth < 0 then
         return
      elseif depth < 1 then
         picture:set(x, y, palette.ink, 230)
      elseif depth < 2 then
         picture:set(x, y, x + y < 23 and palette.dusk or palette.indigo, 235)
      else
         picture:set(x, y, palette.night, 214)
      end
   end)
   return picture
end

--- A key: corners of 5 pixels, the rest may be stretched; the face ends 3 rows above the foot.
local function keycap()
   local picture = canvas.new(16, 16)
   picture:each(function(x, y)
      local depth = depth_in(x, y, 0, 0, 16, 16, 2)
      if depth < 0 then
         return
      elseif depth < 1 then
         picture:set(x, y, palette.ink)
      elseif y > 11 then
         picture:set(x, y, palette.stone4)
      elseif y == 1 or x == 1 then
         picture:set(x, y, palette.stone9)
      elseif x == 14 or y == 11 then
         picture:set(x, y, palette.stone6)
      else
         picture:set(x, y, palette.stone8)
      end
   end)
   return picture
end

--- A list of { name, picture }.
function cards.all()
   local selected = card(SELECTED)
   paint_glow(selected, palette.amber)
   return {
      { "card", card(PLAIN) },
      { "card-selected", selected },
      { "panel", panel() },
      { "keycap", keycap() },
   }
end

return cards
