-- Where the time of the last frames went, and what scripts hold.

local board = require "console.board"
local graphics = require "graphics"

local tab = { name = "frame" }

local meter = native.meter

local PARTS = { "patches", "update", "draw", "collect", "show" } -- as meter.h numbers them, from 0 on
local COLORS = { "faint", "info", "good", "bad", "warn" }
local FRAMES, GOAL = 239, 1000 / 60

local function average(part)
   local sum = 0
   for frame = 1, 60 do sum = sum + meter:read(frame, part - 1) end
   return sum / 60
end

local function draw_legend(y)
   local x = 6
   for part, name in ipairs(PARTS) do
      board.fill(COLORS[part], x, y + 3, 5, 5)
      x = board.print(("%s %.2f"):format(name, average(part)), x + 8, y, "text") + 8
   end
end

--- One frame, its parts on top of each other.
local function draw_column(frame, x, width, bottom, scale)
   local y = bottom
   for part = 1, #PARTS do
      local height = meter:read(frame, part - 1) * scale
      if height > 0.2 then board.fill(COLORS[part], x, y - height, width, height) end
      y = y - height
   end
end

--- What the last second came to, in words.
---@return string
function tab.summary()
   local total = 0
   for part = 1, #PARTS do total = total + average(part) end
   return ("%.2f ms a frame, mean of 60; scripts hold %.2f MB"):format(total, meter.memory / 2 ^ 20)
end

---@param top number
---@param bottom number
function tab.draw(top, bottom)
   board.print(tab.summary(), 6, top + 2, "white")
   draw_legend(top + 2 + board.line)
   local high = top + 6 + 2 * board.line
   local scale = (bottom - high - 4) / (2 * GOAL) -- two frames at 60 a second fill it
   local width = (board.width - 12) / FRAMES
   graphics.clip(0, high, board.width, bottom - high)
   for frame = 1, FRAMES do draw_column(frame, board.width - 6 - frame * width, width, bottom - 2, scale) end
   local goal = bottom - 2 - GOAL * scale
   board.fill("hover", 6, goal, board.width - 12, 1)
   board.print("16.7 ms", 8, goal - board.line, "dim")
end

return tab
