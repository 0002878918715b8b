-- From C types, as libclang tells them, to the types that cross: methods of an Analysis.
--
-- A type is {kind, c, ...}, see types.lua. What cannot cross is a fault with a way out.

local annotation = require "annotation"
local naming = require "naming"
local types = require "types"

local typing = {}

local DIRECT = {
   void = true, bool = true, int8 = true, uint8 = true, int16 = true, uint16 = true, int32 = true,
   uint32 = true, int64 = true, uint64 = true, float = true, double = true,
}

local REASON = { char = "a lone char is neither a number nor a text" }

local WAY_OUT = {
   char = "use int8_t, uint8_t, or const char * for text",
   ["function"] = "declare `typedef MP_CALLBACK int (*Name)(void *user, ...)` and take `Name callback, void *user`",
   nameless = "write `typedef struct ... Name { ... } Name;`",
   variadic = "take an `MpArguments *arguments` in place of the dots",
   other = "use bool, a number, const char *, or an annotated enum, struct or class",
   pointer = "say what it is: MP_OUT, MP_INOUT, MP_COUNT(count), or MP_BYTES(length) for raw bytes",
}
typing.WAY_OUT = WAY_OUT

function typing:type_name(c_name) return naming.type_name(c_name, self.prefix) end

-- Each resolver returns a type, or nil, the reason and the way out.

local function unbindable(written, why, way_out)
   return nil, ("type '%s' cannot be bound: %s"):format(written.spelling, why), way_out
end

function typing:named(kind, written, more)
   local t = more or {}
   t.kind, t.name, t.c_name, t.c = kind, self:type_name(written.name), written.name, written.spelling
   return t
end

local function options_type(self, written, target)
   if not target.const then
      return unbindable(written, "options are read, never written", ("pass const %s *"):format(target.name))
   end
   local t = self:named("options", target, { fields = target.fields and self:option_fields(target) })
   t.c = written.spelling
   return t
end

function typing:pointer_type(written)
   local target = written.pointee
   if target.kind == "char" and target.const then
      return { kind = "string", c = written.spelling }
   elseif target.kind == "record" and annotation.get(target, "class") then
      local t = self:named("object", target, { const = target.const or nil })
      t.c = written.spelling
      return t
   elseif target.kind == "record" and annotation.get(target, "options") then
      return options_type(self, written, target)
   elseif target.kind == "record" and annotation.get(target, "value") then
      return unbindable(written, "a pointer does not say whether it brings a value or takes one",
         "pass the value itself, or say MP_OUT, MP_INOUT or MP_COUNT(count)")
   elseif target.name == "MpArguments" then
      return unbindable(written, "nothing but an MpError follows the arguments", "make it the last parameter")
   elseif target.name == "MpError" then
      return unbindable(written, "nothing follows the error", "make it the last parameter")
   elseif target.kind == "record" then
      return unbindable(written, ("struct %s is not a class"):format(target.name), "annotate it with MP_CLASS")
   elseif target.kind == "function" then
      if annotation.get(written, "callback") then
         return unbindable(written, "a callback crosses as a parameter of a function alone",
            ("take it as two parameters: %s callback, void *user"):format(written.spelling))
      end
      return unbindable(written, "the function's type is not annotated", WAY_OUT["function"])
   end
   return unbindable(written, "scripts never see a raw pointer", WAY_OUT.pointer)
end

local UNION_WAY_OUT = "bind a getter for each of its members"
typing.UNION_WAY_OUT = UNION_WAY_OUT

function typing:record_type(written)
   if written.union then
      return unbindable(written, "a union does not say which of its members counts", UNION_WAY_OUT)
   end
   if annotation.get(written, "value") then
      if written.size < 0 then
         return unbindable(written, "the struct is not defined here", "include the header that defines it")
      end
      return self:named("value", written, { size = written.size, fields = self:value_fields(written) })
   elseif annotation.get(written, "class") then
      return unbindable(written, "objects are not copied", ("pass %s * instead"):format(written.name))
   elseif annotation.get(written, "options") then
      return unbindable(written, "options are passed by pointer", ("pass const %s * instead"):format(written.name))
   end
   return unbindable(written, "the struct is not annotated", "annotate it with MP_VALUE")
end

function typing:array_type(written, count)
   local inner = written.element or written.pointee
   if not inner then
      return unbindable(written, "it has no elements to count", "put MP_COUNT before a pointer to the first element")
   end
   local element, why, way_out = self:resolve(inner)
   if not element then return nil, why, way_out end
   if element.kind == "void" or element.kind == "array" or element.kind == "options" then
      return unbindable(written, "such elements do not cross", WAY_OUT.other)
   end
   -- The const of an array's elements stands, canonically, at the array.
   local const = written.const and written.kind == "array" or inner.const
   return { kind = "array", element = element, count = count, c = written.spelling, const = const or nil }
