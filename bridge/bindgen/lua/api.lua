-- From parsed declarations to the API: what is bound, under which names, or why it cannot be.
--
-- analyse() gets a unit from parse() and returns the API of that header: {classes, values, enums,
-- functions}, the record that is kept as JSON, merged into the module's manifest, and handed to
-- the templates. Every fault is reported like a compiler's; nothing is left out in silence.

local naming = require "naming"

local api = {}

---@class Analysis  one header under analysis
local Analysis = {}
Analysis.__index = Analysis

--- Reports a fault at a declaration. `way_out` says what to do about it.
function Analysis:fault(place, way_out, format, ...)
   self.faults[#self.faults + 1] = {
      file = place.file, line = place.line, column = place.column,
      text = format:format(...), way_out = way_out,
   }
end

-- ---- annotations ----------------------------------------------------------------------------

local function annotation(declaration, word)
   for _, text in ipairs(declaration.annotations or {}) do
      if text == word then return true end
      local argument = text:match("^" .. word .. ":(.*)$")
      if argument then return argument end
   end
   return false
end

local function is_annotated(declaration) return #(declaration.annotations or {}) > 0 end

-- ---- types ----------------------------------------------------------------------------------

local DIRECT = {
   void = true, bool = true, int8 = true, uint8 = true, int16 = true, uint16 = true, int32 = true,
   uint32 = true, float = true, double = true,
}

local REASON = {
   int64 = "64-bit integers do not fit a script's number",
   char = "a lone char is neither a number nor a text",
   array = "arrays do not cross",
}
REASON.uint64 = REASON.int64

local WAY_OUT = {
   int64 = "use a 32-bit integer, or double where 53 bits are enough",
   char = "use int8_t, uint8_t, or const char * for text",
   array = "bind a getter for one element instead",
   ["function"] = "callbacks cannot cross yet; use a method that scripts can override",
   variadic = "declare a function with fixed parameters",
   other = "use bool, a number, const char *, or an annotated enum, struct or class",
}
WAY_OUT.uint64 = WAY_OUT.int64

function Analysis:type_name(c_name) return naming.type_name(c_name, self.prefix) end

-- Each resolver returns a type, or nil, the reason and the way out.

local function unbindable(written, why, way_out)
   return nil, ("type '%s' cannot be bound: %s"):format(written.spelling, why), way_out
end

function Analysis:pointer_type(written)
   local target = written.pointee
   if target.kind == "char" and target.const then
      return { kind = "string", c = written.spelling }
   elseif target.kind == "record" and annotation(target, "class") then
      return {
         kind = "object", name = self:type_name(target.name), c_name = target.name, c = written.spelling,
         const = target.const or nil,
      }
   elseif target.kind == "record" and annotation(target, "value") then
      return unbindable(written, "pointers to values do not cross", "pass the value itself")
   elseif target.kind == "record" then
      return unbindable(written, ("struct %s is not a class"):format(target.name), "annotate it with MP_CLASS")
   elseif target.kind == "function" then
      return unbindable(written, "functions do not cross", WAY_OUT["function"])
   end
   return unbindable(written, "scripts never see a raw pointer", WAY_OUT.other)
end

function Analysis:record_type(written)
   if annotation(written, "value") then
      return {
         kind = "value", name = self:type_name(written.name), c_name = written.name, c = written.spelling,
         fields = self:value_fields(written),
      }
   elseif annotation(written, "class") then
      return unbindable(written, "objects are not copied", ("pass %s * instead"):format(written.name))
   end
   return unbindable(written, "the struct is not annotated", "annotate it with MP_VALUE")
end

function Analysis:resolve(written)
   local kind = written.kind
   if DIRECT[kind] then return { kind = kind, c = written.spelling } end
   if kind == "pointer" then return self:pointer_type(written) end
   if kind == "record" then return self:record_type(written) end
   if kind == "enum" then
      if annotation(written, "enum") then
         return {
            kind = "enum", name = self:type_name(written.name), c_name = written.name, c = written.spelling,
         }
      end
      return unbindable(written, "the enum is not annotated", "annotate it with MP_ENUM")
   end
   return unbindable(written, REASON[kind] or "this kind of type does not cross", WAY_OUT[kind] or WAY_OUT.other)
end

