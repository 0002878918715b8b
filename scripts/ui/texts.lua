-- What only tells: text, lines, bars, tooltips.

local check = require "library.check"
local focus = require "ui.focus"
local graphics = require "graphics"
local layout = require "ui.layout"
local parts = require "ui.parts"
local sheet = require "ui.sheet"
local words = require "ui.words"

---@class UiPage
local texts = {}

local function color_of(page, name)
   local color = page.theme.colors[name or "text"]
   return color or check.fail("ui: the theme has no colour %q", tostring(name))
end

--- Text in as many lines as it takes.
---@param text string
---@param align "left"|"center"|"right"|nil left
---@param color string? of the theme: "muted", "title"; "text"
function texts:label(text, align, color)
   local node = self:node(text)
   local x, y, width = layout.place(self)
   local font, style, indent = self.theme.font, color_of(self, color), self.theme.indent
   x, width = x + indent, width - 2 * indent
   local lines = words.wrap(node, font, text, width)
   for _, line in ipairs(lines) do
      local left = x
      if align == "center" or align == "right" then
         local rest = width - native.graphics:text_width(font, line)
         left = x + (align == "right" and rest or math.floor(rest / 2))
      end
      self.sheet:add("text", left, y, 0, 0, style, line, font)
      y = y + font.height + 2
   end
   layout.advance(self, #lines * (font.height + 2) - 2)
end

--- A line across, between two groups of things.
function texts:line()
   local x, y, width = layout.place(self)
   self.sheet:add("fill", x, y + 3, width, 1, self.theme.colors.line)
   layout.advance(self, 7)
end

--- A bar that is filled from the left.
---@param part number how much is filled, from 0 to 1
---@param text string? on it
---@param color string? of the theme; "bar"
function texts:progress(part, text, color)
   check.number(part, "page:progress", "part")
   local height = self.theme.height - 6
   local x, y, width = layout.place(self)
   part = math.max(0, math.min(1, part))
   parts.area(self, "well", x, y, width, height)
   local filled = math.floor((width - 4) * part + 0.5)
   if filled > 0 then
      self.sheet:add("fill", x + 2, y + 2, filled, height - 4, color_of(self, color or "bar"))
      self.sheet:add("fill", x + 2, y + height - 4, filled, 2, self.theme.colors.shadow)
   end
   if text then
      local node = self:node(text)
      parts.text(self, node, "label", text, x + 1, y + 1, width, height, "center", self.theme.colors.shadow)
      parts.text(self, node, "label", text, x, y, width, height, "center", self.theme.colors.bright)
   end
   layout.advance(self, height)
end

-- ---- tooltips -------------------------------------------------------------------------------

--- What is told about the thing made last, once the pointer or the focus has been there for a while.
---@param text string
function texts:tooltip(text)
   check.string(text, "page:tooltip", "text")
   local node = self.last or check.fail "page:tooltip: there is nothing yet that it could be about; it follows the thing"
   local candidate = self.hot or focus.get(self)
   if node ~= candidate then return end
   if self.tip ~= node then self.tip, self.tip_since = node, self.time end
   if self.time - self.tip_since >= self.theme.tooltip_delay and not self.active then self.tip_text = text end
end

local WIDEST = 200 -- pixels of a line

local function widest_of(font, lines)
   local widest = 0
   for _, line in ipairs(lines) do widest = math.max(widest, native.graphics:text_width(font, line)) end
   return widest
end

local function draw_tip(page, node, text)
   local theme = page.theme
   local font = theme.font
   local lines = words.wrap(page.tip_node, font, text, WIDEST)
   local width, height = widest_of(font, lines) + 12, #lines * (font.height + 1) + 7
   local x = math.max(2, math.min(node.x + 8, graphics.width - width - 2))
   local y = node.y + node.height + 3
   if y + height > graphics.height - 2 then y = node.y - height - 3 end
   page.sheet = page.tip_sheet
   page.sheet:add("box", x + 2, y + 2, width, height, theme.colors.shadow)
   parts.area(page, "tooltip", x, y, width, height)
   for index, line in ipairs(lines) do
      page.sheet:add("text", x + 6, y + 4 + (index - 1) * (font.height + 1), 0, 0, theme.colors.tooltip_text, line, font)
   end
end

--- Draws the tooltip above all else, now that it is known where things are.
function texts:finish_tooltip()
   if not self.tip_sheet then self.tip_sheet, self.tip_node = sheet.new(), {} end
   self.tip_sheet:clear()
   local node = self.tip
   if not node then return end
   if node.stamp ~= self.stamp or node ~= (self.hot or focus.get(self)) then
      self.tip = nil
   elseif self.tip_text then
      draw_tip(self, node, self.tip_text)
   end
   self.tip_text = nil
end

return texts
