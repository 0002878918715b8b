-- "did you mean": the nearest of the known names to a name that is not known.

local core, import = ...

--- How many letters must be inserted, removed, replaced or swapped to turn one into the other
--- (optimal string alignment distance).
local function distance(a, b)
   local before, previous = {}, {}
   for column = 0, #b do previous[column] = column end
   for row = 1, #a do
      local current = { [0] = row }
      for column = 1, #b do
         local same = a:byte(row) == b:byte(column)
         local best = math.min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (same and 0 or 1))
         if row > 1 and column > 1 and a:byte(row) == b:byte(column - 1) and a:byte(row - 1) == b:byte(column) then
            best = math.min(best, before[column - 2] + 1)
         end
         current[column] = best
      end
      before, previous = previous, current
   end
   return previous[#b]
end

--- The one of the known names that is so near that it was probably meant; nil: none.
local function nearest_of(name, known)
   local best, nearest = 0, nil
   if type(name) == "string" and #name <= 64 then best = math.min(3, math.floor(#name / 2)) + 1 end
   for _, candidate in ipairs(known) do
      local d = best > 0 and distance(name:lower(), candidate:lower()) or 1
      if d < best then best, nearest = d, candidate end
   end
   return nearest
end

local function suggest(_, name, known)
   if #known == 0 then return "" end
   local nearest = nearest_of(name, known)
   if nearest then return (" (did you mean %q?)"):format(nearest) end
   if #known > 12 then return "" end
   return (" (there is %s)"):format(table.concat(known, ", "))
end

--- Raises: what is called `owner` has no `kind`, such as "member", called `key`.
local function refuse(owner, kind, key, known)
   core.raise(("%s has no %s %q%s"):format(owner, kind, tostring(key), suggest(nil, key, known)))
end

--- What was meant by calling method `name`, which the object of a handle does not have. Called by C.
local function method(handle, name)
   local of_class = import("class").state.by_metatable[debug.getmetatable(handle)]
   local names = {}
   for key, member in pairs(of_class.members) do
      if type(member) == "function" then names[#names + 1] = key end
   end
   table.sort(names)
   local nearest = nearest_of(name, names)
   return nearest and (" (did you mean %q of %s?)"):format(nearest, of_class.name) or ""
end

return setmetatable({
   refuse = refuse,
   --- What the host's library tells its callers with, by require "misuse".
   misuse = {
      --- Raises, blamed on the line of the game that called the library.
      raise = function(text) core.raise(text) end,
      --- ' (did you mean "left"?)', or which names there are, if few; or "".
      suggest = function(name, known) return suggest(nil, name, known) end,
   },
   method = method,
   nearest_of = nearest_of,
   misspelt_native = function()
      local names = import("class").native_names()
      return #names <= 32 and (" (native has %s)"):format(table.concat(names, ", ")) or ""
   end,
}, { __call = suggest })