--- Resolves a type and reports at `place` when it cannot be; `what` starts the message.
function Analysis:bind_type(written, place, what, may_be_void)
   local t, why, way_out = self:resolve(written)
   if not t then
      self:fault(place, way_out, "%s: %s", what, why)
   elseif t.kind == "void" and not may_be_void then
      self:fault(place, WAY_OUT.other, "%s: void is not a value", what)
   end
   return t or { kind = "int32", c = "int" } -- so that analysis goes on and reports all faults
end

-- ---- structs and enums ----------------------------------------------------------------------

local FIELD_OF_VALUE = {
   bool = true, int8 = true, uint8 = true, int16 = true, uint16 = true, int32 = true, uint32 = true,
   float = true, double = true,
}

function Analysis:value_fields(record)
   local fields = {}
   for _, field in ipairs(record.fields) do
      if field.bitfield or not FIELD_OF_VALUE[field.type.kind] then
         self:fault(field, "keep to bool and numbers, or make the struct a class",
            "value %s: member '%s' has type '%s', which does not cross by copy",
            record.name, field.name, field.type.spelling)
      else
         fields[#fields + 1] = {
            name = field.name, type = { kind = field.type.kind, c = field.type.spelling },
            offset = field.offset, doc = naming.comment(field.comment),
         }
      end
   end
   return fields
end

function Analysis:value(record)
   return {
      name = self:type_name(record.name), c_name = record.name, size = record.size,
      file = record.file, line = record.line, column = record.column, doc = naming.comment(record.comment), fields = self:value_fields(record),
   }
end

function Analysis:enum(declaration)
   local members = {}
   for _, constant in ipairs(declaration.constants) do
      members[#members + 1] = {
         name = naming.constant(constant.name, declaration.name), c_name = constant.name,
         value = constant.value, doc = naming.comment(constant.comment),
      }
   end
   return {
      name = self:type_name(declaration.name), c_name = declaration.name, members = members,
      file = declaration.file, line = declaration.line, column = declaration.column,
      doc = naming.comment(declaration.comment),
   }
end

--- The C name of the base class; false for a class that starts with its MpObject.
function Analysis:base_of(record)
   local first = record.fields[1]
   if first and first.offset == 0 and first.type.kind == "record" then
      if first.type.name == "MpObject" then return false end
      if annotation(first.type, "class") then return first.type.name end
   end
   self:fault(first or record, "make `MpObject object;` or the base class its first member",
      "class %s: its first member is no MpObject and no class", record.name)
   return false
end

function Analysis:property(record, field)
   local what = ("%s.%s"):format(record.name, field.name)
   if field.bitfield then
      self:fault(field, "give it a whole member, or a getter and a setter", "%s: bit-fields have no address", what)
   end
   local t = self:bind_type(field.type, field, what)
   local readonly = annotation(field, "readonly") or field.type.const
   if not readonly and (t.kind == "string" or t.kind == "object") then
      self:fault(field, "use MP_READONLY, or an MP_SETTER that keeps its own copy",
         "%s: a script must not store a pointer in C memory", what)
   end
   return {
      name = field.name, type = t, offset = field.offset, size = field.size, readonly = readonly or nil,
      doc = naming.comment(field.comment), file = field.file, line = field.line,
   }
end

