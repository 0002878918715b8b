-- Words that stand where they have no effect. The compiler takes an attribute nearly everywhere, so a
-- class whose MP_CLASS slipped to its typedef would be left out in silence.

local annotation = require "annotation"

local placement = {}

-- Where each word has an effect.
local HOMES = {
   class = { "struct" }, value = { "struct" }, options = { "struct" },
   opaque = { "class" }, shared = { "class" },
   enum = { "enum" }, flags = { "enum" },
   property = { "member" }, readonly = { "member" },
   method = { "function" }, leaf = { "function" }, getter = { "function" }, setter = { "function" },
   static = { "function" }, constructor = { "function" }, destructor = { "function" }, event = { "function" },
   meta = { "function" }, callback = { "typedef" }, keep = { "parameter" },
   default = { "parameter", "option" }, optional = { "parameter" }, out = { "parameter" }, inout = { "parameter" },
   root = { "class" }, since = { "declared" }, deprecated = { "declared" },
   bytes = { "parameter", "function", "typedef" },
   count = { "parameter", "function", "member", "typedef" },
}

local WAY_OUT = {
   struct = "write it between `struct` and the name: struct %s Name { ... }",
   class = "write it after MP_CLASS: struct MP_CLASS %s Name { ... }",
   enum = "write it between `enum` and the name: enum %s Name { ... }",
   typedef = "write it before the result: typedef %s int (*Name)(void *user, ...)",
   member = "%s is for members of a struct that is an MP_CLASS",
   ["function"] = "%s is for functions",
   parameter = "%s is for parameters of a function that scripts may call",
   declared = "%s is for what is declared to scripts",
}

local function is_at_home(homes, places)
   for _, home in ipairs(homes) do
      if places[home] then return true end
   end
   return false
end

--- Returns the faults.
function placement.check(unit)
   local faults = {}
   local function visit(declaration, places)
      for _, text in ipairs(declaration.annotations) do
         local word = text:match("^%a+")
         local homes = HOMES[word] or error("placement.lua does not know the word " .. word)
         local macro = "MP_" .. word:upper()
         if not is_at_home(homes, places) then
            faults[#faults + 1] = {
               file = declaration.file, line = declaration.line, column = declaration.column,
               text = ("%s has no effect on '%s'"):format(macro, declaration.name),
               way_out = WAY_OUT[homes[1]]:format(macro),
            }
         end
      end
   end
   local function visit_all(list, places)
      for _, declaration in ipairs(list) do visit(declaration, places) end
   end

   for _, record in ipairs(unit.records) do
      local is_class, is_option = annotation.get(record, "class"), annotation.get(record, "options")
      visit(record, { struct = true, class = is_class, declared = is_class or is_option or annotation.get(record, "value") })
      for _, field in ipairs(record.fields) do
         local is_property = annotation.get(field, "property") or annotation.get(field, "readonly")
         visit(field, { member = is_class, option = is_option, declared = is_option or is_class and is_property })
      end
   end
   for _, enum in ipairs(unit.enums) do
      local declared = annotation.get(enum, "enum") or annotation.get(enum, "flags")
      visit(enum, { enum = true, declared = declared })
      visit_all(enum.constants, { declared = declared })
   end
   for _, f in ipairs(unit.functions) do
      visit(f, { ["function"] = true, declared = annotation.has_any(f) })
      visit_all(f.parameters, { parameter = annotation.has_any(f) })
   end
   for _, typedef in ipairs(unit.typedefs) do
      visit(typedef, { typedef = true, declared = annotation.get(typedef, "callback") })
      visit_all(typedef.parameters or {}, { parameter = annotation.has_any(typedef) })
   end
   visit_all(unit.others, {})
   return faults
end

return placement
