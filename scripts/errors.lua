-- The error screen: what went wrong in the game's scripts, over the last picture of the game. The engine
-- calls it, see engine/app/halt.h. It draws with the engine's own functions alone, for the library may
-- be what is broken.

local board = native.graphics
local font = assert(board:load_font "assets/fonts/moon.txt")

local errors = {}

local LINE, PAD, HEAD, FOOT = font.height + 2, 12, 38, 40
local MARGIN = board.height < 240 and 4 or 16

local function rgb(hex)
   return native.Color(math.floor(hex / 65536) / 255, math.floor(hex / 256) % 256 / 255, hex % 256 / 255, 1)
end

local SHADE, PANEL = native.Color(0.01, 0.01, 0.03, 0.62), native.Color(0.055, 0.06, 0.1, 0.9)
local CODE, MARK = native.Color(0.02, 0.022, 0.045, 0.9), native.Color(0.62, 0.1, 0.16, 0.5)
local RED, WHITE, TEXT, DIM, FAINT = rgb(0xff4d5e), rgb(0xffffff), rgb(0xc9d1e6), rgb(0x8a93ad), rgb(0x565f7d)
local KEYWORD, STRING, NUMBER, COMMENT, NAME = rgb(0xff9e64), rgb(0x9ece6a), rgb(0x7dcfff), rgb(0x667299), rgb(0x7fd4e8)

local KEYWORDS = {}
for word in ("and break do else elseif end false for function goto if in local nil not or repeat return then true until while")
   :gmatch "%a+" do
   KEYWORDS[word] = true
end

---@class ErrorRow  a line of the screen, of texts with their colours, one after the other
---@field indent number
---@field back Color?  what it lies on
---@field number string?
---@field [integer] string|Color

local rows = {} ---@type ErrorRow[]
local place, reason = "", ""

-- ---- what there is to show ------------------------------------------------------------------

local function width(text) return board:text_width(font, text) end

--- Where a text must be cut to be at most that wide: behind a space, or else behind any character.
local function fitting(text, most)
   local low, high = 1, #text
   while low < high do
      local middle = math.ceil((low + high) / 2)
      if width(text:sub(1, middle)) <= most then low = middle else high = middle - 1 end
   end
   if low == #text then return low end
   local space = text:sub(1, low):match "^.*()[ /]"
   if space and space > low / 2 then return space end
   while low > 1 and (text:byte(low + 1) or 0) >= 128 and (text:byte(low + 1) or 0) < 192 do low = low - 1 end
   return low
end

