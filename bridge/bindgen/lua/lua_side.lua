-- What the Lua template asks for: pieces of Lua about one function of the API.
--
-- Variables of one parameter `x` in generated code: arg_x is what a script passed or a thunk brought,
-- object_x the C object behind a handle, data_x and count_x a list in C's shape, box_x the place
-- that C writes to. No name of the templates' own starts like that, nor that of a type's variables.

local c = require "c_side"
local types = require "types"

local lua = {}

--- The variable of a parameter, or what `role` says of it.
function lua.name(name, role) return (role or "arg") .. "_" .. name end

--- The variable of what crosses.
function lua.variable(crossing) return crossing.parameter and lua.name(crossing.name) or crossing.name end

local function names_of(parameters, more)
   local out = {}
   for _, parameter in ipairs(parameters) do out[#out + 1] = lua.name(parameter.name) end
   if more then out[#out + 1] = more end
   return table.concat(out, ", ")
end

--- What scripts pass: "arg_self, arg_amount". `more` catches what is too much.
function lua.parameters(f, more) return (names_of((types.passed(f)), f.rest and "..." or more)) end

--- The line that refuses it, if anything can be too much. Compiled code knows how many there are.
function lua.refuse_surplus(f)
   return f.rest and "" or ('if select("#", ...) ~= 0 then refuse_surplus(method, %d, ...) end'):format(lua.parameter_count(f))
end

--- How many of them there are beside self.
function lua.parameter_count(f) return #types.passed(f) - (types.has_self(f) and 1 or 0) end

--- "original, arg_self, value_Vec2(arg_at)": for the call of a patch's body, which gets what C would bring it. What
--- it does to a value is nothing to the caller, nor to the layers below.
function lua.body_parameters(f)
   local out = { "original" }
   for _, parameter in ipairs((types.passed(f))) do
      local name, t = lua.name(parameter.name), parameter.type
      if parameter.role then
         name = ("%s.to_lua(%s[0])"):format(lua.converter(t), lua.name(parameter.name, "box"))
      elseif t.kind == "value" then
         name = ("value_%s(%s)"):format(t.name, name)
      end
      out[#out + 1] = name
   end
   if f.rest then out[#out + 1] = "..." end
   return table.concat(out, ", ")
end

--- Whether a table from a script is for the function itself.
function lua.takes_options(f)
   local last = f.parameters[#f.parameters]
   return last ~= nil and (last.type.kind == "options" or last.type.kind == "array" or last.type.kind == "value")
end

local TABLES = { options = true, array = true, value = true, flags = true }

--- The first place of a constructor's arguments where a table is one of properties: nothing must
--- come before it that is missing yet, or could be a table itself.
function lua.properties_from(f)
   local from = 1
   for index, parameter in ipairs((types.passed(f))) do
      local may_be_left_out = parameter.default or parameter.optional
      if not may_be_left_out or TABLES[parameter.type.kind] then from = index + 1 end
   end
   return from
end

-- ---- converters -----------------------------------------------------------------------------

--- The variable that holds the converter of a type: see bridge/lua/binding/convert.lua.
function lua.converter(t)
   if t.kind == "array" then return ("array_%s_%s"):format(t.count or "any", lua.converter(t.element)) end
   if t.kind == "options" then return "options_" .. t.name end
   return t.name and ("c_%s_%s"):format(t.kind, t.name) or "c_" .. t.kind
end

--- The expression that makes it.
function lua.new_converter(t)
   if t.kind == "array" then return ("rt.array(%s, %s)"):format(lua.new_converter(t.element), t.count or "nil") end
   if t.kind == "options" then return ("rt.options %q"):format(t.name) end
   return t.name and ("rt.converter(%q, %q)"):format(t.kind, t.name) or ("rt.converter(%q)"):format(t.kind)
end

--- A list of fields as a Lua table of descriptors: see rt.define_value and rt.define_options.
function lua.fields(fields)
   local out = {}
   for index, field in ipairs(fields) do
      local default = field.default and (", default = " .. field.default.lua) or ""
      out[index] = ("{ name = %q, offset = %d, converter = %s%s }"):format(
         field.name, field.offset, lua.new_converter(field.type), default)
   end
   return table.concat(out, ", ")
end

--- The fields of an option struct as the FFI declares them.
function lua.ffi_fields(fields)
   local lines = {}
   for index, field in ipairs(fields) do
      local t = field.type
      local element = t.kind == "array" and t.element or t
      lines[index] = ("%s%s;"):format(c.declare(types.ffi(element), field.name), t.kind == "array" and ("[%d]"):format(t.count) or "")
   end
   return lines
end

--- A value as the FFI declares it: scalars alone, so that scripts find no pointer and no array in
--- it. Padding that their alignment does not give is made of unnamed bit-fields, which nobody sees.
function lua.ffi_scalars(value)
   local lines, position = {}, 0
   local function pad_to(offset, alignment)
      if math.ceil(position / alignment) * alignment == offset then return end
      for _ = position, offset - 1 do lines[#lines + 1] = "uint8_t : 8;" end
   end
   local largest = 1
   for _, scalar in ipairs(types.scalars(value.fields)) do
      pad_to(scalar.offset, scalar.size)
      lines[#lines + 1] = c.declare(types.ffi(scalar.type), scalar.stored) .. ";"
      position, largest = scalar.offset + scalar.size, math.max(largest, scalar.size)
   end
   pad_to(value.size, largest)
   return lines
end

--- The lines that fetch what code needs of `used` types: see module.used_by_class.
function lua.fetch(used)
   local lines = {}
   for _, name in ipairs(used.value) do
      lines[#lines + 1] = ("local value_%s, try_%s, constant_%s = rt.value %q"):format(name, name, name, name)
   end
   for _, name in ipairs(used.enum) do lines[#lines + 1] = ("local enum_%s = rt.enum %q"):format(name, name) end
   for _, name in ipairs(used.flags) do lines[#lines + 1] = ("local flags_%s = rt.flags %q"):format(name, name) end
   for _, name in ipairs(used.object) do lines[#lines + 1] = ("local class_%s = rt.metatable %q"):format(name, name) end
   for _, t in ipairs(used.converters) do
      lines[#lines + 1] = ("local %s = %s"):format(lua.converter(t), lua.new_converter(t))
   end
   return lines
end

-- ---- checking what scripts pass -------------------------------------------------------------

local function check_line(parameter, condition)
   local name = lua.name(parameter.name)
   if parameter.optional then condition = ("%s ~= nil and (%s)"):format(name, condition) end
   return ('if %s then bad_argument(method, "%s", "%s", %s) end'):format(
      condition, parameter.name, types.words(parameter.type), name)
end

local CHECK = {}

function CHECK.value(parameter)
   local name, t = lua.name(parameter.name), parameter.type
   return { ('if not istype(value_%s, %s) then %s = try_%s(%s) or bad_argument(method, "%s", "%s", %s) end'):format(
      t.name, name, name, t.name, name, parameter.name, t.name, name) }
end

function CHECK.int64(parameter)
   local name = lua.name(parameter.name)
   return { ('%s = %s.to_c(%s) or bad_argument(method, "%s", "%s", %s)'):format(
      name, lua.converter(parameter.type), name, parameter.name, types.words(parameter.type), name) }
end
CHECK.uint64 = CHECK.int64

function CHECK.enum(parameter)
   local name = lua.name(parameter.name)
   return { check_line(parameter, types.bad(parameter.type, name)), ("%s = enum_%s[%s]"):format(name, parameter.type.name, name) }
end

function CHECK.flags(parameter)
   local name = lua.name(parameter.name)
   return { ('%s = flags_%s(%s) or bad_argument(method, "%s", "%s", %s)'):format(
      name, parameter.type.name, name, parameter.name, types.words(parameter.type), name) }
end

function CHECK.object(parameter, mode, is_self)
   local name = lua.name(parameter.name)
   local class = is_self and mode == "leaf" and "metatable" or "class_" .. parameter.type.name
   local check = ('object(%s, %s, method, "%s")'):format(name, class, parameter.name)
   if mode == "leaf" then
      return { ("local %s = %s%s"):format(lua.name(parameter.name, "object"), parameter.optional and name .. " ~= nil and " or "", check)
         .. (parameter.optional and " or nil" or "") }
   end
   return { parameter.optional and ("if %s ~= nil then %s end"):format(name, check) or check }
end

function CHECK.array(parameter)
   local name = lua.name(parameter.name)
   return { ('local %s, %s = %s.data(%s, method, "%s", %s)'):format(
      lua.name(parameter.name, "data"), lua.name(parameter.name, "count"), lua.converter(parameter.type), name, parameter.name, parameter.optional or false) }
end

function CHECK.options(parameter)
   local name = lua.name(parameter.name)
   return { ('local %s = %s.data(%s, method, "%s")'):format(
      lua.name(parameter.name, "data"), lua.converter(parameter.type), name, parameter.name) }
end

local function scalar_check(parameter) return { check_line(parameter, types.bad(parameter.type, lua.name(parameter.name))) } end

local function box_lines(parameter, mode)
   local box, converter = lua.name(parameter.name, "box"), lua.converter(parameter.type)
   if parameter.role == "inout" then
      return { ('local %s = inout(%s, %s, method, "%s")'):format(box, converter, lua.name(parameter.name), parameter.name) }
   end
   return mode == "guard" and {} or { ("local %s = %s.box()"):format(box, converter) }
end

--- The lines that check and convert the parameters. Modes:
---   "leaf"   everything, for the FFI
---   "guard"  everything, for a patch, which gets what C would get
---   "shim"   what the C API does not carry; the wrapper in C checks the rest
function lua.check(f, mode)
   local lines = {}
   for index, parameter in ipairs(f.parameters) do
      local role, t = parameter.role, parameter.type
      local in_lua = mode ~= "shim" or not types.is_direct(t)
      if parameter.default and not role and in_lua then
         lines[#lines + 1] = ("if %s == nil then %s = %s end"):format(lua.name(parameter.name), lua.name(parameter.name), parameter.default.lua)
      end
      local more = {}
      if role == "out" or role == "inout" then
         more = box_lines(parameter, mode)
      elseif not role and in_lua then
         more = (CHECK[t.kind] or scalar_check)(parameter, mode, index == 1 and types.has_self(f))
      end
      for _, line in ipairs(more) do lines[#lines + 1] = line end
   end
   return lines
end

-- ---- calling C ------------------------------------------------------------------------------

local IN_C = { direct = true, bytes = true, callback = true }

--- Whether Lua must stand between a script and the wrapper.
function lua.needs_shim(f)
   for _, crossing in ipairs(types.crossings(f)) do
      if not IN_C[crossing.how] then return true end
   end
   return f.result.kind == "array"
end

--- All functions and callback types that have stubs in Lua.
function lua.stubbed(module)
   local out = {}
   for index, f in ipairs(module.functions) do out[index] = f end
   for _, callback in ipairs(module.callbacks) do
      if lua.needs_shim(callback) then out[#out + 1] = callback end
   end
   return out
end

--- What a shim passes to the wrapper.
function lua.raw_arguments(f)
   local out = {}
   for _, crossing in ipairs(types.crossings(f)) do
      local parameter, name = crossing.parameter, lua.variable(crossing)
      if crossing.how == "count" then
         name = lua.name(parameter.of, "count")
      elseif crossing.how == "result" then
         name = "result_box"
      elseif crossing.how == "pointer" and parameter.role then
         name = lua.name(crossing.name, "box")
      elseif crossing.type.kind == "array" or crossing.type.kind == "options" then
         name = lua.name(crossing.name, "data")
      end
      out[#out + 1] = name
   end
   if f.rest then out[#out + 1] = "..." end
   return table.concat(out, ", ")
end

--- What a leaf passes to its stub.
function lua.leaf_arguments(f)
   local out = {}
   for _, crossing in ipairs(c.leaf_parameters(f)) do
      out[#out + 1] = (crossing.lua:gsub("%%s", function() return crossing.of end))
   end
   return table.concat(out, ", ")
end

--- ", c_int32.to_lua(box_rest[0])" for every parameter that C wrote.
function lua.written(f)
   local _, returned = types.passed(f)
   local out = {}
   for _, parameter in ipairs(returned) do
      out[#out + 1] = (", %s.to_lua(%s[0])"):format(lua.converter(parameter.type), lua.name(parameter.name, "box"))
   end
   return table.concat(out)
end

--- What makes the value that scripts get: a getter's cannot be written to, for nobody would see it.
function lua.value_maker(f) return (f.kind == "getter" and "constant_" or "value_") .. f.result.name end

--- A copy of the value result that `variable` refers to, scalar by scalar: compiled code makes no
--- garbage of it.
function lua.copy_value(f, variable)
   local t = f.result
   local out = {}
   for index, scalar in ipairs(types.scalars(t.fields)) do
      out[index] = ('%s["%s"]'):format(variable, scalar.stored)
   end
   return ("%s(%s)"):format(lua.value_maker(f), table.concat(out, ", "))
end

--- What a shim returns of the box that C wrote its result to.
function lua.boxed_result(f)
   if f.result.kind == "value" then return lua.value_maker(f) .. "(result_box[0])" end
   return "result_box[0]"
end

--- The expression for what a leaf stub returned by `call`.
function lua.leaf_result(f, call)
   local kind = f.result.kind
   if kind == "object" then return ("wrap(%s)"):format(call) end
   if kind == "string" then return ("text(%s)"):format(call) end
   return call
end

-- ---- properties -----------------------------------------------------------------------------

--- The members of a class that scripts reach, as an FFI struct: what lies between them is padding.
function lua.ffi_members(class)
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
      if t.kind == "array" then
         lines[#lines + 1] = ("uint8_t %s[%d];"):format(property.name, property.size)
      else
         lines[#lines + 1] = c.declare(types.ffi(t), property.name) .. ";"
      end
      position = property.offset + property.size
   end
   return lines
end

--- Where an array property lies and how long it is: see rt.span.
function lua.span(property)
   local t, counter = property.type, property.type.counted_by
   return ("{ offset = %d, %s, readonly = %s }"):format(property.offset,
      counter and ("counter = %d, counter_type = %q"):format(counter.offset, types.kinds[counter.kind].ffi) or "count = " .. t.count,
      property.readonly or t.const or false)
end

-- ---- text -----------------------------------------------------------------------------------

--- "x, y": the key of each entry.
function lua.list(entries, key)
   local out = {}
   for index, entry in ipairs(entries) do out[index] = entry[key] end
   return table.concat(out, ", ")
end

return lua
