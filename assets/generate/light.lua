--- Soft things that live through alpha: glow, shadow, smoke, spark, wheel tracks.
--- All but the track are white or black, to be tinted by the engine.

local canvas = require "canvas"
local palette = require "palette"
local power = require "power"
local shade = require "shade"

local light = {}

--- A soft round light for additive drawing.
local function glow()
   local picture = canvas.new(64, 64)
   picture:each(function(x, y)
      local dx, dy = x + 0.5 - 32, y + 0.5 - 32
      local near = shade.clamp(1 - math.sqrt(dx * dx + dy * dy) / 32, 0, 1)
      picture:set(x, y, palette.white,
         math.floor(255 * (near * near * 0.75 + power(near, 5) * 0.25) + 0.5))
   end)
   return picture
end

--- A soft ellipse that lies under things, a little lower than they stand.
local function shadow()
   local picture = canvas.new(32, 20)
   picture:each(function(x, y)
      local u, v = (x + 0.5 - 16) / 16, (y + 0.5 - 10) / 10
      local near = shade.clamp(1 - math.sqrt(u * u + v * v), 0, 1)
      picture:set(x, y, palette.ink, math.floor(150 * shade.smoothstep(0, 0.5, near)))
   end)
   return picture
end

--- Colour and alpha of each layer of smoke, from the edge to the lit side.
local SMOKE = { { palette.stone6, 110 }, { palette.stone8, 165 }, { palette.white, 205 } }

--- A puff of three balls with a lit upper left.
local function smoke()
   local picture = canvas.new(16, 16)
   for layer, look in ipairs(SMOKE) do
      local scale, shift = 1.25 - layer * 0.25, (layer - 1) * 0.2
      for _, ball in ipairs { { 6, 7, 5 }, { 10.5, 8, 4.4 }, { 7.5, 11, 3.8 } } do
         local radius = ball[3] * scale
         picture:ellipse(ball[1] - ball[3] * shift, ball[2] - ball[3] * shift, radius, radius,
            look[1], look[2])
      end
   end
   return picture
end

local SPARK = {
   { 0, 0, 255 }, { 1, 0, 230 }, { -1, 0, 230 }, { 0, 1, 230 }, { 0, -1, 230 },
   { 2, 0, 140 }, { -2, 0, 140 }, { 0, 2, 140 }, { 0, -2, 140 },
   { 3, 0, 60 }, { -3, 0, 60 }, { 0, 3, 60 }, { 0, -3, 60 },
   { 1, 1, 90 }, { -1, 1, 90 }, { 1, -1, 90 }, { -1, -1, 90 },
}

--- A four-pointed star.
local function spark()
   local picture = canvas.new(7, 7)
   for _, point in ipairs(SPARK) do
      picture:set(3 + point[1], 3 + point[2], palette.white, point[3])
   end
   return picture
end

--- What both rows of wheels leave behind on six pixels of way.
local function track()
   local picture = canvas.new(6, 28)
   for _, top in ipairs { 1, 24 } do
      for x = 0, 5 do
         for y = top, top + 2 do
            local tread = (x + y) % 3
            picture:set(x, y, palette.ink, tread == 0 and 96 or tread == 1 and 60 or 36)
         end
      end
   end
   return picture
end

--- A list of { name, picture }.
function light.all()
   return {
      { "glow", glow() },
      { "shadow", shadow() },
      { "smoke", smoke() },
      { "spark", spark() },
      { "track", track() },
   }
end

return light
