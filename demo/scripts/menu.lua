--- A list of choices, for keyboard, gamepad and mouse. An item may have a value that left and right change.

local palette = require "palette"
local sounds = require "sounds"
local text = require "text"
local widgets = require "widgets"

---@class MenuItem
---@field [1] string           its words
---@field [2] fun()            what it does
---@field value? fun(): string|number  what is shown beside it; a number from 0 to 1 as a bar
---@field change? fun(step: integer)   left: -1, right: 1

---@class Menu
---@field x number
---@field y number
---@field items MenuItem[]
---@field lean number
---@field chosen integer
---@field pointed integer? the one under the mouse
---@field time number     seconds
local Menu = {}
Menu.__index = Menu

local menu = {}

local LINE, REACH = 22, 90 -- pixels: height of a line, half its width for the mouse

--- A menu around x, from y downwards.
---@param x number
---@param y number
---@param items MenuItem[]
---@param lean number?  by how much words and their values meet to the right of x; 0
---@return Menu
function menu.new(x, y, items, lean)
   return setmetatable({ x = x, y = y, items = items, lean = lean or 0, chosen = 1, time = 0 }, Menu)
end

--- Chooses the first item again.
function Menu:reset() self.chosen, self.time, self.pointed = 1, 0, nil end

--- The item under the mouse; nil: none.
---@param x number
---@param y number
---@return integer?
function Menu:under(x, y)
   local index = math.floor((y - self.y + 2) / LINE) + 1
   if math.abs(x - self.x) <= REACH and self.items[index] then return index end
end

---@param dt number
---@param controls { mouse_moved: (fun(): boolean), mouse: (fun(): number, number) }
function Menu:update(dt, controls)
   self.time = self.time + dt
   self.pointed = self:under(controls.mouse())
   if self.pointed and controls.mouse_moved() then self:choose(self.pointed) end
end

---@param index integer
function Menu:choose(index)
   if index == self.chosen then return end
   self.chosen = index
   sounds.select()
end

--- Chooses an item; does it if it was chosen already.
---@param index integer
function Menu:choose_or_confirm(index)
   if index == self.chosen then self:pressed "confirm" else self:choose(index) end
end

---@param action string
function Menu:pressed(action)
   if action == "up" then
      self:choose((self.chosen - 2) % #self.items + 1)
   elseif action == "down" then
      self:choose(self.chosen % #self.items + 1)
   elseif action == "left" or action == "right" then
      local change = self.items[self.chosen].change
      if change then change(action == "left" and -1 or 1) end
   elseif action == "click" and self.pointed then
      self:choose(self.pointed)
      self:pressed "confirm"
   elseif action == "confirm" then
      sounds.confirm()
      self.items[self.chosen][2]()
   end
end

local BAR, MIDDLE = 80, 12 -- pixels: length of a bar, half the gap between words and value

local function draw_value(value, x, y, color)
   if type(value) == "number" then
      widgets.bar(x, y + 4, BAR, 6, value, color)
   else
      text.small(value, x, y, "left", color)
   end
end

--- Draws one item; returns where its words begin.
---@param item MenuItem
---@param y number
---@param color number[] of palette
---@return number left
function Menu:draw_item(item, y, color)
   if not item.value then
      text.small(item[1], self.x, y, "center", color)
      return self.x - text.width(item[1]) / 2
   end
   local middle = self.x + self.lean
   text.small(item[1], middle - MIDDLE, y, "right", color)
   draw_value(item.value(), middle + MIDDLE, y, color)
   return middle - MIDDLE - text.width(item[1])
end

function Menu:draw()
   for index, item in ipairs(self.items) do
      local y = self.y + (index - 1) * LINE
      local chosen = index == self.chosen
      local left = self:draw_item(item, y, chosen and palette.straw or palette.sand)
      if chosen then
         local beat = math.floor(self.time * 3) % 2
         text.small("→", left - 12 - beat, y, "center", palette.amber)
      end
   end
end

return menu
