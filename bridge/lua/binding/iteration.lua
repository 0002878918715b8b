-- pairs and ipairs as scripts see them: tables as ever, and objects and spans. (LuaJIT asks no
-- metatable for __pairs.)

local core, import = ...

local object = import "object"
local part = import "part"

local next, type, ipairs, getmetatable = next, type, ipairs, debug.getmetatable
local span_of = part.span_of

local iteration = {}

local function unfit(word, given, needed)
   if object.derives[getmetatable(given)] then
      core.raise(("%s: %s declares no %s"):format(word, object.describe(given), needed))
   end
   core.raise(("bad argument #1 to '%s' (table, object or list in an object expected, got %s)"):format(
      word, object.describe(given)))
end

--- Elements from 1 to the length, or to the first nil.
local function step(list, index)
   index = index + 1
   if index > #list then return nil end
   local value = list[index]
   if value ~= nil then return index, value end
end

local function object_pairs(given)
   if span_of(given) then return step, given, 0 end
   local metatable = type(given) == "userdata" and getmetatable(given)
   local iterate = metatable and metatable.__iterate or unfit("pairs", given, "MP_META(iterate)")
   return iterate(given)
end

--- The iteration that an object's class declares; the elements of a span; the keys of a table.
function iteration.pairs(given)
   if type(given) == "table" then return next, given, nil end
   return object_pairs(given)
end

local function object_ipairs(given)
   if not span_of(given) then
      local metatable = type(given) == "userdata" and getmetatable(given)
      if not (metatable and metatable.counted) then
         unfit("ipairs", given, "MP_META(len) with an MP_META(index) by numbers")
      end
   end
   return step, given, 0
end

--- The elements 1, 2, 3 ... of a table, of a span, or of an object with a length and an indexer.
function iteration.ipairs(given)
   if type(given) == "table" then return ipairs(given) end
   return object_ipairs(given)
end

return iteration
