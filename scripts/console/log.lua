-- The last lines of the log.

local board = require "console.board"
local log = require "log"

local tab = { name = "log" }

local COLORS = { debug = "faint", info = "text", warning = "warn", error = "bad" }
local SHOWN = 120 -- lines; the newest

local rows, told = {}, 0 -- and the number of the newest line in them
local scroll, furthest = 0, 0

local function refresh()
   if told == log.count() then return end
   told, rows = log.count(), {}
   for _, line in ipairs(log.lines(SHOWN)) do
      local text = ("%7.2f %s: %s"):format(line.time, line.source, line.text)
      board.wrap(rows, text, COLORS[line.level], board.width - 12)
   end
end

local function scroll_by(count) scroll = math.max(0, math.min(furthest, scroll + count)) end

local KEYS = { ["key:pageup"] = 5, ["key:pagedown"] = -5, ["key:up"] = 1, ["key:down"] = -1, ["key:end"] = -math.huge }

---@param key string
function tab.key(key)
   if KEYS[key] then scroll_by(KEYS[key]) end
end

---@param turns number
function tab.wheel(turns) scroll_by(3 * turns) end

---@param top number
---@param bottom number
function tab.draw(top, bottom)
   refresh()
   furthest = board.rows(rows, top + 2, bottom - 2, scroll)
end

return tab
