-- What the library says of wrong arguments: one line, with function, parameter, what was expected and what came, blamed on
-- the line of the game that called. Checks that pass cost nothing once they are compiled.
--
--   function audio.stop(name)
--      check.string(name, "audio.stop", "name")

local misuse = require "misuse"

local check = {}

local LONGEST = 40 -- bytes of a text that is told

--- A value as messages tell it, in one line.
---@param value any
---@return string
function check.describe(value)
   local kind = type(value)
   if kind == "string" then
      return ("%q"):format(#value > LONGEST and value:sub(1, LONGEST) .. "..." or value):gsub("\\\n", "\\n")
   end
   return (kind == "number" or kind == "boolean" or kind == "userdata") and tostring(value) or kind
end

local function sorted_names(of)
   local names = {}
   for name in pairs(of) do
      if type(name) == "string" then names[#names + 1] = name end
   end
   table.sort(names)
   return names
end

--- Raises any message, blamed on the game's line.
---@param message string
---@param ... any for string.format
function check.fail(message, ...) misuse.raise(message:format(...)) end

--- Raises that a parameter is not what was expected.
---@param value any what came
---@param called string the function: "graphics.color"
---@param parameter string
---@param expected string "number from 0 on"
---@param hint string? what to do
function check.expected(value, called, parameter, expected, hint)
   misuse.raise(("%s: %s: %s expected, got %s%s"):format(called, parameter, expected, check.describe(value), hint or ""))
end

local function of_type(value, kind, called, parameter)
   if type(value) ~= kind then check.expected(value, called, parameter, kind) end
end

---@param value any
---@param called string
---@param parameter string
function check.number(value, called, parameter) of_type(value, "number", called, parameter) end
---@param value any
---@param called string
---@param parameter string
function check.string(value, called, parameter) of_type(value, "string", called, parameter) end
---@param value any
---@param called string
---@param parameter string
function check.table(value, called, parameter) of_type(value, "table", called, parameter) end
--- What can be called, as a listener.
---@param value any
---@param called string
---@param parameter string
function check.call(value, called, parameter) of_type(value, "function", called, parameter) end

--- A time, as "seconds".
---@param value any
---@param called string
---@param parameter string
function check.from_zero(value, called, parameter)
   if type(value) ~= "number" or not (value >= 0) then check.expected(value, called, parameter, "number from 0 on") end
end

---@param value any
---@param called string
---@param parameter string
function check.above_zero(value, called, parameter)
   if type(value) ~= "number" or not (value > 0) then check.expected(value, called, parameter, "number above 0") end
end

--- What `of` has under that name.
---@generic T
---@param value any
---@param of table<string, T>
---@param called string
---@param parameter string
---@return T
function check.one_of(value, of, called, parameter)
   local found = of[value or false]
   if found ~= nil then return found end
   local names = sorted_names(of)
   local quoted = {}
   for index, name in ipairs(names) do quoted[index] = ("%q"):format(name) end
   local expected = #names <= 8 and table.concat(quoted, ", "):gsub(", ([^,]*)$", " or %1") or "a known name"
   check.expected(value, called, parameter, expected, #names > 1 and check.near(value, names) or "")
   return found
end

--- ' (did you mean "left"?)', or "".
---@param name any
---@param names string[]
---@return string
function check.near(name, names)
   local hint = misuse.suggest(name, names)
   return hint:find("did you mean", 1, true) and hint or ""
end

local looked_at = setmetatable({}, { __mode = "k" })

--- Warns, once, of functions whose names are nearly those of callbacks that `of` has not: they would never be called.
---@param of table
---@param callbacks table<string, any> by name
---@param words string "main.lua"
function check.callbacks(of, callbacks, words)
   if looked_at[of] then return end
   looked_at[of] = true
   local missing = {}
   for _, name in ipairs(sorted_names(callbacks)) do
      if of[name] == nil then missing[#missing + 1] = name end
   end
   for _, name in ipairs(sorted_names(of)) do
      local near = type(of[name]) == "function" and not callbacks[name] and check.near(name, missing) or ""
      if near ~= "" then require("log").warn("%s has %q, which nobody calls%s", words, name, near) end
   end
end

--- A table of options, or nil: those that there are, each of its type.
---@param options any
---@param types table<string, string> by name: type
---@param called string
function check.options(options, types, called)
   if options == nil then return end
   check.table(options, called, "options")
   for name, value in pairs(options) do
      local kind = types[name]
      if not kind then
         check.fail("%s: there is no option %s%s", called, check.describe(name), check.near(name, sorted_names(types)))
      elseif type(value) ~= kind then
         check.expected(value, called, name, kind)
      end
   end
end

return check
