-- Words that stand where they have no effect, or beside one that they contradict. The compiler takes an
-- attribute nearly everywhere, so a class whose MP_CLASS slipped to its typedef would be left out in silence.

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
   member = "%s is for named members of a struct that is an MP_CLASS, outside of structs and unions in it",
   ["function"] = "%s is for functions",
   parameter = "%s is for parameters of a function that scripts may call",
   declared = "%s is for what is declared to scripts",
}

-- Of each of these sets, one word says what a declaration is.
local RIVALS = {
   { "class", "value", "options" }, { "enum", "flags" }, { "out", "inout" }, { "count", "bytes" },
   { "getter", "setter", "static", "constructor", "destructor" }, { "method", "static", "constructor", "destructor" },
   { "method", "leaf" },
}
local WHICH_ONE = {
   leaf = "keep MP_LEAF if its body never runs Lua and never calls what can be patched, and MP_METHOD otherwise",
}

local function macro_of(word) return "MP_" .. word:upper() end

--- A fault for two words of one set.
local function rivalry(declaration)
   for _, set in ipairs(RIVALS) do
      local first
      for _, word in ipairs(set) do
         if first and annotation.get(declaration, word) then
            return {
               file = declaration.file, line = declaration.line, column = declaration.column,
               text = ("'%s' cannot be both %s and %s"):format(declaration.name, macro_of(first), macro_of(word)),
               way_out = WHICH_ONE[word] or "keep one of the two",
            }
         end
         first = first or annotation.get(declaration, word) and word
      end
   end
end

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
      faults[#faults + 1] = rivalry(declaration)
      for _, text in ipairs(declaration.annotations) do
         local word = text:match("^%a+")
         local homes = HOMES[word] or error("placement.lua does not know the word " .. word)
         local macro = macro_of(word)
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
