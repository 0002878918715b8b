--- A list of choices, for keyboard, gamepad and mouse.

local palette = require "palette"
local sounds = require "sounds"
local text = require "text"

---@class MenuItem
---@field [1] string  its words
---@field [2] fun()   what it does

---@class Menu
---@field x number
---@field y number
---@field items MenuItem[]
---@field chosen integer
---@field time number     seconds
local Menu = {}
Menu.__index = Menu

local menu = {}

local LINE, REACH = 22, 90 -- pixels: height of a line, half its width for the mouse

--- A menu around x, from y downwards.
---@param x number
---@param y number
---@param items MenuItem[]
---@return Menu
function menu.new(x, y, items) return setmetatable({ x = x, y = y, items = items, chosen = 1, time = 0 }, Menu) end

--- Chooses the first item again.
function Menu:reset() self.chosen, self.time = 1, 0 end

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
   if controls.mouse_moved() then self:choose(self:under(controls.mouse()) or self.chosen) end
end

---@param index integer
function Menu:choose(index)
   if index == self.chosen then return end
   self.chosen = index
   sounds.select()
end

---@param action string
function Menu:pressed(action)
   if action == "up" then
      self:choose((self.chosen - 2) % #self.items + 1)
   elseif action == "down" then
      self:choose(self.chosen % #self.items + 1)
   elseif action == "confirm" then
      sounds.confirm()
      self.items[self.chosen][2]()
   end
end

function Menu:draw()
   for index, item in ipairs(self.items) do
      local y = self.y + (index - 1) * LINE
      local chosen = index == self.chosen
      text.small(item[1], self.x, y, "center", chosen and palette.cream or palette.stone)
      if chosen then
         local beat = math.floor(self.time * 3) % 2
         text.small("→", self.x - text.width(item[1]) / 2 - 12 - beat, y, "center", palette.amber)
      end
   end
end

return menu
