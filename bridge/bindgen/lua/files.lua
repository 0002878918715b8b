-- Reading and writing files. What cannot be read or written ends the program.

local report = require "report"

local files = {}

function files.read(path)
   local file, why = io.open(path, "rb")
   if not file then report.fail("cannot read %s", why) end
   local text, fault = file:read("*a")
   file:close()
   return text or report.fail("cannot read %s: %s", path, fault)
end

local function holds(path, text)
   local file = io.open(path, "rb")
   if not file then return false end
   local same = file:read("*a") == text
   file:close()
   return same
end

--- Writes only what changed, so that nothing is rebuilt for nothing.
function files.write(path, text)
   if holds(path, text) then return end
   local file, why = io.open(path, "wb")
   if not file then report.fail("cannot write %s", why) end
   file:write(text)
   file:close()
end

local function plain(path)
   path = path:gsub("[/\\]+", "/"):gsub("/%./", "/"):gsub("^%./", "")
   return path
end

--- Whether two paths are the same, however they are written; links are not followed.
function files.is_same(a, b) return plain(a) == plain(b) end

--- "src/raider.h" -> "raider"
function files.stem(path) return path:match("([^/\\]+)%.%w+$") or path end

--- A make-style dependency file.
function files.write_dependencies(path, output, inputs)
   local escaped = {}
   for index, input in ipairs(inputs) do escaped[index] = input:gsub("([ #])", "\\%1"):gsub("%$", "$$") end
   files.write(path, ("%s: %s\n"):format(output, table.concat(escaped, " ")))
end

return files
