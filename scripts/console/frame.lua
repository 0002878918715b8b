-- Where the time of the last frames went, and what scripts hold. Which of it is Lua's, and not that of the C
-- that Lua calls, is found out by looking now and then while this is open.

local board = require "console.board"
local graphics = require "graphics"

local tab = { name = "frame" }

local meter = native.meter

local PARTS = { "patches", "update", "draw", "collect", "show" } -- as meter.h numbers them, from 0 on
local COLORS = { "faint", "info", "good", "bad", "warn" }
local NATIVE = { [2] = "info_native", [3] = "good_native" } -- of the parts that C has a share of
local FRAMES, GOAL = 239, 1000 / 60

local function average(part)
   local sum = 0
   for frame = 1, 60 do sum = sum + meter:read(frame, part - 1) end
   return sum / 60
end

--- Lua's share of a part; 1 where C has none.
local function share(part)
   local known = NATIVE[part] and meter:share(part - 1) or 1
   return known < 0 and 1 or known
end

--- A part in words: "update 3.10, Lua 1.20".
---@param part integer from 1 on
---@return string
function tab.describe(part)
   local time = average(part)
   local text = ("%s %.2f"):format(PARTS[part], time)
   local known = NATIVE[part] and meter:share(part - 1) or -1
   return known < 0 and text or ("%s, Lua %.2f"):format(text, time * known)
end

local function draw_legend(y)
   local x = 6
   for part in ipairs(PARTS) do
      board.fill(COLORS[part], x, y + 3, 5, 5)
      x = board.print(tab.describe(part), x + 8, y, "text") + 8
   end
end

--- One frame, its parts on top of each other, and within a part C on top of Lua.
local function draw_column(frame, x, width, bottom, scale, shares)
   local y = bottom
   for part = 1, #PARTS do
      local height = meter:read(frame, part - 1) * scale
      local lua = height * shares[part]
      if lua > 0.2 then board.fill(COLORS[part], x, y - lua, width, lua) end
      if height - lua > 0.2 then board.fill(NATIVE[part], x, y - height, width, height - lua) end
      y = y - height
   end
end

function tab.open() meter.sampling = true end

function tab.close() meter.sampling = false end

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
   local shares = {}
   for part = 1, #PARTS do shares[part] = share(part) end
   for frame = 1, FRAMES do draw_column(frame, board.width - 6 - frame * width, width, bottom - 2, scale, shares) end
   local goal = bottom - 2 - GOAL * scale
   board.fill("hover", 6, goal, board.width - 12, 1)
   board.print("16.7 ms", 8, goal - board.line, "dim")
end

return tab
