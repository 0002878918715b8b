-- Functions of Lua's libraries that scripts get in another make, so that none of them runs, or grows,
-- without end. Those in C are in bridge/src/library.h; here are those that compiled code is to see
-- through. pcall needs none: it keeps no error from the instruction after it.

local core, import = ...

local stop = import "stop"

local pcall, select, type, xpcall = pcall, select, type, xpcall
local insert, rep = table.insert, string.rep
local is_stopping = stop.is_on
local library = core.library

local bounded = { coroutine = {}, string = {}, table = {} }

for name, functions in pairs(library) do
   for key, func in pairs(functions) do bounded[name][key] = func end
end
bounded.coroutine.resumers = nil

local function handle(handler, ok, ...)
   if ok or is_stopping() then return ok, ... end
   local _, result = pcall(handler, ...)
   return false, result
end

--- xpcall. Its handler runs when the error has come here, and not where it was raised: nothing can stop a handler that
--- runs there after a stack overflow, and scripts have no means to look at the stack. While a script is being stopped
--- no handler runs.
function bounded.xpcall(func, handler, ...)
   if type(handler) ~= "function" then return xpcall(func, handler, ...) end
   return handle(handler, pcall(func, ...))
end

local LAST = 2 ^ 31 - 1 -- place of a list

--- table.insert: a place before the first one would move no element, but take its time.
function bounded.table.insert(list, ...)
   local place = ...
   if type(list) == "table" and select("#", ...) == 2 and type(place) == "number" and not (place >= 1 and place <= LAST) then
      core.raise("bad argument #2 to 'insert' (position out of bounds)")
   end
   return insert(list, ...)
end

local SMALL = 2 ^ 20 -- bytes; more than this is asked for in C

--- string.rep
function bounded.string.rep(text, times, separator)
   if separator == nil and type(text) == "string" and type(times) == "number" and #text * times <= SMALL then
      return rep(text, times)
   end
   return library.string.rep(text, times, separator)
end

return bounded