end

--- Whether it is, or leads to, something annotated that has no name by which code could call it.
local function is_nameless(written)
   local target = written.kind == "pointer" and written.pointee or written
   return (target.kind == "record" or target.kind == "enum") and annotation.has_any(target)
      and not naming.is_identifier(target.name)
end

function typing:resolve(written)
   local kind = written.kind
   if is_nameless(written) then return unbindable(written, "it has no name of its own", WAY_OUT.nameless) end
   if DIRECT[kind] then return { kind = kind, c = written.spelling } end
   if kind == "pointer" then return self:pointer_type(written) end
   if kind == "record" then return self:record_type(written) end
   if kind == "array" and written.count then return self:array_type(written, written.count) end
   if kind == "enum" then
      local flags = annotation.get(written, "flags")
      if written.size ~= 4 then
         return unbindable(written, "the enum is not as large as an int", "keep its members within 32 bits, and do not have it packed")
      end
      if flags or annotation.get(written, "enum") then return self:named(flags and "flags" or "enum", written) end
      return unbindable(written, "the enum is not annotated", "annotate it with MP_ENUM or MP_FLAGS")
   end
   return unbindable(written, REASON[kind] or "this kind of type does not cross", WAY_OUT[kind] or WAY_OUT.other)
end

--- Takes what a resolver returned, and reports at `place` when it is no type; `what` starts the message.
function typing:take(place, what, may_be_void, t, why, way_out)
   if not t then
      self:fault(place, way_out, "%s: %s", what, why)
   elseif t.kind == "void" and not may_be_void then
      self:fault(place, WAY_OUT.other, "%s: void is not a value", what)
   end
   return t or { kind = "int32", c = "int" } -- so that analysis goes on and reports all faults
end

function typing:bind_type(written, place, what, may_be_void)
   return self:take(place, what, may_be_void, self:resolve(written))
end

-- ---- structs that are copied ----------------------------------------------------------------

local LARGEST_ALIGNMENT = 8 -- of what LuaJIT's FFI allocates
local LARGEST_SIZE = 2 ^ 29 -- of its types

local FIELD_OF_VALUE = {
   bool = true, int8 = true, uint8 = true, int16 = true, uint16 = true, int32 = true, uint32 = true,
   int64 = true, uint64 = true, float = true, double = true, enum = true, flags = true, value = true,
}

--- What lies where the compiler would not put it by itself: the FFI and the C API would look elsewhere.
function typing:check_layout(record)
   for _, field in ipairs(record.fields) do
      if field.align > 0 and (field.offset % field.align ~= 0 or field.align > record.align) then
         self:fault(field, "do not have the struct packed", "%s.%s is not aligned", record.name, field.name)
         return
      end
   end
   if record.size >= LARGEST_SIZE then
      self:fault(record, "keep large data behind a pointer", "%s is larger than the 512 MB that Lua reaches", record.name)
   end
   if record.align > LARGEST_ALIGNMENT and not annotation.get(record, "class") then
      self:fault(record, "leave the alignment to the compiler", "%s is aligned to %d bytes, and Lua's memory to %d", record.name,
         record.align, LARGEST_ALIGNMENT)
   end
end

function typing:field(field, t)
   self:check_identifier(field)
   return self:mark({
      name = field.name, type = t, offset = field.offset, size = field.size, doc = naming.comment(field.comment),
      file = field.file, line = field.line, column = field.column,
   }, field)
end

--- Whether the member is one at all; a fault if it is not. `kind` of struct is "value" or "options".
function typing:check_member(kind, record, field)
   if field.bitfield then
      self:fault(field, "make it a whole member", "%s %s: member '%s': bit-fields have no address", kind, record.name, field.name)
   elseif field.name == "" then
      self:fault(field, "name it, and give its type a name and an MP_VALUE", "%s %s: unnamed structs and unions do not cross",
         kind, record.name)
   else
      return true
   end
end

local MOST_SCALARS = 100 -- they are parameters of one function in Lua

--- In the FFI's struct the members of inner values stand beside the others.
function typing:check_scalars(record, fields)
   local seen = {}
   if #types.scalars(fields) > MOST_SCALARS then
      self:fault(record, "make it an MP_CLASS", "value %s: more than %d numbers do not cross by copy", record.name, MOST_SCALARS)
   end
   for _, scalar in ipairs(types.scalars(fields)) do
      if seen[scalar.stored] then
         self:fault(record, "rename one of them", "value %s: two members are called '%s' in Lua", record.name, scalar.stored)
      end
      seen[scalar.stored] = true
   end
end

