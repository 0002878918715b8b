-- From parsed declarations to the API: what is bound, under which names, or why it cannot be.
--
-- analyse() gets a unit from parse() and returns the API of that header: {classes, values, enums,
-- callbacks, functions}, the record that is kept as JSON, merged into the module's manifest, and handed to
-- the templates. Every fault is reported like a compiler's; nothing is left out in silence.

local annotation = require "annotation"
local metamethods = require "metamethods"
local naming = require "naming"
local parameters = require "parameters"
local types = require "types"
local typing = require "typing"

local api = {}

---@class Analysis  one header under analysis
local Analysis = {}
Analysis.__index = Analysis
for _, methods in ipairs { typing, parameters, metamethods.analysis } do
   for name, method in pairs(methods) do Analysis[name] = method end
end

--- Reports a fault at a declaration. `way_out` says what to do about it.
function Analysis:fault(place, way_out, format, ...)
   self.faults[#self.faults + 1] = {
      file = place.file, line = place.line, column = place.column,
      text = format:format(...), way_out = way_out,
   }
end

--- Notes in `entry` what MP_SINCE and MP_DEPRECATED say of its declaration.
function Analysis:mark(entry, declaration)
   local since = annotation.get(declaration, "since")
   if since and not since:find("^[1-9]%d*$") then
      self:fault(declaration, "write the number itself: MP_SINCE(2)", "%s: '%s' is no API level", declaration.name, since)
   end
   entry.since = tonumber(since)
   entry.deprecated = annotation.get(declaration, "deprecated")
   return entry
end

--- Code in C, Lua and JSON must all be able to say it.
function Analysis:check_identifier(declaration)
   if naming.is_foreign(declaration.name) then
      self:fault(declaration, "call it otherwise", "'%s': names that cross are of the letters A to Z, digits and '_'",
         declaration.name)
   end
end

--- Generated code names a struct or enum by one word. `what` is "struct" or "enum".
function Analysis:check_name(declaration, what)
   local name = declaration.name
   if naming.is_foreign(name) then
      self:check_identifier(declaration)
   elseif not naming.is_identifier(name) then
      self:fault(declaration, ("write `typedef %s ... Name { ... } Name;`"):format(what), "this %s has no name of its own", what)
   elseif not self.typedef_names[name] then
      self:fault(declaration, ("write `typedef %s %s %s;` as well"):format(what, name, name),
         "%s %s has no typedef of the same name", what, name)
   else
      self:check_word(declaration, self:type_name(name))
   end
end

--- Scripts write the name of a type or a namespace after a dot.
function Analysis:check_word(declaration, name)
   if naming.KEYWORDS[name] then
      self:fault(declaration, "call it otherwise", "'%s' is a word of Lua's: scripts cannot write native.%s", name, name)
   end
end

-- ---- structs and enums ----------------------------------------------------------------------

function Analysis:value(record)
   return self:mark({
      name = self:type_name(record.name), c_name = record.name, size = record.size,
      file = record.file, line = record.line, column = record.column, doc = naming.comment(record.comment), fields = self:value_fields(record),
   }, record)
end

function Analysis:options(record)
   local options = self:value { name = record.name, size = record.size, fields = {}, comment = record.comment }
   options.fields, options.file, options.line, options.column = self:option_fields(record), record.file, record.line, record.column
   return self:mark(options, record)
end

function Analysis:enum(declaration)
   self:check_name(declaration, "enum")
   local members = {}
   for _, constant in ipairs(declaration.constants) do
      self:check_identifier(constant)
      if constant.value < -0x80000000 or constant.value > 0xffffffff then
         self:fault(constant, "keep to 32 bits", "%s: its value does not fit an int", constant.name)
      end
      members[#members + 1] = self:mark({
         name = naming.constant(constant.name, declaration.name), c_name = constant.name,
         value = constant.value, doc = naming.comment(constant.comment),
         file = constant.file, line = constant.line, column = constant.column,
      }, constant)
   end
   return self:mark({
      name = self:type_name(declaration.name), c_name = declaration.name, members = members,
      file = declaration.file, line = declaration.line, column = declaration.column,
      doc = naming.comment(declaration.comment), flags = annotation.get(declaration, "flags"),
   }, declaration)
