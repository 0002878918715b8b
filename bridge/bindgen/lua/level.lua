-- API levels: since which level of its module everything that is declared has been there.

local level = {}

-- What a merged module has besides functions, and what each of these has.
local LISTS = {
   { "classes", "properties" }, { "values", "fields" }, { "options", "fields" }, { "enums", "members" }, { "callbacks" },
}

--- Gives every entry of a merged module its `since`: its own, or what it belongs to, or 1.
function level.resolve(merged)
   local owners = {}
   local function settle(entry, least) entry.since = math.max(entry.since or 1, least) end
   for _, each in ipairs(LISTS) do
      for _, entry in ipairs(merged[each[1]]) do
         settle(entry, 1)
         for _, member in ipairs(entry[each[2]] or {}) do settle(member, entry.since) end
      end
   end
   for _, class in ipairs(merged.classes) do owners[class.name] = class.since end
   for _, f in ipairs(merged.functions) do settle(f, owners[f.owner] or 1) end
end

--- The faults: what says that it comes with a level which the module does not have yet.
function level.check(merged, current)
   local faults = {}
   local function check(entry, name)
      if not entry.since or entry.since <= current then return end
      faults[#faults + 1] = {
         file = entry.file, line = entry.line, column = entry.column,
         text = ("%s: since level %d, but module %s is at level %d"):format(name, entry.since, merged.name, current),
         way_out = ("raise the module's level with --level %d, or say MP_SINCE(%d)"):format(entry.since, current),
      }
   end
   for _, each in ipairs(LISTS) do
      for _, entry in ipairs(merged[each[1]]) do
         check(entry, entry.name)
         for _, member in ipairs(entry[each[2]] or {}) do check(member, entry.name .. "." .. member.name) end
      end
   end
   for _, f in ipairs(merged.functions) do check(f, f.c_name) end
   return faults
end

return level
