-- The patches: their states, what they override, calls and errors; and a button that takes one away.

local board = require "console.board"
local input = require "input"
local inspector = require "inspector"

local tab = { name = "patches" }

local COLORS = {
   staged = "dim", trial = "warn", active = "good", removed = "faint", refused = "bad", quarantined = "bad",
}

local buttons = {} ---@type { x: number, y: number, width: number, file: string }[]  as they were drawn last
local first = 0 -- patches above the ones that are seen

local function is_inside(button, x, y)
   return x >= button.x and x < button.x + button.width and y >= button.y and y < button.y + board.line
end

local function draw_button(patch, y)
   local text = patch.has_good and "roll back" or "disable"
   local width = board.text_width(text) + 8
   local button = { x = board.width - 6 - width, y = y, width = width, file = patch.file }
   buttons[#buttons + 1] = button
   local x, pointer_y = input.mouse()
   board.fill(is_inside(button, x, pointer_y) and "hover" or "bar", button.x, y, width, board.line)
   board.print(text, button.x + 4, y, "warn")
end

--- Draws one patch; returns where the next one begins.
local function draw_patch(patch, y)
   if patch.in_effect then draw_button(patch, y) end
   local x = board.print(patch.id, 6, y, "white")
   x = board.print(patch.state, x + 8, y, COLORS[patch.state])
   board.print(("%d calls, %d errors"):format(patch.calls, patch.errors), x + 8, y, patch.errors > 0 and "bad" or "dim")
   y = y + board.line
   for index = 1, #patch.overrides do
      board.print(board.cut(patch.overrides[index], board.width - 28), 16, y, "dim")
      y = y + board.line
   end
   if patch.cause and patch.cause ~= "" then
      board.print(board.cut(patch.cause, board.width - 28), 16, y, "bad")
      y = y + board.line
   end
   return y + 2
end

---@param x number
---@param y number
function tab.click(x, y)
   for _, button in ipairs(buttons) do
      if is_inside(button, x, y) then inspector.take_back(button.file) end
   end
end

---@param turns number
function tab.wheel(turns) first = math.max(0, math.min(#inspector.patches() - 1, first - turns)) end

---@param key string
function tab.key(key)
   if key == "key:up" then tab.wheel(1) end
   if key == "key:down" then tab.wheel(-1) end
end

---@param top number
---@param bottom number
function tab.draw(top, bottom)
   buttons = {}
   local list = inspector.patches()
   if #list == 0 then board.print("there is no patch", 6, top + 3, "dim") end
   local y = top + 3
   for index = math.floor(first) + 1, #list do
      if y > bottom then return end
      y = draw_patch(list[index], y)
   end
end

return tab