function Analysis:class(record)
   local properties = {}
   for _, field in ipairs(record.fields) do
      if annotation(field, "property") or annotation(field, "readonly") then
         properties[#properties + 1] = self:property(record, field)
      end
   end
   return {
      name = self:type_name(record.name), c_name = record.name, base = self:base_of(record) or nil,
      size = record.size, doc = naming.comment(record.comment), properties = properties,
      opaque = annotation(record, "opaque") or nil,
      file = record.file, line = record.line, column = record.column,
   }
end

-- ---- functions ------------------------------------------------------------------------------

local WORD_OF_KIND = { method = "method", static = "static function", getter = "getter", setter = "setter" }
local PREFIX_OF_KIND = { getter = "get_", setter = "set_" }

local function kind_of(declaration)
   if annotation(declaration, "static") then return "static" end
   if annotation(declaration, "getter") then return "getter" end
   if annotation(declaration, "setter") then return "setter" end
   return "method"
end

--- Who owns the function: {name, c_name (classes only), snake}; nil after a fault.
function Analysis:owner(declaration, kind)
   if kind == "static" then
      local c_name = annotation(declaration, "static")
      return { name = self:type_name(c_name), c_name = c_name, snake = naming.snake(c_name) }
   end
   local self_parameter = declaration.parameters[1]
   local t = self_parameter and self:resolve(self_parameter.type)
   if t and t.kind == "object" then
      return { name = t.name, c_name = t.c_name, snake = naming.snake(t.c_name), const = t.const }
   end
   self:fault(declaration, "make its first parameter a pointer to a class, or annotate it with MP_STATIC(Owner)",
      "%s: a %s needs an object to belong to", declaration.name, kind)
end

function Analysis:parameters(declaration)
   local parameters = {}
   local fails = false
   for index, parameter in ipairs(declaration.parameters) do
      local what = ("%s: parameter %d%s"):format(declaration.name, index,
         parameter.name ~= "" and (" '%s'"):format(parameter.name) or "")
      local is_error = parameter.type.kind == "pointer" and parameter.type.pointee.name == "MpError"
      if is_error and index == #declaration.parameters then
         fails = true
      elseif parameter.name == "" then
         self:fault(parameter, "name it: the name is part of every error message", "%s has no name", what)
      else
         parameters[#parameters + 1] = {
            name = parameter.name, type = self:bind_type(parameter.type, parameter, what),
         }
      end
   end
   return parameters, fails
end

local ACCESSOR_SHAPE = {
   getter = { parameters = 1, result = true, words = "takes self alone and returns the value" },
   setter = { parameters = 2, result = false, words = "takes self and the value and returns nothing" },
}

function Analysis:check_shape(declaration, entry)
   local shape = ACCESSOR_SHAPE[entry.kind]
   if shape and (#entry.parameters ~= shape.parameters or (entry.result.kind ~= "void") ~= shape.result
         or entry.fails) then
      self:fault(declaration, "change its parameters, or make it an MP_METHOD",
         "%s: a %s %s", declaration.name, entry.kind, shape.words)
   end
   if entry.leaf and entry.fails then
      self:fault(declaration, "make it an MP_METHOD, or report failure by its result",
         "%s: a leaf cannot take an MpError", declaration.name)
   end
end

function Analysis:function_(declaration)
   local kind = kind_of(declaration)
   local owner = self:owner(declaration, kind)
   if not owner then return end
   if declaration.variadic then
      self:fault(declaration, WAY_OUT.variadic, "%s: variadic functions cannot be bound", declaration.name)
   end
   local name = naming.member(declaration.name, owner.snake, PREFIX_OF_KIND[kind])
   if not name then
      self:fault(declaration, ("call it %s_%s<name>"):format(owner.snake, PREFIX_OF_KIND[kind] or ""),
         "%s: the name of a %s of %s starts with '%s_%s'", declaration.name, WORD_OF_KIND[kind], owner.name, owner.snake,
         PREFIX_OF_KIND[kind] or "")
      return
   end
   local parameters, fails = self:parameters(declaration)
   local entry = {
      name = name, c_name = declaration.name, kind = kind, owner = owner.name, owner_class = owner.c_name,
      leaf = annotation(declaration, "leaf") or nil, fails = fails or nil, parameters = parameters,
      result = self:bind_type(declaration.result, declaration, declaration.name .. ": result", true),
      doc = naming.comment(declaration.comment), file = declaration.file, line = declaration.line,
      column = declaration.column,
   }
   self:check_shape(declaration, entry)
   return entry
end

-- ---- the header -----------------------------------------------------------------------------

local function each(list, visit, out)
   for _, declaration in ipairs(list) do
      if is_annotated(declaration) then out[#out + 1] = visit(declaration) end
   end
   return out
end

function Analysis:record(record, result)
   if annotation(record, "class") then
      result.classes[#result.classes + 1] = self:class(record)
   elseif annotation(record, "value") then
      result.values[#result.values + 1] = self:value(record)
   end
end

--- Returns the header's API and the list of faults found.
function api.analyse(unit, options)
   local analysis = setmetatable({ faults = {}, prefix = options.prefix }, Analysis)
   local result = { header = options.include, module = options.module, classes = {}, values = {} }
   for _, record in ipairs(unit.records) do analysis:record(record, result) end
   result.enums = each(unit.enums, function(declaration) return analysis:enum(declaration) end, {})
   result.functions = each(unit.functions, function(declaration) return analysis:function_(declaration) end, {})
   return result, analysis.faults
end

return api
