-- Chance, the same in every run with the same --seed.

local check = require "library.check"

local source = native.random

local random = {}

--- A number from 0 up to, but not including, 1.
---@return number
function random.float() return source:next() end

local function check_range(low, high, called)
   if type(low) == "number" and type(high) == "number" and not (low > high) then return end
   check.number(low, called, "low")
   check.number(high, called, "high")
   check.expected(high, called, "high", ("number from %s, that is low, on"):format(tostring(low)))
end

--- A number from `low` up to, but not including, `high`.
---@param low number
---@param high number
---@return number
function random.range(low, high)
   check_range(low, high, "random.range")
   return source:range(low, high)
end

--- A whole number from `low` to `high`, both included.
---@param low integer
---@param high integer
---@return integer
function random.integer(low, high)
   check_range(low, high, "random.integer")
   return source:integer(low, high)
end

--- One of a list's entries.
---@generic T
---@param list T[]
---@return T
function random.choose(list)
   check.table(list, "random.choose", "list")
   if #list == 0 then check.fail "random.choose: the list is empty" end
   return list[source:integer(1, #list)]
end

--- True with that chance, from 0 to 1.
---@param chance number
---@return boolean
function random.chance(chance)
   check.number(chance, "random.chance", "chance")
   return source:next() < chance
end

--- Brings a list into a random order, in place (Fisher-Yates).
---@generic T
---@param list T[]
---@return T[]
function random.shuffle(list)
   check.table(list, "random.shuffle", "list")
   for index = #list, 2, -1 do
      local other = source:integer(1, index)
      list[index], list[other] = list[other], list[index]
   end
   return list
end

return random
