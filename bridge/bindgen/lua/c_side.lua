-- What the C template asks for: pieces of C about one function of the API.

local types = require "types"

local c = {}
local kinds = types.kinds

--- "int amount", "Enemy *self", "const float weights[4]"
function c.declare(c_type, name)
   local element, count = c_type:match("^(.-) ?(%[%d+%])$")
   if element then return ("%s %s%s"):format(element, name, count) end
   return c_type .. (c_type:find("%*$") and "" or " ") .. name
end

--- The C variable of a parameter. Headers may call it as the templates, the bridge or a macro call something of theirs.
function c.argument(name) return "arg_" .. name end

--- The C variable of what crosses.
function c.variable(crossing) return crossing.parameter and c.argument(crossing.name) or crossing.name end

local function length_of(name) return "length_of_" .. name end

--- The type of the place that a boxed result is written to: without the const that it may be declared with.
function c.stored(t) return t.kind == "value" and t.c_name or kinds[t.kind].ffi end

--- Everything that crosses by a call: callback types before the functions that take them.
function c.callables(api)
   local out = {}
   for _, list in ipairs { api.callbacks, api.functions } do
      for _, f in ipairs(list) do out[#out + 1] = f end
   end
   return out
end

--- Appends what ends every list of parameters: an MpArguments and an MpError, if the function takes them.
local function with_tail(f, out, rest, fails)
   if f.rest then out[#out + 1] = rest end
   if f.fails then out[#out + 1] = fails end
   return out
end

--- "Enemy *arg_self, int arg_amount" as declared; "void" for none.
function c.parameters(f)
   local out = { f.callback and "void *mp_user" or nil }
   for _, parameter in ipairs(f.parameters) do out[#out + 1] = c.declare(c.spelling(parameter), c.argument(parameter.name)) end
   with_tail(f, out, "MpArguments *mp_arguments", "MpError *mp_error")
   return #out > 0 and table.concat(out, ", ") or "void"
end

--- The C type of a parameter as declared.
function c.spelling(parameter)
   local role = parameter.role
   local is_pointer = role == "out" or role == "inout" or role == "result_count"
   return is_pointer and c.declare(parameter.type.c, "*") or parameter.type.c
end

--- "const float *" of "const float[3]"; anything else stays what it is.
local function decayed(c_type) return (c_type:gsub(" ?%[%d+%]$", " *")) end

--- What crosses by pointer is that pointer in C, or a value that it points to.
local function pointer_to(t)
   local is_pointer = t.kind == "array" or t.kind == "options" or t.kind == "bytes"
   return is_pointer and decayed(t.c) or c.declare(t.c, "*")
end

--- "Enemy *, int", for a function pointer type.
function c.signature(f)
   local out = {}
   for _, parameter in ipairs(f.parameters) do
      out[#out + 1] = decayed(c.spelling(parameter))
   end
   with_tail(f, out, "MpArguments *", "MpError *")
   return #out > 0 and table.concat(out, ", ") or "void"
end

--- "arg_self, arg_amount", for a call with the declared parameters.
function c.forward(f)
   local out = {}
   for _, parameter in ipairs(f.parameters) do out[#out + 1] = c.argument(parameter.name) end
   return table.concat(with_tail(f, out, "mp_arguments", "mp_error"), ", ")
end

-- ---- Lua calls C ----------------------------------------------------------------------------

local EXTRA = { object = "class", enum = "enum", flags = "enum" }

local function extra_argument(t)
   return EXTRA[t.kind] and (", &mp_%s_%s"):format(EXTRA[t.kind], t.c_name) or ""
end

local function read_argument(f, t, index)
   return ("mp_arg_%s(mp_L, &mp_method_%s, %d%s)"):format(kinds[t.kind].api, f.c_name, index, extra_argument(t))
end

--- The lines that read argument `index` of a wrapper.
function c.read_argument(f, crossing, index)
   local t, name, parameter = crossing.type, c.variable(crossing), crossing.parameter
   if crossing.how == "pointer" or crossing.how == "result" then
      return { ("void *%s = mp_arg_pointer(mp_L, %d);"):format(name, index) }
   elseif crossing.how == "count" then
      return { ("%s = (%s)lua_tonumber(mp_L, %d);"):format(c.declare(t.c, name), t.c, index) }
   elseif crossing.how == "callback" then
      return { ("mp_arg_callback(mp_L, &mp_method_%s, %d, %s);"):format(f.c_name, index, parameter.optional or false) }
   elseif crossing.how == "bytes" then
      return {
         ("size_t %s = 0;"):format(length_of(crossing.name)),
         ("const char *%s = mp_arg_bytes(mp_L, &mp_method_%s, %d, &%s, %s);"):format(
            name, f.c_name, index, length_of(crossing.name), parameter.optional or false),
      }
   end
   local read = read_argument(f, t, index)
   local fallback, carrier = parameter.default and parameter.default.c or parameter.optional and "NULL", kinds[t.kind].carrier
   if fallback then read = ("lua_isnoneornil(mp_L, %d) ? (%s)%s : %s"):format(index, carrier, fallback, read) end
   return { c.declare(carrier, name) .. " = " .. read .. ";" }
end

--- A parameter of the C body from what a wrapper read.
local function body_argument(parameter)
   local t, name, role = parameter.type, c.argument(parameter.name), parameter.role
   if role == "count" and parameter.counts == "bytes" then
      return ("(%s)%s"):format(t.c, length_of(parameter.of))
   elseif role == "count" then
      return ("(%s)%s"):format(t.c, name)
   elseif role == "result_count" then
      return "&" .. name
   elseif role == "user" then
      return c.argument(parameter.of) .. ".user"
   elseif t.kind == "callback" then
      return ("(%s)%s.function"):format(t.c, name)
   elseif role or t.kind == "array" or t.kind == "options" then
      return ("(%s)%s"):format(pointer_to(t), name)
   elseif not types.is_direct(t) then
      return ("*(const %s *)%s"):format(t.c, name)
   elseif t.kind == "object" or EXTRA[t.kind] or t.kind == "bytes" then
      return ("(%s)%s"):format(t.c, name)
   end
   return name
end

--- "(Enemy *)arg_self, arg_amount, &mp_error"
function c.body_arguments(f)
   local out = { f.callback and "mp_user" or nil }
   for _, parameter in ipairs(f.parameters) do out[#out + 1] = body_argument(parameter) end
   return table.concat(with_tail(f, out, "&mp_arguments", "&mp_error"), ", ")
end

--- Visits the callbacks among a function's crossings, with their numbers.
local function each_callback(f, visit)
   local lines = {}
   for index, crossing in ipairs(types.crossings(f)) do
      if crossing.how == "callback" then lines[#lines + 1] = visit(crossing, index) end
   end
   return lines
end

local function owner_of_kept(f)
   return not types.has_self(f) and "NULL" or ("(const MpObject *)%s"):format(c.argument(f.parameters[1].name))
end

--- The lines that give functions to C, once all arguments are read.
function c.give_callbacks(f)
   return each_callback(f, function(crossing, index)
      local keep = crossing.parameter.keep
      return ("MpGiven %s = mp_callback_%s(mp_L, &mp_method_%s, %d, &mp_method_%s%s)"):format(c.variable(crossing),
         keep and "keep" or "lend", f.c_name, index, crossing.type.c_name, keep and ", " .. owner_of_kept(f) or "")
   end)
end

--- The lines that follow the body.
function c.settle_callbacks(f)
   local conditions = table.concat(with_tail(f, {}, "!mp_arguments.bad", "mp_error.status == MP_OK"), " && ")
   return each_callback(f, function(crossing)
      return ("mp_callback_settle(mp_L, &%s, %s)"):format(c.variable(crossing), conditions ~= "" and conditions or "true")
   end)
end

--- Pushes a callback that C passes.
local function push_callback(f, crossing, index)
   local name, parameter, user = c.variable(crossing), crossing.parameter
   for _, other in ipairs(f.parameters) do
      if other.role == "user" and other.of == crossing.name then user = c.argument(other.name) end
   end
   return ("mp_call_%s(&mp_call, &mp_method_%s, (MpFunction)%s, %s%s)"):format(parameter.keep and "keep" or "lend",
      crossing.type.c_name, name, user, parameter.keep and (", %d, %s"):format(index, owner_of_kept(f)) or "")
end

--- The local variables that the C body fills for its wrapper or leaf stub.
function c.counts_of_result(f)
   local out = {}
   for _, parameter in ipairs(f.parameters) do
      if parameter.role == "result_count" then out[#out + 1] = parameter end
   end
   return out
end

local PUSH = { bool = "boolean", float = "number", double = "number", uint32 = "number" }

--- Pushes the direct `expression` of type `t`.
local function push(t, expression, state)
   if t.kind == "string" then return ("mp_push_string(%s, %s)"):format(state, expression) end
   local word = PUSH[t.kind] or "integer"
   if word == "number" then return ("lua_pushnumber(%s, (lua_Number)%s)"):format(state, expression) end
   return ("lua_push%s(%s, %s)"):format(word, state, expression)
end

--- The lines that push a wrapper's result, and how many values that are.
function c.push_result(f)
   local t = f.result
   local count = c.counts_of_result(f)[1]
   if t.kind == "void" or types.is_boxed(t) then return {}, 0 end
   if t.kind == "object" then
      return { "mp_push_object(mp_wrapper_vm(mp_L), mp_L, (const MpObject *)mp_result)" }, 1
   elseif t.kind == "bytes" then
      return { ("mp_push_bytes(mp_L, mp_result, (size_t)%s)"):format(c.argument(count.name)) }, 1
   elseif t.kind == "array" then
      return {
         "mp_push_pointer(mp_L, mp_result)", ("lua_pushnumber(mp_L, (lua_Number)%s)"):format(c.argument(count.name)),
      }, 2
   end
   return { push(t, "mp_result", "mp_L") }, 1
end

-- ---- C calls Lua ----------------------------------------------------------------------------

local function counter_of(f, parameter)
   for _, count in ipairs(f.parameters) do
      if count.of == parameter.name then return c.argument(count.name) end
   end
end

local function push_pointer(crossing)
   local parameter, name = crossing.parameter, c.variable(crossing)
   local is_place = crossing.how == "result" or not (parameter.role or crossing.type.kind == "array"
      or crossing.type.kind == "options")
   return ("mp_push_pointer(mp_call.L, %s%s)"):format(is_place and "&" or "", name)
end

--- How many arguments a thunk's call has.
function c.argument_count(f) return #types.crossings(f) .. (f.rest and " + mp_rest" or "") end

--- Whether what crosses is an object itself.
function c.is_object(crossing) return crossing.how == "direct" and crossing.type.kind == "object" end

--- Whether what `t` leads to are objects, which a thunk does not see.
local function leads_to_objects(t)
   if t.kind == "object" then return true end
   if t.element then return leads_to_objects(t.element) end
   for _, field in ipairs(t.kind == "options" and t.fields or {}) do
      if leads_to_objects(field.type) then return true end
   end
   return false
end

local function hides_objects(f)
   for _, parameter in ipairs(f.parameters) do
      local is_hidden = parameter.role == "inout" or parameter.type.kind ~= "object"
      if parameter.role ~= "out" and is_hidden and leads_to_objects(parameter.type) then return true end
   end
   return f.rest
end

--- What must be known of the objects that C passes, because they may die: `identities`, to be taken
--- before anything runs; whether more are `hidden`; and `condition`: after a layer failed the call is
--- over, since one of them died or the patch wants it so.
function c.mortals(f)
   local identities, conditions = {}, { "mp_call_ends(&mp_call)" }
   for _, crossing in ipairs(types.crossings(f)) do
      if c.is_object(crossing) then identities[#identities + 1] = ("mp_identity((const MpObject *)%s)"):format(c.variable(crossing)) end
   end
   local hidden = hides_objects(f) and not f.callback
   if #identities > 0 then conditions[#conditions + 1] = ("mp_call_died(&mp_call, mp_objects, %d)"):format(#identities) end
   if hidden then conditions[#conditions + 1] = "mp_call_bereaved(&mp_call, mp_deaths)" end
   return {
      identities = table.concat(identities, ", "), count = #identities, hidden = hidden,
      condition = table.concat(conditions, " || "),
   }
end

--- Pushes the arguments of a thunk's call.
function c.push_arguments(f)
   local lines, objects = {}, 0
   for index, crossing in ipairs(types.crossings(f)) do
      local name, t = c.variable(crossing), crossing.type
      if crossing.how == "callback" then
         lines[#lines + 1] = push_callback(f, crossing, index)
      elseif crossing.how == "pointer" or crossing.how == "result" then
         lines[#lines + 1] = push_pointer(crossing)
      elseif crossing.how == "bytes" then
         lines[#lines + 1] = ("mp_push_bytes(mp_call.L, %s, (size_t)%s)"):format(name, counter_of(f, crossing.parameter))
      elseif crossing.how == "count" then
         lines[#lines + 1] = ("lua_pushnumber(mp_call.L, (lua_Number)%s)"):format(name)
      elseif c.is_object(crossing) then
         objects = objects + 1
         lines[#lines + 1] = ("mp_call_push_object(&mp_call, mp_objects[%d], (const MpObject *)%s)"):format(objects - 1, name)
      else
         lines[#lines + 1] = push(t, name, "mp_call.L")
      end
   end
   if f.rest then lines[#lines + 1] = "int mp_rest = mp_call_push_rest(&mp_call, mp_arguments)" end
   return lines
end

--- How a thunk gets its result: {declaration, condition, value, values}. `condition` reads it,
--- from `values` results of the call.
function c.thunk_result(f)
   local t = f.result
   local count = c.counts_of_result(f)[1]
   if t.kind == "void" then
      return { values = 0 }
   elseif types.is_boxed(t) then
      return { declaration = c.declare(c.stored(t), "mp_result") .. " = {0}", value = "mp_result", values = 0 }
   elseif t.kind == "bytes" then
      return {
         declaration = "const char *mp_result; size_t mp_length", values = 1, value = ("(%s)mp_result"):format(t.c),
         condition = "mp_result_bytes(&mp_call, 1, &mp_result, &mp_length)",
         store = ("*%s = (%s)mp_length"):format(c.argument(count.name), count.type.c),
      }
   elseif t.kind == "array" then
      return {
         declaration = "const void *mp_result; size_t mp_length", values = 2, value = ("(%s)mp_result"):format(t.c),
         condition = "mp_result_array(&mp_call, 1, &mp_result, &mp_length)",
         store = ("*%s = (%s)mp_length"):format(c.argument(count.name), count.type.c),
      }
   end
   return {
      declaration = c.declare(kinds[t.kind].carrier, "mp_result"), values = 1, value = ("(%s)mp_result"):format(t.c),
      condition = ("mp_result_%s(&mp_call, 1%s, &mp_result)"):format(kinds[t.kind].api, extra_argument(t)),
   }
end

--- How many results a thunk takes from Lua: two at least where they may be nil and a message.
function c.values_taken(f)
   local values = c.thunk_result(f).values
   return f.fails and math.max(2, values) or values
end

--- The zero value of a result.
function c.zero(t) return t.kind == "value" and ("(%s){0}"):format(t.c_name) or ("(%s)0"):format(t.c) end

--- What a thunk does that has nothing to call: for a callback that failed, or without live objects.
function c.nothing(f)
   local lines = {}
   for _, parameter in ipairs(f.parameters) do
      if parameter.role == "out" or parameter.role == "result_count" then
         lines[#lines + 1] = ("*%s = %s"):format(c.argument(parameter.name), c.zero(parameter.type))
      end
   end
   if f.fails then
      lines[#lines + 1] = ('mp_error_set(mp_error, MP_SCRIPT, "%s.%s failed: the log says why")'):format(f.owner, f.name)
   end
   if f.result.kind ~= "void" then lines[#lines + 1] = "return " .. c.zero(f.result) end
   return lines
end

-- ---- leaves ---------------------------------------------------------------------------------

--- Scalar `index` of a value that a leaf takes apart.
local function part_of(name, index) return ("part_%s_%d"):format(name, index) end

--- What a leaf stub takes, in order: {declaration (C), ffi, lua, of}. `lua` is a format for the
--- Lua variable of the parameter named `of`: see lua_side.lua.
function c.leaf_parameters(f)
   local out = {}
   local t, name, of
   local function add(c_type, ffi, c_name, lua)
      out[#out + 1] = { declaration = c.declare(c_type, c_name), ffi = ffi, lua = lua, of = of }
   end
   for _, crossing in ipairs(types.crossings(f)) do
      t, name, of = crossing.type, c.variable(crossing), crossing.name
      local scalars = crossing.how == "pointer" and not crossing.parameter.role and t.kind == "value" and types.leaf_scalars(t)
      if scalars then
         for index, scalar in ipairs(scalars) do
            local ffi = kinds[scalar.type.kind].ffi
            add(ffi, ffi, part_of(of, index), ('arg_%%s["%s"]'):format(scalar.stored))
         end
      elseif crossing.how == "result" then
         if t.kind == "value" then add("void *", "void *", name, "mp_result") end
      elseif crossing.how == "bytes" then
         add("const char *", "const char *", name, "arg_%s")
         add("uint64_t", "uint64_t", length_of(of), "#arg_%s")
      elseif crossing.how == "count" then
         of = crossing.parameter.of
         add(t.c, kinds[t.kind].ffi, name, "count_%s")
      elseif crossing.how == "pointer" and (t.kind == "int64" or t.kind == "uint64") and not crossing.parameter.role then
         add(kinds[t.kind].ffi, kinds[t.kind].ffi, name, "arg_%s")
      elseif crossing.how == "pointer" then
         local role = crossing.parameter.role and "box" or t.kind == "value" and "arg" or "data"
         add("const void *", "const void *", name, role .. "_%s")
      else
         add(kinds[t.kind].ffi, kinds[t.kind].ffi, name, t.kind == "object" and "object_%s" or "arg_%s")
      end
   end
   return out
end

--- The same as one parameter list.
function c.leaf_signature(f)
   local out = {}
   for index, parameter in ipairs(c.leaf_parameters(f)) do out[index] = parameter.declaration end
   return #out > 0 and table.concat(out, ", ") or "void"
end

--- The value of type `t` from its scalars; `next_part()` gives the variable of one after the other.
local function assemble(t, next_part)
   local fields = {}
   for _, field in ipairs(t.fields) do
      local is_value = field.type.kind == "value"
      local part = not is_value and next_part()
      local expression = is_value and assemble(field.type, next_part)
         or (field.type.kind == "enum" or field.type.kind == "flags") and ("(%s)%s"):format(field.type.c, part) or part
      fields[#fields + 1] = (".%s = %s"):format(field.name, expression)
   end
   return ("(%s){%s}"):format(t.c_name, table.concat(fields, ", "))
end

--- The arguments of the C body inside a leaf stub.
function c.leaf_arguments(f)
   local out = {}
   for _, parameter in ipairs(f.parameters) do
      local t = parameter.type
      if not parameter.role and t.kind == "value" and types.leaf_scalars(t) then
         local index = 0
         out[#out + 1] = assemble(t, function()
            index = index + 1
            return part_of(parameter.name, index)
         end)
      elseif not parameter.role and (t.kind == "int64" or t.kind == "uint64") then
         out[#out + 1] = c.argument(parameter.name)
      elseif parameter.role == "out" or parameter.role == "inout" then
         out[#out + 1] = ("(%s)(uintptr_t)%s"):format(c.declare(t.c, "*"), c.argument(parameter.name))
      else
         out[#out + 1] = body_argument(parameter)
      end
   end
   return table.concat(out, ", ")
end

--- The leaf stub's result type in C.
function c.leaf_result(f)
   local kind = f.result.kind
   if kind == "void" or kind == "value" then return "void" end
   if kind == "object" then return "const void *" end
   return kinds[kind].ffi
end

--- The FFI's type for a leaf stub: "float (*)(void *, float, float)"
function c.leaf_type(f)
   local out = {}
   for index, parameter in ipairs(c.leaf_parameters(f)) do out[index] = parameter.ffi end
   return ("%s (*)(%s)"):format(c.leaf_result(f), #out > 0 and table.concat(out, ", ") or "void")
end

return c
