-- The prompt: lines of Lua, run in the game's environment, with history and completion.

local board = require "console.board"
local completion = require "console.completion"
local inspector = require "inspector"
local line = require "console.line"
local pretty = require "console.pretty"
local storage = require "storage"

local prompt = { name = "prompt" }

local FILE, KEPT, ROWS = "console-history.txt", 100, 400

local input = line.new()
local rows = {} -- {text, color}
local history ---@type string[]
local place = 0 -- in the history; 0: a new line
local draft = "" -- the new line, while older ones are looked at
local scroll, furthest = 0, 0
local offered = {} ---@type string[]

-- ---- history --------------------------------------------------------------------------------

local function load_history()
   history = {}
   for each in (storage.read(FILE) or ""):gmatch "[^\n]+" do history[#history + 1] = each end
end

local function remember(text)
   if history[#history] == text then return end
   history[#history + 1] = text
   while #history > KEPT do table.remove(history, 1) end
   local ok, why = storage.write(FILE, table.concat(history, "\n") .. "\n")
   if not ok then prompt.say(("the history is not kept: %s"):format(why), "warn") end
end

local function recall(step)
   if place == 0 then draft = input.text end
   place = math.max(0, math.min(#history, place + step))
   input:set(place == 0 and draft or history[#history - place + 1])
end

-- ---- running --------------------------------------------------------------------------------

--- Writes a text below what there is.
---@param text string
---@param color string one of board.colors
function prompt.say(text, color)
   board.wrap(rows, text, color, board.width - 12)
   while #rows > ROWS do table.remove(rows, 1) end
   scroll = 0
end

local function tell(ok, ...)
   if not ok then
      prompt.say((tostring((...)):gsub("\nstack traceback:.*", "")), "bad")
      return
   end
   local count = select("#", ...)
   for index = 1, count do prompt.say(pretty.show((select(index, ...))), "info") end
end

--- Runs a line, as if it had been written.
---@param text string
function prompt.run(text)
   if text:find "^%s*$" then return end
   prompt.say("> " .. text, "dim")
   remember(text)
   tell(inspector.evaluate(text, function(printed) prompt.say((printed:gsub("\t", "    ")), "text") end))
end

local function submit()
   local text = input.text
   input:set ""
   place = 0
   prompt.run(text)
end

local function complete()
   local names, prefix, shared = completion.of(input.text:sub(1, input.cursor))
   offered = #names > 1 and names or {}
   if #shared > #prefix then input:insert(shared:sub(#prefix + 1)) end
end

-- ---- the tab --------------------------------------------------------------------------------

local KEYS = {
   ["key:return"] = submit,
   ["key:keypad enter"] = submit,
   ["key:tab"] = complete,
   ["key:up"] = function() recall(1) end,
   ["key:down"] = function() recall(-1) end,
   ["key:pageup"] = function() scroll = math.min(furthest, scroll + 5) end,
   ["key:pagedown"] = function() scroll = math.max(0, scroll - 5) end,
}

function prompt.open()
   if not history then load_history() end
end

---@param key string
function prompt.key(key)
   local does = KEYS[key]
   if key ~= "key:tab" then offered = {} end
   if does then does() else input:key(key) end
end

---@param text string
function prompt.text(text)
   offered = {}
   input:insert(text)
end

--- Puts a text where the next line is written.
---@param text string
function prompt.write(text) input:set(text) end

---@param turns number
function prompt.wheel(turns) scroll = math.max(0, math.min(furthest, scroll + 3 * turns)) end

--- Draws what a name may become; returns where that begins.
local function draw_offered(bottom)
   if #offered == 0 then return bottom end
   local top = bottom - board.line - 2
   board.fill("bar", 0, top, board.width, board.line + 2)
   board.print(board.cut(table.concat(offered, "  "), board.width - 12), 6, top + 2, "warn")
   return top
end

---@param top number
---@param bottom number
function prompt.draw(top, bottom)
   local y = bottom - board.line - 2
   furthest = board.rows(rows, top + 2, draw_offered(y - 1) - 1, scroll)
   board.fill("bar", 0, y - 1, board.width, board.line + 3)
   local x = board.print("> ", 6, y + 1, "edge")
   -- Of a line that is too long, what stands around the cursor.
   local shown, at = input.text, board.text_width(input.text:sub(1, input.cursor))
   local shift = math.max(0, at - (board.width - x - 12))
   board.print(shown, x - shift, y + 1, "white")
   board.fill("edge", x - shift + at, y, 1, board.line)
   if shift > 0 then
      board.fill("bar", 0, y - 1, x, board.line + 3)
      board.print("> ", 6, y + 1, "edge")
   end
end

--- What is written at the moment, and what there is to see above it.
---@return string line
---@return string[] rows
function prompt.content()
   local texts = {}
   for index, each in ipairs(rows) do texts[index] = each[1] end
   return input.text, texts
end

return prompt
