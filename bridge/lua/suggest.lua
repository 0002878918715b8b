-- "did you mean": the nearest of the known names to a name that is not known.

local _, import = ...

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

local function suggest(_, name, known)
   if #known == 0 then return "" end
   local best, nearest = 0, nil
   if type(name) == "string" and #name <= 64 then best = math.min(3, math.floor(#name / 2)) + 1 end
   for _, candidate in ipairs(known) do
      local d = best > 0 and distance(name:lower(), candidate:lower()) or 1
      if d < best then best, nearest = d, candidate end
   end
   if nearest then return (" (did you mean %q?)"):format(nearest) end
   if #known > 12 then return "" end
   return (" (there is %s)"):format(table.concat(known, ", "))
end

return setmetatable({
   misspelt_native = function()
      local names = import("class").native_names()
      return #names <= 24 and (" (native has %s)"):format(table.concat(names, ", ")) or ""
   end,
}, { __call = suggest })
