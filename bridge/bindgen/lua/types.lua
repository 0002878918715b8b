-- The types that cross between C and Lua, as data.
--
-- A type is {kind, c, name}: kind is a key of `kinds` below, c the way C spells it, name the Lua
-- name of an enum, value, class or option struct.
--
--   words     what a person is told is expected
--   ffi       how LuaJIT's FFI declares it
--   direct    the C API carries it; the others cross as a pointer to where they are
--   carrier   the C type that passes through the bridge's functions
--   api       suffix of mp_arg_*, mp_result_* (bridge/include/moonpatch/glue.h)
--   bad       Lua: a condition that is true when the variable does not hold such a value
--   stubs     the type in LuaLS annotations

local types = {}

local function integer(bits, low, high)
   local bad = ('type(%s) ~= "number" or tobit(%s) ~= %s'):gsub("%%s", "$")
   local words = "integer"
   if bits < 32 then
      bad = bad .. (" or $ < %d or $ > %d"):format(low, high)
      words = ("integer from %d to %d"):format(low, high)
   end
   local kind = (low < 0 and "int" or "uint") .. bits
   return {
      words = words, ffi = kind .. "_t", direct = true, carrier = kind .. "_t", api = kind, bad = bad, stubs = "integer",
   }
end

local function number(kind)
   return {
      words = "number", ffi = kind, direct = true, carrier = kind, api = kind, bad = 'type($) ~= "number"', stubs = "number",
   }
end

local kinds = {
   void = {},
   bool = { words = "boolean", ffi = "bool", direct = true, carrier = "bool", api = "bool",
      bad = 'type($) ~= "boolean"', stubs = "boolean" },
   int8 = integer(8, -128, 127),
   uint8 = integer(8, 0, 255),
   int16 = integer(16, -32768, 32767),
   uint16 = integer(16, 0, 65535),
   int32 = integer(32, -2147483648, 2147483647),
   uint32 = { words = "integer from 0 to 4294967295", ffi = "uint32_t", direct = true, carrier = "uint32_t",
      api = "uint32", bad = 'type($) ~= "number" or $ < 0 or $ > 4294967295 or $ % 1 ~= 0', stubs = "integer" },
   int64 = { words = "64-bit integer", ffi = "int64_t", stubs = "integer" },
   uint64 = { words = "64-bit integer from 0", ffi = "uint64_t", stubs = "integer" },
   float = number "float",
   double = number "double",
   string = { words = "string", ffi = "const char *", direct = true, carrier = "const char *", api = "string",
      bad = 'type($) ~= "string" or find($, "\\0", 1, true)', stubs = "string" },
   bytes = { words = "string", ffi = "const char *", direct = true, bad = 'type($) ~= "string"', stubs = "string" },
   enum = { ffi = "int32_t", direct = true, carrier = "int", api = "enum", bad = "enum_@[$] == nil" },
   flags = { ffi = "int32_t", direct = true, carrier = "int", api = "flags", bad = "flags_@($) == nil" },
   value = { bad = "not istype(value_@, $)" },
   object = { ffi = "void *", direct = true, carrier = "MpObject *", api = "object" },
   callback = { direct = true, bad = 'type($) ~= "function"' },
   array = { stubs = "table" },
   options = { stubs = "table" },
}
types.kinds = kinds

--- What a person is told is expected where a value of this type is.
function types.words(t)
   if t.kind == "array" then
      return ("list of %s%s"):format(t.count and t.count .. " " or "", types.words(t.element))
   elseif t.kind == "options" then
      return ("table of %s"):format(t.name)
   elseif t.kind == "callback" then
      return ("function (%s)"):format(t.name)
   end
   return kinds[t.kind].words or t.name
end

--- A Lua condition that is true when `variable` does not hold a value of type `t`.
function types.bad(t, variable)
   return (kinds[t.kind].bad:gsub("[@$]", { ["@"] = t.name, ["$"] = variable }))
end

