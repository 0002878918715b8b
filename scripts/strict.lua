-- Strict globals: a misspelt name is an error where it stands, not a nil that travels.
--
--   local strict = require "strict"
--   strict.declare("score", 0)      -- from here on `score` is a global
--
-- The host loads this before the game's first line.

local strict = {}

local declared, values = {}, {}

--- Makes `name` a global with that value.
---@param name string
---@param value any
function strict.declare(name, value)
   declared[name] = true
   values[name] = value
end

setmetatable(_G, {
   __index = function(_, name)
      if declared[name] then return values[name] end
      error(("undeclared global '%s'"):format(tostring(name)), 2)
   end,
   __newindex = function(_, name, value)
      if not declared[name] then
         error(("global '%s' is not declared: write 'local %s', or strict.declare(\"%s\", value)"):format(
            tostring(name), tostring(name), tostring(name)), 2)
      end
      values[name] = value
   end,
   __metatable = false,
})

return strict
