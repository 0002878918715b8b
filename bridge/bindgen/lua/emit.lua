-- What the templates ask for: pieces of C and Lua text about one function of the API.

local types = require "types"

local emit = {}
local kinds = types.kinds

-- ---- C --------------------------------------------------------------------------------------

--- "Enemy *self, int amount" as declared; "void" for none. The MpError, if any, comes last.
function emit.c_parameters(f)
   local out = {}
   for _, parameter in ipairs(f.parameters) do
      out[#out + 1] = emit.c_declare(parameter.type.c, parameter.name)
   end
   if f.fails then out[#out + 1] = "MpError *mp_error" end
   return #out > 0 and table.concat(out, ", ") or "void"
end

--- "int amount", "Enemy *self"
function emit.c_declare(c_type, name)
   return c_type .. (c_type:find("%*$") and "" or " ") .. name
end

--- "(Enemy *, int)", for a function pointer type.
function emit.c_signature(f)
   local out = {}
   for _, parameter in ipairs(f.parameters) do out[#out + 1] = parameter.type.c end
   if f.fails then out[#out + 1] = "MpError *" end
   return #out > 0 and table.concat(out, ", ") or "void"
end

--- "self, amount", for a call with the declared parameters.
function emit.c_forward(f)
   local out = {}
   for _, parameter in ipairs(f.parameters) do out[#out + 1] = parameter.name end
   if f.fails then out[#out + 1] = "mp_error" end
   return table.concat(out, ", ")
end

--- The same where the parameters came in as scalars: values are put together again.
function emit.c_assemble(f)
   local out = {}
   for _, parameter in ipairs(f.parameters) do
      local t = parameter.type
      if t.kind == "value" then
         local fields = {}
         for _, field in ipairs(t.fields) do
            fields[#fields + 1] = (".%s = %s_%s"):format(field.name, parameter.name, field.name)
         end
         out[#out + 1] = ("(%s){%s}"):format(t.c_name, table.concat(fields, ", "))
      elseif t.kind == "object" or t.kind == "enum" then
         out[#out + 1] = ("(%s)%s"):format(t.c, parameter.name)
      else
         out[#out + 1] = parameter.name
      end
   end
   if f.fails then out[#out + 1] = "&mp_error" end
   return table.concat(out, ", ")
end

--- Reads argument `index` of a wrapper.
function emit.c_argument(f, scalar, index)
   local t = scalar.type
   local extra = (t.kind == "object" and ", &mp_class_" .. t.c_name) or (t.kind == "enum" and ", &mp_enum_" .. t.c_name) or ""
   return ("mp_arg_%s(mp_L, &mp_method_%s, %d%s)"):format(kinds[t.kind].api, f.c_name, index, extra)
end

local PUSH = { bool = "boolean", string = false, float = "number", double = "number", uint32 = "number" }

--- Pushes the scalar `expression` of type `t`.
function emit.c_push(t, expression, state)
   if t.kind == "string" then return ("mp_push_string(%s, %s)"):format(state, expression) end
   local push = PUSH[t.kind] or "integer"
   if push == "number" then return ("lua_pushnumber(%s, (lua_Number)%s)"):format(state, expression) end
   return ("lua_push%s(%s, %s)"):format(push, state, expression)
end

--- Pushes a wrapper's result: one line of C for each scalar.
function emit.c_push_result(f)
   local t = f.result
   if t.kind == "void" then return {} end
   if t.kind == "object" then
      return { "mp_push_object(mp_wrapper_vm(mp_L), mp_L, (const MpObject *)mp_result)" }
   end
   local lines = {}
   for _, scalar in ipairs(types.flatten { { name = "mp_result", type = t } }) do
      lines[#lines + 1] = emit.c_push(scalar.type, scalar.part and "mp_result." .. scalar.part or "mp_result", "mp_L")
   end
   return lines
end

--- Pushes the arguments of a thunk's call.
function emit.c_push_arguments(f)
   local lines = {}
   for _, scalar in ipairs(types.flatten(f.parameters)) do
      local expression = scalar.part and ("%s.%s"):format(scalar.source.name, scalar.part) or scalar.name
      if scalar.type.kind == "object" then
         lines[#lines + 1] = ("mp_call_push_object(&mp_call, (const MpObject *)%s)"):format(expression)
      else
         lines[#lines + 1] = emit.c_push(scalar.type, expression, "mp_call.L")
      end
   end
   return lines
end

--- The scalars that a thunk reads back: {declaration, condition}.
function emit.c_read_results(f)
   local reads = {}
   if f.result.kind == "void" then return reads end
   for index, scalar in ipairs(types.flatten { { name = "mp_result", type = f.result } }) do
      local t = scalar.type
      local extra = (t.kind == "object" and "&mp_class_" .. t.c_name .. ", ")
         or (t.kind == "enum" and "&mp_enum_" .. t.c_name .. ", ") or ""
      reads[#reads + 1] = {
         declaration = emit.c_declare(kinds[t.kind].carrier, scalar.name),
         condition = ("mp_result_%s(&mp_call, %d, %s&%s)"):format(kinds[t.kind].api, index, extra, scalar.name),
         field = scalar.part, name = scalar.name,
      }
   end
   return reads
end

--- The C expression of a thunk's result from what was read.
function emit.c_result(f)
   local t = f.result
   if t.kind ~= "value" then return ("(%s)mp_result"):format(t.c) end
   local fields = {}
   for _, field in ipairs(t.fields) do fields[#fields + 1] = (".%s = mp_result_%s"):format(field.name, field.name) end
   return ("(%s){%s}"):format(t.c_name, table.concat(fields, ", "))
end

--- The zero value of a result.
function emit.c_zero(t)
   return t.kind == "value" and ("(%s){0}"):format(t.c_name) or ("(%s)0"):format(t.c)
end

--- The leaf stub's parameters: scalars, and a place for a value result.
function emit.leaf_parameters(f)
   local out = {}
   for _, scalar in ipairs(types.flatten(f.parameters)) do
      out[#out + 1] = emit.c_declare(kinds[scalar.type.kind].ffi, scalar.name)
   end
   if f.result.kind == "value" then out[#out + 1] = f.result.c_name .. " *mp_result" end
   return #out > 0 and table.concat(out, ", ") or "void"
end

--- The leaf stub's result type in C.
function emit.leaf_result(f)
   local kind = f.result.kind
   if kind == "void" or kind == "value" then return "void" end
   if kind == "object" then return "const void *" end
   return kinds[kind].ffi
end

-- ---- Lua ------------------------------------------------------------------------------------

local RESERVED = {}
for word in ("and break do else elseif end false for function goto if in local nil not or repeat return then true until while")
   :gmatch("%a+") do RESERVED[word] = true end

-- Names that the templates use themselves inside a stub.
for word in ("bad_argument body call cast error failed find istype layer members method metatable object ok original "
   .. "raw result slot stubs surplus tobit type wrap xpcall"):gmatch("%a+") do RESERVED[word] = true end

--- A parameter's name as a Lua variable.
function emit.lua_name(name) return RESERVED[name] and name .. "_" or name end

--- "self, amount"
function emit.lua_parameters(f, more)
   local out = {}
   for _, parameter in ipairs(f.parameters) do out[#out + 1] = emit.lua_name(parameter.name) end
   if more then out[#out + 1] = more end
   return table.concat(out, ", ")
end

--- The checked parameters as the scalars that cross: "entry, to.x, to.y"
function emit.lua_scalars(f, object_suffix)
   local out = {}
   for _, scalar in ipairs(types.flatten(f.parameters)) do
      local name = emit.lua_name(scalar.source.name)
      if scalar.part then
         name = name .. "." .. scalar.part
      elseif scalar.type.kind == "object" then
         name = name .. object_suffix
      end
      out[#out + 1] = name
   end
   return table.concat(out, ", ")
end

--- The scalars' names: "self, to_x, to_y", as a thunk's call brings them to Lua.
function emit.lua_scalar_names(f)
   local out = {}
   for _, scalar in ipairs(types.flatten(f.parameters)) do out[#out + 1] = emit.lua_name(scalar.name) end
   return table.concat(out, ", ")
end

--- The parameters put together from those scalars: "self, Vec2(to_x, to_y)"
function emit.lua_assembled(f)
   local out = {}
   for _, parameter in ipairs(f.parameters) do
      local name = emit.lua_name(parameter.name)
      if parameter.type.kind == "value" then
         local parts = {}
         for _, field in ipairs(parameter.type.fields) do parts[#parts + 1] = name .. "_" .. field.name end
         name = ("%s(%s)"):format(parameter.type.name, table.concat(parts, ", "))
      end
      out[#out + 1] = name
   end
   return table.concat(out, ", ")
end

--- Whether a value is among the parameters or the result, so that Lua must take it apart.
function emit.has_values(f)
   if f.result.kind == "value" then return true end
   for _, parameter in ipairs(f.parameters) do
      if parameter.type.kind == "value" then return true end
   end
   return false
end

--- "result.x, result.y"
function emit.lua_fields(t, variable)
   local out = {}
   for _, field in ipairs(t.fields) do out[#out + 1] = variable .. "." .. field.name end
   return table.concat(out, ", ")
end

--- The FFI's type for a leaf stub: "float (*)(void *, float, float)"
function emit.leaf_type(f)
   local out = {}
   for _, scalar in ipairs(types.flatten(f.parameters)) do out[#out + 1] = kinds[scalar.type.kind].ffi end
   if f.result.kind == "value" then out[#out + 1] = ("mp_%s *"):format(f.result.c_name) end
   return ("%s (*)(%s)"):format(emit.leaf_result(f), #out > 0 and table.concat(out, ", ") or "void")
end

--- The members of a class that scripts reach, as an FFI struct: what lies between them is padding.
function emit.ffi_members(class)
   local lines, position = {}, 0
   local function pad_to(offset)
      if offset > position then
         lines[#lines + 1] = ("uint8_t mp_pad_%d[%d];"):format(position, offset - position)
      end
   end
   local sorted = {}
   for index, property in ipairs(class.properties) do sorted[index] = property end
   table.sort(sorted, function(a, b) return a.offset < b.offset end)
   for _, property in ipairs(sorted) do
      local t = property.type
      pad_to(property.offset)
      local c_type = t.kind == "value" and "mp_" .. t.c_name or kinds[t.kind].ffi
      lines[#lines + 1] = emit.c_declare(c_type, property.name) .. ";"
      position = property.offset + property.size
   end
   return lines
end

--- '"x", "y"': the key of each entry, quoted.
function emit.list(entries, key)
   local out = {}
   for index, entry in ipairs(entries) do out[index] = emit.quote(entry[key]) end
   return table.concat(out, ", ")
end

--- "x, y"
function emit.list_plain(entries, key)
   local out = {}
   for index, entry in ipairs(entries) do out[index] = entry[key] end
   return table.concat(out, ", ")
end

-- ---- both -----------------------------------------------------------------------------------

--- Text as a C or Lua string literal, on one line.
function emit.quote(text)
   return '"' .. text:gsub('[%c"\\]', function(c)
      return c == "\n" and "\\n" or c == '"' and '\\"' or c == "\\" and "\\\\" or ("\\%03d"):format(c:byte())
   end) .. '"'
end

--- Text as the elements of a C array of characters: no compiler limits those.
function emit.bytes(text)
   local lines = {}
   for start = 1, #text, 24 do
      local line = {}
      for index = start, math.min(start + 23, #text) do line[#line + 1] = ("%d,"):format(text:byte(index)) end
      lines[#lines + 1] = "    " .. table.concat(line)
   end
   return table.concat(lines, "\n")
end

return emit
