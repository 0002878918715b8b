--- What menus and the HUD are made of: panels, keycaps, bars.

local art = require "art"
local graphics = require "graphics"
local palette = require "palette"
local text = require "text"

local widgets = {}

--- A picture whose corners stay as they are while the rest is stretched.
local function nine(what, corner, x, y, width, height)
   local inner = what.width - 2 * corner
   local across, down = (width - 2 * corner) / inner, (height - 2 * corner) / inner
   local right, bottom = x + width - corner, y + height - corner
   local far = what.width - corner
   local texture, region = what.texture, graphics.region
   region(texture, 0, 0, corner, corner, x, y)
   region(texture, corner, 0, inner, corner, x + corner, y, 0, across, 1)
   region(texture, far, 0, corner, corner, right, y)
   region(texture, 0, corner, corner, inner, x, y + corner, 0, 1, down)
   region(texture, corner, corner, inner, inner, x + corner, y + corner, 0, across, down)
   region(texture, far, corner, corner, inner, right, y + corner, 0, 1, down)
   region(texture, 0, far, corner, corner, x, bottom)
   region(texture, corner, far, inner, corner, x + corner, bottom, 0, across, 1)
   region(texture, far, far, corner, corner, right, bottom)
end

--- A dark panel with a border.
---@param x number
---@param y number
---@param width number at least 16
---@param height number at least 16
function widgets.panel(x, y, width, height) nine(art.panel, 8, x, y, width, height) end

--- How wide a key with that name on it is, pixels.
---@param name string
---@return number
function widgets.keycap_width(name) return math.max(16, text.width(name) + 9) end

--- A key with its name on it; returns how wide it is.
---@param name string
---@param x number left edge
---@param y number upper edge
---@return number width
function widgets.keycap(name, x, y)
   local width = widgets.keycap_width(name)
   nine(art.keycap, 5, x, y, width, 16)
   local ink = palette.ink
   graphics.color(ink[1], ink[2], ink[3])
   graphics.print(name, math.floor(x + width / 2 + 0.5), y + 1, "center")
   graphics.color(1, 1, 1)
   return width
end

--- A bar that is filled from the left.
---@param x number
---@param y number
---@param width number
---@param height number
---@param part number how much is filled, from 0 to 1
---@param color number[] of palette
---@param alpha number? 1
function widgets.bar(x, y, width, height, part, color, alpha)
   alpha = alpha or 1
   local ink = palette.ink
   graphics.color(ink[1], ink[2], ink[3], 0.85 * alpha)
   graphics.rectangle("fill", x - 1, y - 1, width + 2, height + 2)
   graphics.color(color[1], color[2], color[3], alpha)
   local filled = math.floor(width * math.max(0, math.min(1, part)) + 0.5)
   if filled > 0 then
      graphics.rectangle("fill", x, y, filled, height)
      graphics.color(1, 1, 1, 0.35 * alpha)
      graphics.rectangle("fill", x, y, filled, 1)
   end
   graphics.color(1, 1, 1)
end

--- Darkens everything that was drawn before.
---@param alpha number
function widgets.dim(alpha)
   local ink = palette.ink
   graphics.color(ink[1], ink[2], ink[3], alpha)
   graphics.rectangle("fill", 0, 0, graphics.width, graphics.height)
   graphics.color(1, 1, 1)
end

return widgets
