-- Warnings: what can be bound, but is probably not what was meant.

local annotation = require "annotation"

local suspicions = {}

---@class Suspicions
local Suspicions = {}
Suspicions.__index = Suspicions

function Suspicions:warn(place, way_out, format, ...)
   self[#self + 1] = {
      severity = "warning", file = place.file, line = place.line, column = place.column,
      text = format:format(...), way_out = way_out,
   }
end

function Suspicions:members(record)
   for _, field in ipairs(record.fields) do
      local where = ("%s.%s"):format(record.name, field.name)
      if not annotation.get(field, "property") then
         -- nothing to doubt
      elseif annotation.get(field, "readonly") then
         self:warn(field, "keep one of the two", "%s: MP_PROPERTY and MP_READONLY: scripts only read it", where)
      elseif field.type.const then
         self:warn(field, "say MP_READONLY", "%s: MP_PROPERTY on a constant: scripts only read it", where)
      end
   end
end

--- Getters and setters that do not fit each other.
function Suspicions:accessors(result)
   local getters, has_base = {}, {}
   for _, class in ipairs(result.classes) do has_base[class.name] = class.base ~= nil end
   for _, f in ipairs(result.functions) do
      if f.kind == "getter" then getters[f.owner .. "." .. f.name] = f end
   end
   for _, f in ipairs(result.functions) do
      local getter = getters[f.owner .. "." .. f.name]
      if f.kind == "setter" and getter then
         local taken, given = f.parameters[2].type, getter.result
         if taken.kind ~= given.kind or taken.name ~= given.name then
            self:warn(f, "give both the same type", "%s takes '%s', but %s returns '%s'",
               f.c_name, taken.c, getter.c_name, given.c)
         end
      elseif f.kind == "setter" and has_base[f.owner] == false and f.parameters[2].type.kind ~= "callback" then
         self:warn(f, "declare an MP_GETTER, or make it an MP_METHOD", "%s.%s can be written, but not read",
            f.owner, f.name)
      end
   end
end

local function is_empty(result)
   for _, content in pairs(result) do
      if type(content) == "table" and #content > 0 then return false end
   end
   return true
end

--- The warnings about a header at `path` that has no faults.
function suspicions.check(unit, result, path)
   local found = setmetatable({}, Suspicions)
   if is_empty(result) then
      found:warn({ file = path, line = 1 }, "annotate what scripts may see, or leave the header out of the build",
         "nothing in this header is declared to scripts")
   end
   for _, record in ipairs(unit.records) do found:members(record) end
   found:accessors(result)
   return found
end

return suspicions
