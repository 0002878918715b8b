-- The patches: their states, what they override, what that costs; switched off and on, and rolled back.
--
-- Calls are timed while this is looked at, and only then.

local board = require "console.board"
local input = require "input"
local inspector = require "inspector"
local menu = require "console.menu"

local tab = { name = "patches" }

local COLORS = {
   staged = "dim", trial = "warn", active = "good", removed = "faint", refused = "bad", quarantined = "bad",
}
local COLUMNS = { { "time a call", 6 }, { "errors", 90 }, { "calls", 140 } } -- names, from the right edge

local list = menu.new()
local rows = {} ---@type { patch: InspectedPatch, layer: InspectedLayer?, text: string?, color: string? }[]
local buttons = {} ---@type { x: number, y: number, width: number, does: fun(patch: InspectedPatch), patch: InspectedPatch }[]

-- ---- what there is --------------------------------------------------------------------------

--- "1,234,567"
local function grouped(number)
   local text = ("%d"):format(number):reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
   return text
end

--- A row for the patch, one for each of its overrides, and one for why it is what it is.
local function look()
   rows = {}
   for _, patch in ipairs(inspector.patches()) do
      rows[#rows + 1] = { patch = patch }
      for index, where in ipairs(patch.overrides) do
         local layer = patch.layers[index]
         local text = layer and layer.mode ~= "override" and layer.mode .. " " .. where or where
         rows[#rows + 1] = { patch = patch, layer = layer, text = text, color = "text" }
      end
      if patch.cause and patch.cause ~= "" then rows[#rows + 1] = { patch = patch, text = patch.cause, color = "bad" } end
   end
end

-- ---- what may be done -----------------------------------------------------------------------

local function switch(patch) inspector.switch(patch.file, patch.is_off) end
local function take_back(patch) inspector.take_back(patch.file) end

local KEYS = { ["key:return"] = switch, ["key:space"] = switch, ["key:delete"] = take_back }

function tab.open() inspector.measure(true) end
function tab.close() inspector.measure(false) end

---@param key string
function tab.key(key)
   local row, does = rows[list.chosen], KEYS[key]
   if does and row and row.patch.in_effect then
      does(row.patch)
   else
      list:key(key)
   end
end

---@param turns number
function tab.wheel(turns) list:wheel(turns) end

local function is_inside(button, x, y)
   return x >= button.x and x < button.x + button.width and y >= button.y and y < button.y + board.line
end

---@param x number
---@param y number
function tab.click(x, y)
   list:choose(list:row_at(y) or list.chosen)
   for _, button in ipairs(buttons) do
      if is_inside(button, x, y) then button.does(button.patch) end
   end
end

-- ---- drawing --------------------------------------------------------------------------------

local function print_right(text, from_right, y, color)
   board.print(text, board.width - from_right - board.text_width(text), y, color)
end

--- Draws a button that ends at `right`; returns where it begins.
local function draw_button(text, does, patch, right, y)
   local width = board.text_width(text) + 8
   local button = { x = right - width, y = y, width = width, does = does, patch = patch }
   buttons[#buttons + 1] = button
   local x, pointer = input.mouse()
   board.fill(is_inside(button, x, pointer) and "edge" or "button", button.x, y, width, board.line - 1)
   board.print(text, button.x + 4, y, "white")
   return button.x
end

local function draw_patch(patch, y)
   local x = board.print(patch.id, 6, y, "white")
   local color = patch.is_off and "faint" or COLORS[patch.state]
   board.print(patch.state .. (patch.is_off and ", disabled" or ""), x + 8, y, color)
   if not patch.in_effect then return end
   local left = draw_button(patch.has_good and "roll back" or "take away", take_back, patch, board.width - 6, y)
   draw_button(patch.is_off and "enable" or "disable", switch, patch, left - 4, y)
end

local function draw_row(row, y)
   if not row.text then return draw_patch(row.patch, y) end
   local layer = row.layer
   board.print(board.cut(row.text, board.width - (layer and 220 or 28)), 16, y, row.patch.is_off and "faint" or row.color)
   if not layer then return end
   print_right(layer.time and ("%.2f us"):format(layer.time * 1e6) or "-", COLUMNS[1][2], y, "dim")
   print_right(grouped(layer.errors), COLUMNS[2][2], y, layer.errors > 0 and "bad" or "dim")
   print_right(grouped(layer.calls), COLUMNS[3][2], y, "dim")
end

---@param top number
---@param bottom number
function tab.draw(top, bottom)
   buttons = {}
   look()
   if #rows == 0 then
      board.print("there is no patch", 6, top + 2, "dim")
      return
   end
   for _, column in ipairs(COLUMNS) do print_right(column[1], column[2], top + 2, "faint") end
   board.print("enter: disable, enable   delete: roll back", 6, top + 2, "faint")
   list:draw(rows, top + 2 + board.line, bottom, draw_row)
end

return tab
