-- What a page looks like, as a list of things to draw: made in update, drawn in draw, and moved in
-- between when a panel turns out to be higher than it was thought to be. The list is used again for each
-- picture, so that it makes no garbage.

---@class UiSheet
---@field list any[]      SLOTS values for each thing
---@field count integer   values in use
local Sheet = {}
Sheet.__index = Sheet

local sheet = {}

local source = native.graphics

local SLOTS = 8 -- how, x, y, width, height, colour or frame, extra, font

local area = native.Rect(0, 0, 0, 0)

local function fill(x, y, width, height, color)
   source:set_color(color)
   source:rectangle_fill(x, y, width, height)
end

--- Filled, with a pixel missing at each corner.
local function box(x, y, width, height, color)
   source:set_color(color)
   source:rectangle_fill(x + 1, y, width - 2, 1)
   source:rectangle_fill(x, y + 1, width, height - 2)
   source:rectangle_fill(x + 1, y + height - 1, width - 2, 1)
end

--- The outline of such a box.
local function rim(x, y, width, height, color)
   source:set_color(color)
   source:rectangle_fill(x + 1, y, width - 2, 1)
   source:rectangle_fill(x + 1, y + height - 1, width - 2, 1)
   source:rectangle_fill(x, y + 1, 1, height - 2)
   source:rectangle_fill(x + width - 1, y + 1, 1, height - 2)
end

--- A small triangle, 4 pixels wide and 7 high; `direction`: 1 points right, -1 left.
local function arrow(x, y, _, _, color, direction)
   source:set_color(color)
   for column = 0, 3 do
      local across = direction > 0 and column or 3 - column
      source:rectangle_fill(x + across, y + column, 1, 7 - 2 * column)
   end
end

local function text(x, y, _, _, color, words, font)
   source:set_color(color)
   source:print(font, words, x, y, 1)
end

local function frame(x, y, width, height, what, color)
   source:set_color(color)
   source:draw_nine_patch(what.texture, what.insets, x, y, width, height)
end

local function clip(x, y, width, height)
   area.x, area.y, area.width, area.height = x, y, width, height
   source:set_clip(area)
end

local function unclip() source:clear_clip() end

local draw = {
   fill = fill, box = box, rim = rim, arrow = arrow, text = text, frame = frame, clip = clip, unclip = unclip,
}

--- An empty one.
---@return UiSheet
function sheet.new() return setmetatable({ list = {}, count = 0 }, Sheet) end

--- Begins anew.
function Sheet:clear() self.count = 0 end

--- Adds a thing; returns its place, for set_size and shift.
---@param what "fill"|"box"|"rim"|"arrow"|"text"|"frame"|"clip"|"unclip"
---@param x number
---@param y number
---@param width number
---@param height number
---@param style any colour or frame
---@param extra any
---@param font Font?
---@return integer
function Sheet:add(what, x, y, width, height, style, extra, font)
   local list, at = self.list, self.count
   list[at + 1], list[at + 2], list[at + 3], list[at + 4], list[at + 5] = draw[what], x, y, width, height
   list[at + 6], list[at + 7], list[at + 8] = style, extra or false, font or false
   self.count = at + SLOTS
   return at
end

--- Says how high the thing at a place is, now that it is known.
---@param place integer
---@param height number
function Sheet:set_height(place, height) self.list[place + 5] = height end

--- Moves all that was added since `first`, up to but without `last`.
---@param first integer
---@param last integer
---@param dx number
---@param dy number
function Sheet:shift(first, last, dx, dy)
   local list = self.list
   for at = first, last - 1, SLOTS do
      list[at + 2] = list[at + 2] + dx
      list[at + 3] = list[at + 3] + dy
   end
end

function Sheet:draw()
   local list = self.list
   for at = 0, self.count - 1, SLOTS do
      list[at + 1](list[at + 2], list[at + 3], list[at + 4], list[at + 5], list[at + 6], list[at + 7], list[at + 8])
   end
end

return sheet
