-- What the player works: buttons, toggles, sliders, choices. Each is called with its value and answers with the new one.

local check = require "library.check"
local parts = require "ui.parts"
local themes = require "ui.theme"

---@class UiPage
local controls = {}

--- A button.
---@param words string
---@return boolean clicked in this step
function controls:button(words)
   local height, indent = self.theme.height, self.theme.indent
   local node, x, y, width = parts.take(self, words, height)
   parts.ground(self, node, x, y, width, height)
   local sunk = node.enabled and parts.is_pressed(self, node) and 1 or 0
   parts.text(self, node, "label", words, x + indent, y + sunk, width - 2 * indent, height, "center",
      parts.ink(self, node))
   local clicked = parts.clicked(self, node)
   if clicked then self.sound "accept" end
   return clicked
end

--- One row of a list, of which one or more are chosen.
---@param words string
---@param is_chosen boolean?
---@return boolean clicked in this step
function controls:item(words, is_chosen)
   local theme = self.theme
   local height = theme.height - 4
   local node, x, y, width = parts.take(self, words, height)
   if is_chosen then self.sheet:add("box", x, y, width, height, theme.colors.selection) end
   if node.glow > 0 then
      self.sheet:add("box", x, y, width, height, themes.at(theme.row, node.glow))
      parts.halo(self, node, x, y, width, height)
   end
   parts.text(self, node, "label", words, x + theme.indent, y, width - 2 * theme.indent, height, "left", parts.ink(self, node))
   local clicked = parts.clicked(self, node)
   if clicked then self.sound "accept" end
   return clicked
end

--- A switch.
---@param words string
---@param is_on boolean
---@return boolean is_on
---@return boolean changed in this step
function controls:toggle(words, is_on)
   local node, x, y, width = parts.labelled(self, words)
   node.turns = true
   local changed = parts.clicked(self, node)
   if parts.turned(self, node) ~= 0 then changed = is_on ~= (self.turned > 0) end
   if changed then
      is_on = not is_on
      self.sound "change"
   end
   local goal, step = is_on and 1 or 0, self.dt * 10
   local way = node.way or goal
   way = way < goal and math.min(goal, way + step) or math.max(goal, way - step)
   node.way = way
   parts.switch(self, node, way, x + width - 26, y + math.floor((self.theme.height - 12) / 2))
   return is_on, changed
end

local VALUE = 38 -- pixels, for the number behind a slider

local function percent(value) return ("%d%%"):format(math.floor(value * 100 + 0.5)) end

local function plain(value)
   return value % 1 == 0 and ("%d"):format(value) or ("%.2f"):format(value)
end

--- The words for a value; found anew only when it has changed.
local function words_of(node, value, show)
   if node.value ~= value or node.show ~= show then
      node.value, node.show = value, show
      node.value_words = show(value)
   end
   return node.value_words
end

--- Where the player put it, in steps from `low` on.
local function slide(page, node, value, low, high, step, left, length)
   local fine = step or (high - low) / 100
   if page.active == node then
      local part = math.max(0, math.min(1, (page.touch_x - left) / length))
      value = low + math.floor((high - low) * part / fine + 0.5) * fine
   elseif parts.turned(page, node) ~= 0 then
      local coarse = step or (high - low) / 20
      value = low + math.floor((value - low) / coarse + page.turned + 0.5) * coarse
   end
   return math.max(low, math.min(high, value))
end

--- A number that the player slides.
---@param words string
---@param value number
---@param low number? 0
---@param high number? 1
---@param step number? between two values that it can have; a hundredth of the way
---@param show? fun(value: number): string  its words; a function that is made once
---@return number value
---@return boolean changed in this step
function controls:slider(words, value, low, high, step, show)
   low, high = low or 0, high or 1
   check.number(value, "page:slider", "value")
   check.number(low, "page:slider", "low")
   check.number(high, "page:slider", "high")
   local node, x, y, width = parts.labelled(self, words)
   node.turns = true
   local length = width - VALUE - 8
   local new = slide(self, node, value, low, high, step, x + 4 - node.x, length)
   local changed = new ~= value and (self.active == node or parts.turned(self, node) ~= 0)
   if changed then
      value = new
      self.sound "change"
   end
   parts.clicked(self, node)
   local part = high > low and math.max(0, math.min(1, (value - low) / (high - low))) or 0
   parts.track(self, node, part, x + 4, y, length)
   show = show or (low == 0 and high == 1 and percent or plain)
   parts.text(self, node, "shown", words_of(node, value, show), x + width - VALUE, y, VALUE, self.theme.height, "right",
      parts.ink(self, node))
   return value, changed
end

--- By how many places the player went on: by the arrows on its sides, or by activating it.
local function steps_of(page, node, left, width)
   local turn = parts.turned(page, node)
   if parts.clicked(page, node) then
      turn = page.by_mouse and page.touch_x >= left and page.touch_x < left + width / 2 and -1 or 1
   end
   return turn
end

--- One of several words.
---@param words string
---@param index integer of the chosen one
---@param choices string[]
---@return integer index
---@return boolean changed in this step
function controls:choice(words, index, choices)
   check.number(index, "page:choice", "index")
   check.table(choices, "page:choice", "choices")
   local theme = self.theme
   local node, x, y, width = parts.labelled(self, words)
   node.turns = true
   local turn = steps_of(self, node, x - node.x, width)
   local changed = turn ~= 0 and #choices > 1
   if changed then
      index = (index - 1 + turn) % #choices + 1
      self.sound "change"
   end
   local color = node.enabled and theme.colors.accent or theme.colors.muted
   local middle = y + math.floor((theme.height - 7) / 2)
   self.sheet:add("arrow", x + 4, middle, 4, 7, color, -1)
   self.sheet:add("arrow", x + width - 8, middle, 4, 7, color, 1)
   parts.text(self, node, "shown", choices[index] or "", x + 12, y, width - 24, theme.height, "center",
      parts.ink(self, node))
   return index, changed
end

--- The focus goes to what was made last, from the next step on.
function controls:focus() self.focused[self.level] = self.last end

return controls
