-- A list of rows, one of which is chosen by keys, wheel and mouse.

local board = require "console.board"
local input = require "input"

---@class Menu
---@field chosen integer  the row; 1 at least, even without rows
---@field first integer   rows above the ones that are seen
---@field count integer   rows, as they were drawn last
---@field top number      where the first one that is seen was drawn
---@field shown integer   rows that fit
local Menu = {}
Menu.__index = Menu

local menu = {}

---@return Menu
function menu.new() return setmetatable({ chosen = 1, first = 0, count = 0, top = 0, shown = 1 }, Menu) end

--- Chooses a row, or the nearest one that there is, and scrolls to it.
---@param index number
function Menu:choose(index)
   self.chosen = math.max(1, math.min(self.count, index))
   self.first = math.max(self.chosen - self.shown, math.min(self.first, self.chosen - 1))
end

local KEYS = {
   ["key:up"] = function(self) self:choose(self.chosen - 1) end,
   ["key:down"] = function(self) self:choose(self.chosen + 1) end,
   ["key:pageup"] = function(self) self:choose(self.chosen - self.shown) end,
   ["key:pagedown"] = function(self) self:choose(self.chosen + self.shown) end,
   ["key:home"] = function(self) self:choose(1) end,
   ["key:end"] = function(self) self:choose(self.count) end,
}

--- Takes a key; returns whether it was one of its own.
---@param key string
---@return boolean
function Menu:key(key)
   local does = KEYS[key]
   if does then does(self) end
   return does ~= nil
end

---@param turns number
function Menu:wheel(turns) self:choose(self.chosen - math.floor(3 * turns + 0.5)) end

--- The row that is seen at a height; nil: none.
---@param y number
---@return integer?
function Menu:row_at(y)
   local index = self.first + math.floor((y - self.top) / board.line) + 1
   return index > self.first and index <= math.min(self.count, self.first + self.shown) and index or nil
end

--- Draws rows by draw(row, y, is_chosen), as many as fit.
---@param rows table[]
---@param top number
---@param bottom number
---@param draw fun(row: table, y: number, is_chosen: boolean)
function Menu:draw(rows, top, bottom, draw)
   self.count, self.top = #rows, top
   self.shown = math.max(1, math.floor((bottom - top) / board.line))
   self:choose(self.chosen)
   local _, pointer = input.mouse()
   local hovered = self:row_at(pointer)
   for index = self.first + 1, math.min(#rows, self.first + self.shown) do
      local y = top + (index - self.first - 1) * board.line
      if index == self.chosen then
         board.fill("hover", 0, y, board.width, board.line)
         board.fill("edge", 0, y, 2, board.line)
      elseif index == hovered then
         board.fill("bar", 0, y, board.width, board.line)
      end
      draw(rows[index], y, index == self.chosen)
   end
end

return menu
