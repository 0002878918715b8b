-- --require-docs: everything that scripts see has a comment.

local annotation = require "annotation"

local documented = {}

local WAY_OUT = "say what it is, in a /** comment */ before it or a /**< comment */ behind it"

local function is_told(declaration) return declaration.comment:find("%w") ~= nil end

local RECORDS = { "class", "value", "options" }

local function check_record(record, need)
   for _, kind in ipairs(RECORDS) do
      if annotation.get(record, kind) then
         need(record, ("%s %s"):format(kind, record.name))
         for _, field in ipairs(record.fields) do
            if kind ~= "class" or annotation.get(field, "property") or annotation.get(field, "readonly") then
               need(field, ("%s.%s"):format(record.name, field.name))
            end
         end
      end
   end
end

local function check_enum(enum, need)
   if not (annotation.get(enum, "enum") or annotation.get(enum, "flags")) then return end
   need(enum, "enum " .. enum.name)
   for _, constant in ipairs(enum.constants) do need(constant, constant.name) end
end

--- The name that the two accessors of a property share: "audio_volume" of audio_get_volume.
local function accessor_name(declaration)
   local word = (annotation.get(declaration, "getter") and "get") or (annotation.get(declaration, "setter") and "set")
   return word and declaration.name:gsub("_" .. word .. "_", "_", 1)
end

local function check_functions(functions, need)
   local told = {} -- one of two accessors speaks for both
   for _, declaration in ipairs(functions) do
      local name = accessor_name(declaration)
      if name and is_told(declaration) then told[name] = true end
   end
   for _, declaration in ipairs(functions) do
      local name = accessor_name(declaration)
      if annotation.has_any(declaration) and not (name and told[name]) then need(declaration, declaration.name) end
   end
end

--- The faults of one header: what is declared to scripts in it and says nothing about itself.
function documented.check(unit)
   local faults = {}
   local function need(declaration, what)
      if is_told(declaration) then return end
      faults[#faults + 1] = {
         file = declaration.file, line = declaration.line, column = declaration.column, text = what .. " has no comment",
         way_out = WAY_OUT,
      }
   end
   for _, record in ipairs(unit.records) do check_record(record, need) end
   for _, enum in ipairs(unit.enums) do check_enum(enum, need) end
   for _, typedef in ipairs(unit.typedefs) do
      if annotation.get(typedef, "callback") then need(typedef, "callback " .. typedef.name) end
   end
   check_functions(unit.functions, need)
   return faults
end

return documented