end

--- The C name of the base class; false for a class that starts with its MpObject.
function Analysis:base_of(record)
   local first = record.fields[1]
   if first and first.offset == 0 and first.type.kind == "record" then
      if first.type.name == "MpObject" then return false end
      if annotation.get(first.type, "class") then return first.type.name end
   end
   self:fault(first or record, "make `MpObject object;` or the base class its first member",
      "class %s: its first member is no MpObject and no class", record.name)
   return false
end

local RANGE_OF_COUNT = { int32 = true, uint32 = true, int64 = true, uint64 = true, int16 = true, uint16 = true }
local ELEMENT_OF_SPAN = {
   bool = true, int8 = true, uint8 = true, int16 = true, uint16 = true, int32 = true, uint32 = true, int64 = true,
   uint64 = true, float = true, double = true,
}

--- Arrays are reached in place: their elements must lie there as they are.
function Analysis:property_type(record, field, what)
   local counted_by = annotation.get(field, "count")
   if counted_by and field.type.kind == "array" then
      self:fault(field, "make it a pointer, or leave the MP_COUNT out", "%s: MP_COUNT counts what a pointer leads to", what)
   end
   local t = counted_by and self:take(field, what, false, self:array_type(field.type))
      or self:bind_type(field.type, field, what)
   if t.kind ~= "array" then return t end
   if not ELEMENT_OF_SPAN[t.element.kind] and (counted_by or t.element.kind ~= "value") then
      self:fault(field, "bind a getter for one element instead",
         "%s: elements of type '%s' cannot be reached in place", what, t.element.c)
   end
   if counted_by then t.counted_by = self:counter(record, counted_by, field, what) end
   return t
end

--- The member that counts the elements of an array: {name, kind, offset}.
function Analysis:counter(record, name, field, what)
   for _, member in ipairs(record.fields) do
      if member.name == name and RANGE_OF_COUNT[member.type.kind] then
         return { name = name, kind = member.type.kind, offset = member.offset }
      end
   end
   self:fault(field, ("add a member `int %s`"):format(name), "%s: '%s' does not count its elements", what, name)
   return { name = name, kind = "int32", offset = 0 }
end

function Analysis:property(record, field)
   local what = ("%s.%s"):format(record.name, field.name)
   self:check_identifier(field)
   if field.bitfield then
      self:fault(field, "give it a whole member, or a getter and a setter", "%s: bit-fields have no address", what)
   end
   local t = self:property_type(record, field, what)
   local readonly = annotation.get(field, "readonly") or field.type.const
   if not readonly and (t.kind == "string" or t.kind == "object") then
      self:fault(field, "use MP_READONLY, or an MP_SETTER that keeps its own copy",
         "%s: a script must not store a pointer in C memory", what)
   end
   return self:mark({
      name = field.name, type = t, offset = field.offset, size = field.size, readonly = readonly or nil,
      doc = naming.comment(field.comment), file = field.file, line = field.line, column = field.column,
   }, field)
end

