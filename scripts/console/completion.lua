-- What a name that was begun may become: globals, modules, what is in tables, members of objects and of
-- native classes. Nothing is called on the way, but what reads a member.

local inspector = require "inspector"

local completion = {}

local KEYWORDS = {
   "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or",
   "repeat", "return", "then", "true", "until", "while",
}

--- "native.world" -> its value; nil when any part of it is not there.
---@param path string
---@return any
function completion.resolve(path)
   local content
   for name in path:gmatch "[%w_]+" do
      local ok, found
      if content == nil then
         ok, found = true, inspector.look(name)
      else
         ok, found = pcall(function() return content[name] end)
      end
      if not ok or found == nil then return nil end
      content = found
   end
   return content
end

local function starting_with(prefix, names)
   local found = {}
   for _, name in ipairs(names) do
      if name:sub(1, #prefix) == prefix and name:find "^[%a_][%w_]*$" then found[#found + 1] = name end
   end
   return found
end

local function of_path(path, separator, prefix)
   local content = completion.resolve(path)
   if content == nil then return {} end
   local found = starting_with(prefix, inspector.names(content))
   if separator == "." then return found end
   local methods = {} -- what can stand behind a colon
   for _, name in ipairs(found) do
      local ok, member = pcall(function() return content[name] end)
      if ok and type(member) == "function" then methods[#methods + 1] = name end
   end
   return methods
end

local function of_globals(prefix)
   local names = inspector.globals()
   for _, word in ipairs(KEYWORDS) do names[#names + 1] = word end
   table.sort(names)
   return starting_with(prefix, names)
end

--- How much all names have in common from their start on.
local function common(names)
   local shared = names[1] or ""
   for _, name in ipairs(names) do
      while name:sub(1, #shared) ~= shared do shared = shared:sub(1, -2) end
   end
   return shared
end

--- What the name before the cursor may become.
---@param text string what stands before the cursor
---@return string[] names
---@return string prefix what there is of the name
---@return string shared what all names begin with
function completion.of(text)
   local path, separator, prefix = text:match "([%a_][%w_%.]*)([%.:])([%w_]*)$"
   if path then
      local names = of_path(path, separator, prefix)
      return names, prefix, common(names)
   end
   prefix = text:match "[%a_][%w_]*$"
   if not prefix then return {}, "", "" end
   local names = of_globals(prefix)
   return names, prefix, common(names)
end

return completion