local function add(row)
   rows[#rows + 1] = row
   return row
end

--- Adds a text in as many rows as it needs.
local function add_text(text, color, indent)
   local most = board.width - 2 * (MARGIN + PAD) - indent
   for line in (text .. "\n"):gmatch "([^\n]*)\n" do
      repeat
         local last = fitting(line, most)
         add { line:sub(1, last), color, indent = indent }
         line = line:sub(last + 1)
      until line == ""
   end
end

local function gap() add { indent = 0 } end

--- Adds a line of Lua to a row, word for word in its colour.
local function add_code(row, code)
   local at = 1
   while at <= #code do
      local text, color
      local function take(pattern, its)
         local _, last = code:find(pattern, at)
         if not text and last and last >= at then text, color = code:sub(at, last), its end
      end
      take("^%-%-.*", COMMENT)
      take('^"[^"]*"?', STRING)
      take("^'[^']*'?", STRING)
      take("^[%a_][%w_]*", TEXT)
      take("^%d[%w.]*", NUMBER)
      take("^[^%w_\"'-]+", DIM)
      take("^.", DIM)
      if KEYWORDS[text] then color = KEYWORD end
      row[#row + 1], row[#row + 2] = text, color
      at = at + #text
   end
end

local function add_excerpt(excerpt, first, line)
   if first == 0 then return end
   gap()
   local number = first
   for code in (excerpt .. "\n"):gmatch "([^\n]*)\n" do
      add_code(add { indent = 40, back = number == line and MARK or CODE, number = tostring(number) }, code)
      number = number + 1
   end
end

--- "scripts/main.lua:12: in update", and below it "    speed = 3"
local function add_trace(trace)
   if trace == "" then return end
   gap()
   add { "calls, innermost first", FAINT, indent = 0 }
   for line in trace:gmatch "[^\n]+" do
      local name, value = line:match "^    (.-) = (.*)$"
      local where, what = line:match "^(%S+:%d+): in (.*)$"
      if name then
         add { name, NAME, " = " .. value, DIM, indent = 16 }
      elseif where then
         add { where, DIM, "  " .. what, WHITE, indent = 0 }
      else
         add { line, DIM, indent = 0 }
      end
   end
end

--- Takes what there is to tell.
---@param where string in which function of the game it happened
---@param message string
---@param source string the script; "" if it is not known
---@param line integer
---@param first integer number of the excerpt's first line; 0 without one
---@param excerpt string lines of the script
---@param trace string see moonpatch/failure.h
function errors.show(where, message, source, line, first, excerpt, trace)
   local prefix = ("%s:%d: "):format(source, line)
   local named = source ~= "" and message:sub(1, #prefix) == prefix
   rows = {}
   place = source ~= "" and ("%s:%d"):format(source, line) or ""
   reason = "error " .. where
   add_text(named and message:sub(#prefix + 1) or message, WHITE, 0)
   add_excerpt(excerpt, first, line)
   add_trace(trace)
end

-- ---- drawing --------------------------------------------------------------------------------

local function fill(color, x, y, w, h)
   board:set_color(color)
   board:rectangle_fill(x, y, w, h)
end

local function print_at(text, x, y, color)
   board:set_color(color)
   board:print(font, text, x, y, 1)
   return x + width(text)
end

local function draw_row(row, y)
   local left, right = MARGIN + PAD, board.width - MARGIN - PAD
   if row.back then fill(row.back, left, y, right - left, LINE) end
   if row.number then print_at(row.number, left + 28 - width(row.number), y + 1, row.back == MARK and RED or FAINT) end
   if row.back == MARK then fill(RED, left, y, 2, LINE) end
   local x = left + row.indent
   for index = 1, #row, 2 do x = print_at(row[index], x, y + 1, row[index + 1]) end
end

local function draw_bar(scroll, last, shown, top)
   if last == 0 then return end
   local height = shown * LINE
   local part = math.max(12, math.floor(height * shown / #rows))
   fill(FAINT, board.width - MARGIN - 5, top + math.floor((height - part) * scroll / last + 0.5), 2, part)
end

local function draw_head()
   print_at(reason, MARGIN + PAD, MARGIN + 10, RED)
   print_at(place, board.width - MARGIN - PAD - width(place), MARGIN + 10, TEXT)
   fill(MARK, MARGIN + PAD, MARGIN + HEAD - 10, board.width - 2 * (MARGIN + PAD), 1)
end

local KEYS = { "Enter", "try again", "C", "copy", "Up Down", "scroll", "Esc", "quit" }

local function draw_foot(note)
   local x, y = MARGIN + PAD, board.height - MARGIN - FOOT + 6
   local file = place:match "^(.*):%d+$" or "the script"
   local hint = note ~= "" and note or ("correct %s, and the game goes on"):format(file)
   board:set_clip(native.Rect(x, y, board.width - 2 * x, FOOT))
   print_at(hint, x, y, note ~= "" and KEYWORD or STRING)
   for index = 1, #KEYS, 2 do
      x = print_at(KEYS[index], x, y + LINE, WHITE)
      x = print_at(KEYS[index + 1], x + 4, y + LINE, DIM) + 12
   end
   board:clear_clip()
end

--- Draws the screen. Returns how far it can be scrolled.
---@param scroll integer rows
---@param note string what came of the last attempt to go on; "" for nothing
---@return integer
function errors.draw(scroll, note)
   local top = MARGIN + HEAD
   local shown = math.max(1, math.floor((board.height - MARGIN - FOOT - top) / LINE))
   local last = math.max(0, #rows - shown)
   scroll = math.min(scroll, last)
   fill(SHADE, 0, 0, board.width, board.height)
   fill(PANEL, MARGIN, MARGIN, board.width - 2 * MARGIN, board.height - 2 * MARGIN)
   fill(RED, MARGIN, MARGIN, 3, board.height - 2 * MARGIN)
   draw_head()
   board:set_clip(native.Rect(MARGIN, top, board.width - 2 * MARGIN - PAD, shown * LINE))
   for index = 1, math.min(shown, #rows) do draw_row(rows[scroll + index], top + (index - 1) * LINE) end
   board:clear_clip()
   draw_bar(scroll, last, shown, top)
   draw_foot(note)
   return last
end

return errors
