-- The log: what the game has to say, beside what the engine says, to the terminal, the log file, and
-- to sinks of the game's own.
--
--   local log = require "log".of "waves"         -- a source has a level of its own
--   log:info("wave %d: %s", number, name)        -- as string.format
--   log:debug "only when somebody asked for it"
--
--   local log = require "log"
--   log.warn("no %s", what)                      -- from the source "game"
--   log.set_level("debug", "waves")
--   local sink = log.add_sink(function(line) ... line.level, line.time, line.source, line.text end)
--
-- Sinks hear lines between two frames, because other threads log too.

local check = require "library.check"

local ring = native.log

local log = {}

---@alias LogLevel "debug"|"info"|"warning"|"error"

---@class LogLine
---@field number integer  lines are counted from 1 on
---@field level LogLevel
---@field time number     seconds since the start
---@field source string   the name that was given to log.of, or "engine"
---@field text string

---@class LogSource
---@field package name string
---@field package level? integer  nil: that of all
local LogSource = {}
LogSource.__index = LogSource
LogSource.__name = "log"

local NAMES = { [0] = "debug", "info", "warning", "error" }
local NUMBERS = { debug = 0, info = 1, warning = 2, error = 3 }
local SOURCE_LIMIT = 31

local sources = {} ---@type table<string, LogSource>

-- ---- writing --------------------------------------------------------------------------------

local function check_name(name, called)
   if type(name) ~= "string" or name == "" or #name > SOURCE_LIMIT then
      check.expected(name, called, "source", ("name of 1 to %d bytes"):format(SOURCE_LIMIT))
   end
end

local function find(name)
   local source = sources[name] or setmetatable({ name = name }, LogSource)
   sources[name] = source
   return source
end

--- The source of that name: a part of the game whose lines start with it, and that has a level.
---@param name string at most 31 bytes
---@return LogSource
function log.of(name)
   check_name(name, "log.of")
   return find(name)
end

local function write(source, level, format, ...)
   if level < (source.level or ring.level) then return end
   local text = tostring(format)
   if select("#", ...) > 0 then
      local ok, formatted = pcall(string.format, text, ...)
      if not ok then check.fail("log: %s", formatted) end
      text = formatted
   end
   ring:write(level, source.name, (text:gsub("%z", "?")))
end

local game = find "game"

--- Writes a line for those who look for a fault. With more arguments, as string.format.
---@param format any
---@param ... any
function LogSource:debug(format, ...) write(self, 0, format, ...) end
--- Writes a line about what happens.
---@param format any
---@param ... any
function LogSource:info(format, ...) write(self, 1, format, ...) end
--- Writes a line about something that is wrong, and the game goes on.
---@param format any
---@param ... any
function LogSource:warn(format, ...) write(self, 2, format, ...) end
--- Writes a line about something that did not work.
---@param format any
---@param ... any
function LogSource:error(format, ...) write(self, 3, format, ...) end

--- The same four, from the source "game".
---@param format any
---@param ... any
function log.debug(format, ...) write(game, 0, format, ...) end
---@param format any
---@param ... any
function log.info(format, ...) write(game, 1, format, ...) end
---@param format any
---@param ... any
function log.warn(format, ...) write(game, 2, format, ...) end
---@param format any
---@param ... any
function log.error(format, ...) write(game, 3, format, ...) end

-- ---- levels ---------------------------------------------------------------------------------

--- Lines below `level` are dropped: those of one source, or of the engine and all sources that have
--- no level of their own. "info" at the start.
---@param level LogLevel
---@param source? string
function log.set_level(level, source)
   local number = check.one_of(level, NUMBERS, "log.set_level", "level")
   if not source then
      ring.level = number
      return
   end
   check_name(source, "log.set_level")
   find(source).level = number
end

--- The level of a source, or of all that have none of their own.
---@param source? string
---@return LogLevel
function log.level(source)
   local own = source and sources[source] and sources[source].level
   return NAMES[own or ring.level]
end

-- ---- reading --------------------------------------------------------------------------------

local function read(number)
   local text, level, source, seconds = ring:read(number)
   return text and { number = number, level = NAMES[level], time = seconds, source = source, text = text } or nil
end

--- The number of the newest line.
---@return integer
function log.count() return ring.count end

--- The last lines, the oldest first. The log keeps 500.
---@param count? integer at most that many
---@return LogLine[]
function log.lines(count)
   if count then check.number(count, "log.lines", "count") end
   local newest, lines = ring.count, {}
   for number = math.max(1, newest - (count or newest) + 1), newest do lines[#lines + 1] = read(number) end
   return lines
end

-- ---- sinks ----------------------------------------------------------------------------------

---@class LogSink
---@field package call fun(line: LogLine)
---@field package gone? boolean
local LogSink = {}
LogSink.__index = LogSink

local sinks = {} ---@type LogSink[]
local told = 0 -- the number of the last line that sinks heard

--- Calls `call` with every line from now on, those of the engine too, between two frames. A sink
--- that fails is taken away.
---@param call fun(line: LogLine)
---@return LogSink
function log.add_sink(call)
   check.call(call, "log.add_sink", "call")
   if #sinks == 0 then told = ring.count end
   local sink = setmetatable({ call = call }, LogSink)
   sinks[#sinks + 1] = sink
   return sink
end

--- Takes the sink away; may be called while it hears a line.
function LogSink:remove()
   self.gone = true
   for index, each in ipairs(sinks) do
      if each == self then
         table.remove(sinks, index)
         return
      end
   end
end

local function tell(line)
   for index = #sinks, 1, -1 do
      local sink = sinks[index]
      local ok, why = true, nil
      if sink and is_gone(sink.call) then sink:remove() end
      if sink and not sink.gone then ok, why = pcall(sink.call, line) end
      if not ok then
         sink:remove()
         log.error("a sink was taken away: %s", why)
      end
   end
end

--- Tells the sinks what was logged since the last time. The host does this before each picture.
function log.update()
   if #sinks == 0 or ring.count == told then return end
   local first, newest = told + 1, ring.count
   told = newest -- what sinks log themselves is for the next time
   for number = math.max(first, newest - 499), newest do
      local line = read(number)
      if line then tell(line) end
   end
end

return log
