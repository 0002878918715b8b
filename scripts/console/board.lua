-- What the console draws with: its font, its colours, texts that end where the room does.

local graphics = require "graphics"

local board = {}

local font = graphics.font "fonts/moon.txt"

board.line = font.height + 1
board.width, board.height = graphics.width, math.floor(graphics.height * 0.72)

board.colors = {
   back = { 0.03, 0.035, 0.07, 0.93 },
   bar = { 0.07, 0.08, 0.14, 0.97 },
   hover = { 0.15, 0.18, 0.28, 1 },
   button = { 0.17, 0.28, 0.38, 1 },
   edge = { 0.3, 0.75, 0.85, 1 },
   text = { 0.79, 0.83, 0.9, 1 },
   dim = { 0.5, 0.55, 0.66, 1 },
   faint = { 0.32, 0.36, 0.47, 1 },
   white = { 1, 1, 1, 1 },
   good = { 0.66, 0.91, 0.49, 1 },
   info = { 0.5, 0.85, 0.95, 1 },
   good_native = { 0.33, 0.46, 0.25, 1 },
   info_native = { 0.25, 0.43, 0.48, 1 },
   warn = { 1, 0.78, 0.4, 1 },
   bad = { 1, 0.5, 0.45, 1 },
}

local function set(color)
   local c = board.colors[color]
   graphics.color(c[1], c[2], c[3], c[4])
end

--- Fills a box with one of board.colors.
---@param color string
---@param x number
---@param y number
---@param width number
---@param height number
function board.fill(color, x, y, width, height)
   set(color)
   graphics.rectangle("fill", x, y, width, height)
end

---@param text string
---@return number
function board.text_width(text) return native.graphics:text_width(font, text) end

--- Prints one line; returns where it ends.
---@param text string
---@param x number
---@param y number
---@param color string
---@return number
function board.print(text, x, y, color)
   set(color)
   graphics.set_font(font)
   graphics.print(text, x, y)
   return x + board.text_width(text)
end

--- How many bytes of a text are at most that wide, by whole characters.
local function fitting(text, width)
   local low, high = 0, #text
   while low < high do
      local middle = math.ceil((low + high) / 2)
      if board.text_width(text:sub(1, middle)) <= width then low = middle else high = middle - 1 end
   end
   while low > 0 and (text:byte(low + 1) or 0) >= 128 and text:byte(low + 1) < 192 do low = low - 1 end
   return low
end

--- A text cut to a width.
---@param text string
---@param width number
---@return string
function board.cut(text, width)
   if board.text_width(text) <= width then return text end
   return text:sub(1, fitting(text, width - board.text_width "…")) .. "…"
end

--- Appends a text to `rows` of {text, color}, in as many as it needs.
---@param rows table[]
---@param text string
---@param color string
---@param width number
function board.wrap(rows, text, color, width)
   for each in (text .. "\n"):gmatch "([^\n]*)\n" do
      repeat
         local last = math.max(1, fitting(each, width))
         rows[#rows + 1] = { each:sub(1, last), color }
         each = each:sub(last + 1)
      until each == ""
   end
end

--- Draws the last rows that fit above `bottom`, `scroll` rows earlier. Returns how far it can be scrolled.
---@param rows table[]
---@param top number
---@param bottom number
---@param scroll integer
---@return integer
function board.rows(rows, top, bottom, scroll)
   local shown = math.floor((bottom - top) / board.line)
   local last = math.max(0, #rows - shown)
   scroll = math.min(scroll, last)
   local newest = #rows - scroll
   local y = bottom - board.line
   for index = newest, math.max(1, newest - shown + 1), -1 do
      board.print(rows[index][1], 6, y, rows[index][2])
      y = y - board.line
   end
   return last
end

return board