--- How the FFI declares the type.
function types.ffi(t)
   if t.kind == "value" or t.kind == "options" then return "mp_" .. t.c_name end
   return kinds[t.kind].ffi
end

function types.is_direct(t) return kinds[t.kind].direct or false end

--- The suffix of MP_MEMBER_: how the C API path reads a member; FFI: it leaves it to the FFI.
function types.member(t)
   if not types.is_direct(t) or t.kind == "bytes" then return "FFI" end
   return t.kind:upper()
end

--- Whether the first parameter is the object that the function belongs to.
function types.has_self(f) return f.kind ~= "static" and f.kind ~= "constructor" end

-- ---- how a function's parameters cross ------------------------------------------------------

--- What passes through the C API for one call, in order: {how, name, parameter, type}.
--   "direct"   the value itself
--   "bytes"    a string; C takes its length as well
--   "pointer"  where the value lies
--   "count"    how many elements the pointer before it has
--   "callback" a function; C takes its user as well
--   "result"   where C puts a result that is not direct
function types.crossings(f)
   local list = {}
   local function add(how, parameter, name, t)
      list[#list + 1] = { how = how, parameter = parameter, name = name or parameter.name, type = t or parameter.type }
   end
   for _, parameter in ipairs(f.parameters) do
      local role, kind = parameter.role, parameter.type.kind
      if role == "out" or role == "inout" then
         add("pointer", parameter)
      elseif role == "count" then
         if parameter.counts ~= "bytes" then add("count", parameter) end
      elseif kind == "bytes" or kind == "callback" then
         add(kind, parameter)
      elseif not role then
         add(types.is_direct(parameter.type) and "direct" or "pointer", parameter)
      end
   end
   if types.is_boxed(f.result) then add("result", nil, "mp_result", f.result) end
   return list
end

--- Whether a result of this type is written to a place that the caller names.
function types.is_boxed(t) return t.kind == "value" or t.kind == "int64" or t.kind == "uint64" end

--- The parameters that scripts pass, and those that they get as results.
function types.passed(f)
   local passed, returned = {}, {}
   for _, parameter in ipairs(f.parameters) do
      local role = parameter.role
      if not role or role == "inout" then passed[#passed + 1] = parameter end
      if role == "out" or role == "inout" then returned[#returned + 1] = parameter end
   end
   return passed, returned
end

-- ---- values taken apart ---------------------------------------------------------------------

-- The FFI cuts a number to what an integer holds, and takes any for an enum. In its structs such
-- members have names of their own, so that scripts write them through the value's metatable, which
-- checks: see bridge/lua/binding/value.lua.
local function stored_name(path, t)
   local plain = t.kind == "float" or t.kind == "double"
   return table.concat(path, "__") .. (plain and "" or "__")
end

local function scalars_of(fields, path, offset, list)
   for _, field in ipairs(fields) do
      local here = { unpack(path) }
      here[#here + 1] = field.name
      if field.type.kind == "value" then
         scalars_of(field.type.fields, here, offset + field.offset, list)
      else
         list[#list + 1] = {
            path = here, stored = stored_name(here, field.type), type = field.type, offset = offset + field.offset, size = field.size,
         }
      end
   end
   return list
end

--- All scalars {path, stored, type, offset, size} that a value with these fields is made of.
function types.scalars(fields) return scalars_of(fields, {}, 0, {}) end

-- A leaf takes small values as scalars: a pointer to one would make compiled code allocate it.
local SCALARS_OF_VALUE = 8

--- The same for a value type that a leaf takes apart; nil for one that is too large.
function types.leaf_scalars(t)
   local list = types.scalars(t.fields)
   return #list <= SCALARS_OF_VALUE and list or nil
end

--- How many numbers and pointers a leaf is called with.
function types.leaf_size(f)
   local size = 0
   for _, crossing in ipairs(types.crossings(f)) do
      local scalars = crossing.how == "pointer" and crossing.type.kind == "value" and types.leaf_scalars(crossing.type)
      size = size + (scalars and #scalars or crossing.how == "bytes" and 2 or 1)
   end
   return size
end

return types