function typing:value_fields(record)
   local fields = {}
   for _, field in ipairs(record.fields) do
      local is_member = self:check_member("value", record, field)
      local t = is_member and self:resolve(field.type)
      if t and FIELD_OF_VALUE[t.kind] then
         fields[#fields + 1] = self:field(field, t)
      elseif is_member then
         self:fault(field, "keep to bool, numbers, enums and values, or make the struct a class",
            "value %s: member '%s' has type '%s', which does not cross by copy",
            record.name, field.name, field.type.spelling)
      end
   end
   return fields
end

local FIELD_OF_OPTIONS = { string = true, object = true, array = true }

function typing:option_fields(record)
   local fields = {}
   for _, field in ipairs(record.fields) do
      local what = ("%s.%s"):format(record.name, field.name)
      local is_member = self:check_member("options", record, field)
      local t = is_member and self:resolve(field.type)
      if t and (FIELD_OF_VALUE[t.kind] or FIELD_OF_OPTIONS[t.kind]) then
         local entry = self:field(field, t)
         entry.default = self:default(field, field, t, what)
         fields[#fields + 1] = entry
      elseif is_member then
         self:fault(field, WAY_OUT.other, "options %s: member '%s' has type '%s', which does not cross",
            record.name, field.name, field.type.spelling)
      end
   end
   return fields
end

-- ---- defaults -------------------------------------------------------------------------------

local RANGE = {
   int8 = { -0x80, 0x7f }, uint8 = { 0, 0xff }, int16 = { -0x8000, 0x7fff }, uint16 = { 0, 0xffff },
   int32 = { -0x80000000, 0x7fffffff }, uint32 = { 0, 0xffffffff },
}

--- The number that a constant is in C; nil: none. Lua would read more than C, and octal ones as decimal.
local function number_of(text)
   local sign, whole = text:match "^(-?)(%w+)$"
   local digits = whole and whole:gsub("[uUlL]+$", "")
   if digits and (digits == "0" or digits:find "^[1-9]%d*$" or digits:find "^0[xX]%x+$") then return tonumber(sign .. digits) end
   local fraction = text:match "^-?[%d.]+[eE][+-]?%d+" or text:match "^-?%d*%.%d*"
   return fraction and text:sub(#fraction + 1):find "^[fF]?$" and tonumber(fraction) or nil
end

--- Whether it is one string literal that C and Lua read alike.
local function is_string(text)
   local inside = text:match '^"(.*)"$'
   return inside ~= nil and not inside:gsub('\\[nrt\\"]', ""):find '[\\"\n]'
end

--- {type of the FFI, largest magnitude, and of a negative one} of the integers that no Lua number holds.
local WIDE = {
   int64 = { "LL", 0x7fffffffffffffffULL, 0x8000000000000000ULL }, uint64 = { "ULL", 0xffffffffffffffffULL, 0ULL },
}

--- The Lua expression for a whole constant of 64 bits; nil if it is none, or out of range.
local function wide_constant(text, wide)
   local sign, digits = text:match "^(-?)(%w-)[uUlL]*$"
   if not (digits:find "^0[xX]%x+$" or digits == "0" or digits:find "^[1-9]%d*$") then return nil end
   local read = loadstring(("return %sULL"):format(digits)) -- none where the digits are too many
   local magnitude = read and read()
   if not magnitude or magnitude > wide[sign == "-" and 3 or 2] then return nil end
   if magnitude <= 2 ^ 53 then return ("%s%.17g"):format(sign, tonumber(magnitude)) end
   return sign .. tostring(magnitude):gsub("ULL$", wide[1])
end

--- The Lua expression for the C constant `text` of type `t`; nil if it is none.
local function lua_constant(text, t)
   if t.kind == "bool" then
      return (text == "true" or text == "false") and text or nil
   elseif t.kind == "string" then
      return is_string(text) and text or nil
   elseif t.kind == "enum" or t.kind == "flags" then
      return text:find "^[%a_][%w_]*$" and ("%q"):format(naming.constant(text, t.c_name)) or nil
   end
   if WIDE[t.kind] then return wide_constant(text, WIDE[t.kind]) end
   local number, range = number_of(text), RANGE[t.kind]
   if not number or (not range and t.kind ~= "float" and t.kind ~= "double") then return nil end
   if range and (number % 1 ~= 0 or number < range[1] or number > range[2]) then return nil end
   return ("%.17g"):format(number)
end

--- The default that `annotated` declares for something of type `t`: {c, lua}; nil for none.
function typing:default(annotated, place, t, what)
   local text = annotation.get(annotated, "default")
   if not text then return nil end
   local lua = lua_constant(text, t)
   if not lua then
      self:fault(place, "give a constant of its type; for nil, say MP_OPTIONAL", "%s: '%s' is no default for '%s'",
         what, text, t.c)
   end
   return { c = text, lua = lua or "nil" }
end

return typing