function Analysis:class(record)
   local properties = {}
   for _, field in ipairs(record.fields) do
      if annotation.get(field, "property") or annotation.get(field, "readonly") then
         properties[#properties + 1] = self:property(record, field)
      end
   end
   local base = self:base_of(record) or nil
   return self:mark({
      name = self:type_name(record.name), c_name = record.name, base = base, base_name = base and self:type_name(base),
      size = record.size, doc = naming.comment(record.comment), properties = properties,
      opaque = annotation.get(record, "opaque") or nil, shared = annotation.get(record, "shared") or nil,
      root = annotation.get(record, "root"),
      file = record.file, line = record.line, column = record.column,
   }, record)
end

-- ---- functions ------------------------------------------------------------------------------

local WORD_OF_KIND = {
   method = "method", static = "static function", getter = "getter", setter = "setter", constructor = "constructor",
   destructor = "destructor",
}
local PREFIX_OF_KIND = { getter = "get_", setter = "set_" }

local function kind_of(declaration)
   for _, kind in ipairs { "static", "getter", "setter", "constructor", "destructor" } do
      if annotation.get(declaration, kind) then return kind end
   end
   return "method"
end

--- Who owns the function: {name, c_name (classes only), snake}; nil after a fault.
function Analysis:owner(declaration, kind)
   if kind == "static" then
      local c_name = annotation.get(declaration, "static")
      self:check_word(declaration, self:type_name(c_name))
      return { name = self:type_name(c_name), c_name = c_name, snake = naming.snake(c_name) }
   end
   local is_constructor = kind == "constructor"
   local self_parameter = declaration.parameters[1]
   local t
   if is_constructor then
      t = self:resolve(declaration.result)
   else
      t = self_parameter and self:resolve(self_parameter.type)
   end
   if t and t.kind == "object" then
      return { name = t.name, c_name = t.c_name, snake = naming.snake(t.c_name), const = t.const }
   end
   self:fault(declaration, is_constructor and "return a pointer to a class"
      or "make its first parameter a pointer to a class, or annotate it with MP_STATIC(Owner)",
      "%s: a %s needs %s", declaration.name, kind, is_constructor and "a class to make objects of" or "an object to belong to")
end

local function is_pointer_to(declared, name)
   return declared.type.kind == "pointer" and declared.type.pointee.name == name
end

--- Takes an MpError and before it an MpArguments off the end of the declared parameters; returns how
--- many are left, and whether there was which.
local function split_tail(declared)
   local count = #declared
   local fails = count > 0 and is_pointer_to(declared[count], "MpError")
   if fails then count = count - 1 end
   local rest = count > 0 and is_pointer_to(declared[count], "MpArguments")
   if rest then count = count - 1 end
   return count, fails or nil, rest or nil
end

--- The parameters from `first` on; whether an MpError ends them, and whether an MpArguments does.
function Analysis:parameters(declaration, first)
   local list = {}
   local count, fails, rest = split_tail(declaration.parameters)
   for index = first, count do
      local declared = declaration.parameters[index]
      local what = ("%s: parameter %d%s"):format(declaration.name, index,
         declared.name ~= "" and (" '%s'"):format(declared.name) or "")
      if declared.name == "" then
         self:fault(declared, "name it: the name is part of every error message", "%s has no name", what)
      else
         list[#list + 1] = self:parameter(declared, what, list[#list])
      end
   end
   return list, fails, rest
end

local ACCESSOR_SHAPE = {
   getter = { parameters = 1, result = true, words = "takes self alone and returns the value" },
   setter = { parameters = 2, result = false, words = "takes self and the value and returns nothing" },
   destructor = { parameters = 1, result = false, words = "takes self alone and returns nothing" },
}

function Analysis:check_event(declaration, entry, returned)
   local is_plain = entry.kind == "method" or entry.kind == "static"
   if not is_plain or entry.leaf or entry.fails or entry.result.kind ~= "void" or #returned > 0 then
      self:fault(declaration, "make it a plain function without a result",
         "%s: an event only tells: nothing comes back from those who listen", declaration.name)
   end
end

local MOST_OF_LEAF = 32 -- what LuaJIT's FFI passes, with a value's members counted each

function Analysis:check_shape(declaration, entry)
   local shape = ACCESSOR_SHAPE[entry.kind]
   local passed, returned = types.passed(entry)
   if shape and (#passed ~= shape.parameters or #returned > 0 or (entry.result.kind ~= "void") ~= shape.result
         or entry.fails or entry.rest) then
      self:fault(declaration, "change its parameters, or make it an MP_METHOD",
         "%s: a %s %s", declaration.name, entry.kind, shape.words)
   end
   if entry.leaf and (entry.result.kind == "array" or entry.result.kind == "bytes") then
      self:fault(declaration, "make it an MP_METHOD", "%s: a leaf cannot return a list or bytes", declaration.name)
   end
   if entry.leaf and types.leaf_size(entry) > MOST_OF_LEAF then
      self:fault(declaration, "make it an MP_METHOD", "%s: a leaf takes at most %d numbers", declaration.name, MOST_OF_LEAF)
   end
   if entry.event then self:check_event(declaration, entry, returned) end
   if entry.leaf and (entry.kind == "constructor" or entry.kind == "destructor") then
      self:fault(declaration, "take the MP_LEAF away", "%s: a %s runs too much to be a leaf", declaration.name, entry.kind)
   end
   if entry.rest and (entry.leaf or entry.kind == "constructor") then
      self:fault(declaration, "make it an MP_METHOD or an MP_STATIC", "%s: a %s cannot take an MpArguments", declaration.name,
         entry.leaf and "leaf" or entry.kind)
   end
   if entry.leaf and entry.fails then
      self:fault(declaration, "make it an MP_METHOD, or report failure by its result",
         "%s: a leaf cannot take an MpError", declaration.name)
   end
end

--- The function itself is generated, in a file of its own.
function Analysis:check_linkage(declaration)
   if declaration.noreturn then
      self:fault(declaration, "let it return, or call it from a function that is bound",
         "%s never returns, but a patch of it would", declaration.name)
   end
   for _, word in ipairs { "static", "inline" } do
      if declaration[word] then
         self:fault(declaration, ("take the '%s' away"):format(word), "%s: what is bound cannot be %s", declaration.name, word)
      end
   end
   if declaration.defined then
      self:fault(declaration, ("end it with a ';', and call the body MP_NATIVE(%s) in a .c file"):format(declaration.name),
         "%s: the function of that name is generated", declaration.name)
   end
end

function Analysis:function_(declaration)
   self:check_linkage(declaration)
   local kind = kind_of(declaration)
   local owner = self:owner(declaration, kind)
   if not owner then return end
   if declaration.variadic then
      self:fault(declaration, typing.WAY_OUT.variadic, "%s: variadic functions cannot be bound", declaration.name)
   end
   local name = naming.member(declaration.name, owner.snake, PREFIX_OF_KIND[kind])
   if naming.is_foreign(declaration.name) then
      self:check_identifier(declaration)
      return
   elseif name and not naming.is_identifier(name) then
      self:fault(declaration, "call it otherwise", "%s: scripts would write %s.%s, which is no name", declaration.name, owner.name, name)
      return
   elseif not name then
      self:fault(declaration, ("call it %s_%s<name>"):format(owner.snake, PREFIX_OF_KIND[kind] or ""),
         "%s: the name of a %s of %s starts with '%s_%s'", declaration.name, WORD_OF_KIND[kind], owner.name, owner.snake,
         PREFIX_OF_KIND[kind] or "")
      return
   end
   local list, fails, rest = self:parameters(declaration, 1)
   local entry = {
      name = name, c_name = declaration.name, kind = kind, owner = owner.name, owner_class = owner.c_name,
      event = annotation.get(declaration, "event") or nil,
      leaf = annotation.get(declaration, "leaf") or nil, fails = fails, rest = rest, parameters = list,
      result = self:result(declaration),
      doc = naming.comment(declaration.comment), file = declaration.file, line = declaration.line,
      column = declaration.column,
   }
   self:tie_counts(declaration, entry)
   self:check_callbacks(declaration, entry)
   self:check_shape(declaration, entry)
   entry.meta = self:metamethods(declaration, entry)
   return self:mark(entry, declaration)
end

--- A callback type, in the shape of a static function: see moonpatch/glue_callback.h.
function Analysis:callback(declaration)
   local user = declaration.parameters and declaration.parameters[1]
   if not user or user.type.kind ~= "pointer" or user.type.pointee.kind ~= "void" then
      self:fault(declaration, ("declare `typedef MP_CALLBACK int (*%s)(void *user, ...)`"):format(declaration.name),
         "%s: a callback is a pointer to a function whose first parameter is a void *", declaration.name)
      return
   end
   if declaration.variadic then
      self:fault(declaration, typing.WAY_OUT.variadic, "%s: variadic functions cannot be bound", declaration.name)
   end
   self.in_callback = true
   local list, fails, rest = self:parameters(declaration, 2)
   local entry = {
      name = self:type_name(declaration.name), c_name = declaration.name, kind = "static", callback = true,
      owner = "callback", fails = fails, rest = rest, parameters = list, result = self:result(declaration),
      doc = naming.comment(declaration.comment), file = declaration.file, line = declaration.line,
      column = declaration.column,
   }
   self.in_callback = nil
   self:tie_counts(declaration, entry)
   return self:mark(entry, declaration)
end

-- ---- the header -----------------------------------------------------------------------------

local function each(list, visit, out)
   for _, declaration in ipairs(list) do
      if annotation.has_any(declaration) then out[#out + 1] = visit(declaration) end
   end
   return out
end

local function place_words(place, seen_from)
   return place.file == seen_from.file and ("line %d"):format(place.line) or ("%s:%d"):format(place.file, place.line)
end

--- C lets headers declare a function several times; what is generated for it would be there as often.
function Analysis:check_repeats(unit)
   local first = {}
   for _, declaration in ipairs(unit.elsewhere) do
      if annotation.has_any(declaration) then first[declaration.name] = declaration end
   end
   for _, declaration in ipairs(unit.functions) do
      local before = first[declaration.name]
      if before and annotation.has_any(declaration) then
         self:fault(declaration, "leave one of them out", "%s is declared already, in %s", declaration.name,
            place_words(before, declaration))
      end
      first[declaration.name] = before or annotation.has_any(declaration) and declaration
   end
end

--- Gives every class its destructor, and refuses shared classes without one.
function Analysis:tie_destructors(result)
   local destructors = {}
   for _, f in ipairs(result.functions) do
      if f.kind == "destructor" then destructors[f.owner_class] = f.c_name end
   end
   for _, class in ipairs(result.classes) do
      class.destructor = destructors[class.c_name]
      if class.shared and not class.destructor then
         self:fault(class, ("declare `MP_DESTRUCTOR void %s_destroy(%s *self)`"):format(naming.snake(class.c_name), class.c_name),
            "class %s is shared, but nothing ends its objects", class.name)
      end
   end
end

function Analysis:record(record, result)
   if record.union and annotation.has_any(record) then
      self:fault(record, typing.UNION_WAY_OUT, "union %s: it does not say which of its members counts", record.name)
      return
   end
   for _, word in ipairs { "class", "value", "options" } do
      if annotation.get(record, word) then
         self:check_name(record, "struct")
         self:check_layout(record)
         if word ~= "class" and #record.fields == 0 then self:fault(record, "give it a member", "%s %s has no members", word, record.name) end
      end
   end
   if annotation.get(record, "class") then
      result.classes[#result.classes + 1] = self:class(record)
   elseif annotation.get(record, "value") then
      local value = self:value(record)
      self:check_scalars(record, value.fields)
      result.values[#result.values + 1] = value
   elseif annotation.get(record, "options") then
      result.options[#result.options + 1] = self:options(record)
   end
end

--- Returns the header's API and the list of faults found.
function api.analyse(unit, options)
   local analysis = setmetatable({ faults = {}, prefix = options.prefix, typedef_names = unit.typedef_names }, Analysis)
   local result = { header = options.include, module = options.module, classes = {}, values = {}, options = {} }
   for _, record in ipairs(unit.records) do analysis:record(record, result) end
   result.enums = each(unit.enums, function(declaration) return analysis:enum(declaration) end, {})
   result.callbacks = {}
   for _, declaration in ipairs(unit.typedefs) do
      if annotation.get(declaration, "callback") then
         result.callbacks[#result.callbacks + 1] = analysis:callback(declaration)
      end
   end
   analysis:check_repeats(unit)
   result.functions = each(unit.functions, function(declaration) return analysis:function_(declaration) end, {})
   analysis:tie_destructors(result)
   return result, analysis.faults
end

return api
