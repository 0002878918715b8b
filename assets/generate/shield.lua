--- The energy shield around the dome: a honeycomb bent over a ball.

local canvas = require "canvas"
local palette = require "palette"
local power = require "power"

local shield = {}

--- Whether a point lies on the shield's honeycomb, which is bent over a ball.
local function on_hexagon(dx, dy, polar)
   local bend = 1 + 0.32 * power(polar, 3)
   local u, v = dx * bend / 11, dy * bend / 11
   local first, second = math.huge, math.huge
   local row = math.floor(v / 0.866 + 0.5)
   for j = row - 1, row + 1 do
      local shifted = (j % 2) * 0.5
      local column = math.floor(u - shifted + 0.5)
      for i = column - 1, column + 1 do
         local hx, hy = u - i - shifted, v - j * 0.866
         local distance = math.sqrt(hx * hx + hy * hy)
         if distance < first then
            first, second = distance, first
         elseif distance < second then
            second = distance
         end
      end
   end
   return second - first < 0.085
end

--- A translucent bubble of 96x96 around the dome, to be faded and tinted by the engine.
function shield.draw()
   local size, radius = 96, 47
   local picture = canvas.new(size, size)
   picture:each(function(x, y)
      local dx, dy = x + 0.5 - size / 2, y + 0.5 - size / 2
      local polar = math.sqrt(dx * dx + dy * dy) / radius
      if polar > 1 then
         return
      end
      local towards = -(dx * 0.66 + dy * 0.75) / radius
      local alpha = 14 + 120 * power(polar, 7) + 26 * math.max(towards, 0)
      local rgb = palette.cyan
      if on_hexagon(dx, dy, polar) then
         rgb, alpha = palette.ice, alpha + 26 + 70 * power(polar, 3)
      end
      if polar > 0.965 then
         rgb, alpha = palette.ice, 215
      elseif polar > 0.86 and polar < 0.915 and towards > 0.62 then
         rgb, alpha = palette.white, 210
      elseif polar > 0.88 and polar < 0.91 and towards < -0.74 then
         rgb, alpha = palette.white, 110
      end
      picture:set(x, y, rgb, math.floor(alpha))
   end)
   return picture
end

return shield
