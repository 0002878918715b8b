--- A picture in memory: RGBA pixels, straight alpha, (0, 0) at the upper left.
---
---    local picture = canvas.new(32, 32)
---    picture:ellipse(16, 16, 10, 6, palette.amber)
---    picture:outline(palette.ink)
---    picture:save("lamp.png")
---
--- Drawing outside the picture is ignored.

local ffi = require "ffi"
local palette = require "palette"
local sdl = require "sdl"

local floor = math.floor

local canvas = {}
canvas.__index = canvas

function canvas.new(width, height)
   return setmetatable({
      width = width,
      height = height,
      pixels = ffi.new("uint8_t[?]", width * height * 4),
   }, canvas)
end

function canvas.load(path)
   local pixels, width, height = sdl.load_image(path)
   return setmetatable({ width = width, height = height, pixels = pixels }, canvas)
end

function canvas:save(path)
   sdl.save_png(self.pixels, self.width, self.height, path)
end

local function offset(self, x, y)
   if x < 0 or y < 0 or x >= self.width or y >= self.height then
      return nil
   end
   return (y * self.width + x) * 4
end

--- Replaces a pixel. `alpha` is 0..255, opaque when left out.
function canvas:set(x, y, rgb, alpha)
   local at = offset(self, x, y)
   if at then
      local red, green, blue = palette.split(rgb)
      self.pixels[at], self.pixels[at + 1], self.pixels[at + 2] = red, green, blue
      self.pixels[at + 3] = alpha or 255
   end
end

--- Colour and alpha of a pixel; transparent outside the picture.
function canvas:get(x, y)
   local at = offset(self, x, y)
   if not at then
      return 0, 0
   end
   local p = self.pixels
   return p[at] * 65536 + p[at + 1] * 256 + p[at + 2], p[at + 3]
end

function canvas:alpha(x, y)
   local at = offset(self, x, y)
   return at and self.pixels[at + 3] or 0
end

--- Lays a colour over a pixel.
function canvas:blend(x, y, rgb, alpha)
   local at = offset(self, x, y)
   if not at or alpha <= 0 then
      return
   end
   local p = self.pixels
   local over, under = alpha / 255, p[at + 3] / 255
   local result = over + under * (1 - over)
   local red, green, blue = palette.split(rgb)
   local function mix(top, bottom)
      return floor((top * over + bottom * under * (1 - over)) / result + 0.5)
   end
   p[at], p[at + 1], p[at + 2] = mix(red, p[at]), mix(green, p[at + 1]), mix(blue, p[at + 2])
   p[at + 3] = floor(result * 255 + 0.5)
end

--- Calls `visit(x, y)` for every pixel, row by row.
function canvas:each(visit)
   for y = 0, self.height - 1 do
      for x = 0, self.width - 1 do
         visit(x, y)
      end
   end
end

function canvas:rect(left, top, width, height, rgb, alpha)
   for y = top, top + height - 1 do
      for x = left, left + width - 1 do
         self:set(x, y, rgb, alpha)
      end
   end
end

--- The one-pixel border of a rectangle.
function canvas:frame(left, top, width, height, rgb)
   self:rect(left, top, width, 1, rgb)
   self:rect(left, top + height - 1, width, 1, rgb)
   self:rect(left, top, 1, height, rgb)
   self:rect(left + width - 1, top, 1, height, rgb)
end

--- A filled ellipse; centre and radii may be fractions (pixel centres are at .5).
function canvas:ellipse(cx, cy, rx, ry, rgb, alpha)
   for y = floor(cy - ry), floor(cy + ry) do
      for x = floor(cx - rx), floor(cx + rx) do
         local dx, dy = (x + 0.5 - cx) / rx, (y + 0.5 - cy) / ry
         if dx * dx + dy * dy <= 1 then
            self:set(x, y, rgb, alpha)
         end
      end
   end
end

function canvas:line(x0, y0, x1, y1, rgb, alpha)
   local steps = math.max(math.abs(x1 - x0), math.abs(y1 - y0), 1)
   for step = 0, steps do
      local x = floor(x0 + (x1 - x0) * step / steps + 0.5)
      local y = floor(y0 + (y1 - y0) * step / steps + 0.5)
      self:blend(x, y, rgb, alpha or 255)
   end
end

--- Fills a polygon given as {x1, y1, x2, y2, ...}.
function canvas:polygon(points, rgb)
   for y = 0, self.height - 1 do
      for x = 0, self.width - 1 do
         if canvas.inside(points, x + 0.5, y + 0.5) then
            self:set(x, y, rgb)
         end
      end
   end
end

--- Whether a point lies in a polygon.
function canvas.inside(points, px, py)
   local inside = false
   local xj, yj = points[#points - 1], points[#points]
   for i = 1, #points, 2 do
      local xi, yi = points[i], points[i + 1]
      if (yi > py) ~= (yj > py) and px < (xj - xi) * (py - yi) / (yj - yi) + xi then
         inside = not inside
      end
      xj, yj = xi, yi
   end
   return inside
end

--- Lays another picture over this one.
function canvas:blit(source, left, top, opacity)
   source:each(function(x, y)
      local rgb, alpha = source:get(x, y)
      self:blend(left + x, top + y, rgb, alpha * (opacity or 1))
   end)
end

--- Copies the upper half, upside down, over the lower half.
function canvas:mirror_down()
   for y = 0, floor(self.height / 2) - 1 do
      for x = 0, self.width - 1 do
         local rgb, alpha = self:get(x, y)
         self:set(x, self.height - 1 - y, rgb, alpha)
      end
   end
end

function canvas:copy()
   local twin = canvas.new(self.width, self.height)
   ffi.copy(twin.pixels, self.pixels, self.width * self.height * 4)
   return twin
end

--- Puts a one-pixel line around everything that is not transparent.
function canvas:outline(rgb)
   local before = self:copy()
   self:each(function(x, y)
      if before:alpha(x, y) > 0 then
         return
      end
      if before:alpha(x - 1, y) > 0 or before:alpha(x + 1, y) > 0
         or before:alpha(x, y - 1) > 0 or before:alpha(x, y + 1) > 0 then
         self:set(x, y, rgb)
      end
   end)
end

--- The same shape in one colour.
function canvas:silhouette(rgb)
   local shape = canvas.new(self.width, self.height)
   self:each(function(x, y)
      shape:set(x, y, rgb, self:alpha(x, y))
   end)
   return shape
end

--- The same picture with colours exchanged; `swaps` maps colour value to colour value.
function canvas:recoloured(swaps)
   local twin = self:copy()
   self:each(function(x, y)
      local rgb, alpha = self:get(x, y)
      twin:set(x, y, swaps[rgb] or rgb, alpha)
   end)
   return twin
end

--- Brings every visible pixel to the nearest palette colour and makes it opaque.
function canvas:posterize()
   self:each(function(x, y)
      local rgb, alpha = self:get(x, y)
      if alpha > 0 then
         self:set(x, y, palette.nearest(palette.split(rgb)))
      end
   end)
end

--- The same picture `factor` times as large, hard pixels.
function canvas:enlarged(factor)
   local large = canvas.new(self.width * factor, self.height * factor)
   large:each(function(x, y)
      large:set(x, y, self:get(floor(x / factor), floor(y / factor)))
   end)
   return large
end

return canvas
