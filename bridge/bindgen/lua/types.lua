-- The types that cross between C and Lua, as data.
--
-- A type is {kind, c, name}: kind is a key of `kinds` below, c the way C spells it, name the Lua
-- name of an enum, value or class. Everything that the templates write about a type is here.
--
--   words     what a person is told is expected
--   ffi       how LuaJIT's FFI declares it
--   carrier   the C type that passes through the bridge's functions
--   api       suffix of mp_arg_*, mp_push_*, mp_result_* (bridge/include/moonpatch/glue.h)
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
   return { words = words, ffi = kind .. "_t", carrier = kind .. "_t", api = kind, bad = bad, stubs = "integer" }
end

local kinds = {
   void = {},
   bool = { words = "boolean", ffi = "bool", carrier = "bool", api = "bool",
      bad = 'type($) ~= "boolean"', stubs = "boolean" },
   int8 = integer(8, -128, 127),
   uint8 = integer(8, 0, 255),
   int16 = integer(16, -32768, 32767),
   uint16 = integer(16, 0, 65535),
   int32 = integer(32, -2147483648, 2147483647),
   uint32 = { words = "integer from 0 to 4294967295", ffi = "uint32_t", carrier = "uint32_t", api = "uint32",
      bad = 'type($) ~= "number" or $ < 0 or $ > 4294967295 or $ % 1 ~= 0', stubs = "integer" },
   float = { words = "number", ffi = "float", carrier = "float", api = "float",
      bad = 'type($) ~= "number"', stubs = "number" },
   double = { words = "number", ffi = "double", carrier = "double", api = "double",
      bad = 'type($) ~= "number"', stubs = "number" },
   string = { words = "string", ffi = "const char *", carrier = "const char *", api = "string",
      bad = 'type($) ~= "string" or find($, "\\0", 1, true)', stubs = "string" },
   enum = { ffi = "int32_t", carrier = "int", api = "enum", bad = "enum_@[$] == nil" },
   value = { bad = "not istype(@, $)" },
   object = { ffi = "void *", carrier = "MpObject *", api = "object" },
}
types.kinds = kinds

--- What a person is told is expected where a value of this type is.
function types.words(t) return kinds[t.kind].words or t.name end

--- The type in LuaLS annotations, as an argument or as a result.
function types.stubs(t, as_argument)
   if t.kind == "void" then return nil end
   if t.kind == "enum" and as_argument then return ("%s|string"):format(t.name) end
   if t.kind == "object" and not as_argument then return t.name .. "?" end
   return kinds[t.kind].stubs or t.name
end

--- A Lua condition that is true when `variable` does not hold a value of type `t`.
function types.bad(t, variable)
   return (kinds[t.kind].bad:gsub("[@$]", { ["@"] = t.name, ["$"] = variable }))
end

--- The scalars that a list of typed names crosses as. Values are taken apart into their fields,
--- because neither LuaJIT's compiled FFI calls nor the C API pass structs by value.
-- Each is {name, type, source, part}: the C name, the scalar's type, the entry it belongs to and
-- the field, if the entry is a value.
function types.flatten(list)
   local scalars = {}
   for _, entry in ipairs(list) do
      if entry.type.kind == "value" then
         for _, field in ipairs(entry.type.fields) do
            scalars[#scalars + 1] = {
               name = entry.name .. "_" .. field.name, type = field.type, source = entry, part = field.name,
            }
         end
      else
         scalars[#scalars + 1] = { name = entry.name, type = entry.type, source = entry }
      end
   end
   return scalars
end

return types
