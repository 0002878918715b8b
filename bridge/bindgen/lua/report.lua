-- What is said to people, in the manner of compilers: the place, the reason, the line of the source with
-- a caret below it, and the way out.
--
--     enemy.h:12:25: error: Enemy.path: type 'int64_t' cannot be bound: ...
--         MP_PROPERTY int64_t path;
--                             ^~~~
--     enemy.h:12:25: note: use a 32-bit integer, ...

local report = { coloured = false }

---@class Fault
---@field file string       "" where there is none, as with a wrong argument of the compiler
---@field line number?      nil: only the file is known
---@field column number?    in bytes, from 1; nil: only the line is known
---@field text string
---@field severity string?  "error" if not said; or "warning", "note"
---@field way_out string?   what to do about it
---@field notes Fault[]?    other places that have to do with it

local COLOURS = {
   error = "\27[1;31m", warning = "\27[1;35m", note = "\27[1;36m", caret = "\27[1;32m", bold = "\27[1m",
}

local function paint(colour, text)
   return report.coloured and COLOURS[colour] .. text .. "\27[0m" or text
end

-- ---- the source -----------------------------------------------------------------------------

local LONGEST_LINE = 200 -- a line that does not fit a screen shows nothing

local sources = {} -- {[path] = lines}

--- The lines of a file; none if it cannot be read: messages do without them.
local function lines_of(path)
   if not sources[path] then
      sources[path] = {}
      local file = io.open(path, "rb")
      for line in (file and file:read("*a") or ""):gmatch("([^\n]*)\n?") do table.insert(sources[path], line) end
      if file then file:close() end
   end
   return sources[path]
end

--- The line without what would move a terminal's cursor, and the marks that go below it.
local function excerpt(fault)
   local line = fault.line and lines_of(fault.file)[fault.line]
   local column = fault.column
   if not line or not column or #line > LONGEST_LINE or column > #line + 1 then return nil end
   -- One column for each character: tabs stay tabs, and UTF-8 counts by its first bytes.
   local before = line:sub(1, column - 1):gsub("[\128-\191]", ""):gsub("[^\t]", " ")
   local name = line:match("^[%w_]+", column) or "?"
   return line:gsub("\r$", ""):gsub("[^\t\32-\126\128-\255]", "?"), before .. "^" .. ("~"):rep(#name - 1)
end

-- ---- writing --------------------------------------------------------------------------------

local function place_of(fault)
   if fault.file == "" then return "moonpatch-bindgen" end
   if not fault.line then return fault.file end
   return ("%s:%d"):format(fault.file, fault.line) .. (fault.column and ":" .. fault.column or "")
end

local function write_head(fault, severity, text)
   local body = severity == "note" and text or paint("bold", text)
   io.stderr:write(paint("bold", place_of(fault) .. ": "), paint(severity, severity .. ": "), body, "\n")
end

local function write_fault(fault)
   write_head(fault, fault.severity or "error", fault.text)
   local line, marks = excerpt(fault)
   if line then io.stderr:write(line, "\n", paint("caret", marks), "\n") end
   if fault.way_out then write_head(fault, "note", fault.way_out) end
   for _, note in ipairs(fault.notes or {}) do write_fault(note) end
end

--- The faults in the order of their places, each once.
local function sorted(faults)
   local list, seen = {}, {}
   for _, fault in ipairs(faults) do
      local key = table.concat({ fault.file, fault.line or 0, fault.column or 0, fault.text }, "\0")
      if not seen[key] then list[#list + 1] = { fault = fault, index = #list } end
      seen[key] = true
   end
   table.sort(list, function(a, b)
      local one, other = a.fault, b.fault
      if one.file ~= other.file then return one.file < other.file end
      if one.line ~= other.line then return (one.line or 0) < (other.line or 0) end
      if one.column ~= other.column then return (one.column or 0) < (other.column or 0) end
      return a.index < b.index
   end)
   return list
end

local function count_of(count, word) return ("%d %s%s"):format(count, word, count == 1 and "" or "s") end

--- Tells of the faults and how many there are. Returns whether one of them is an error.
function report.faults(faults)
   local counts = { error = 0, warning = 0 }
   for _, entry in ipairs(sorted(faults)) do
      local severity = entry.fault.severity or "error"
      counts[severity] = counts[severity] + 1
      write_fault(entry.fault)
   end
   local words = {}
   for _, severity in ipairs { "warning", "error" } do
      if counts[severity] > 0 then words[#words + 1] = count_of(counts[severity], severity) end
   end
   if #words > 0 then io.stderr:write(table.concat(words, " and "), "\n") end
   return counts.error > 0
end

--- Ends the program over a mistake in its use: one line, exit code 2.
function report.fail(format, ...)
   write_head({ file = "" }, "error", format:format(...))
   os.exit(2)
end

return report
