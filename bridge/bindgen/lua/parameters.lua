-- The parameters of a function and what each is for: methods of an Analysis.
--
-- A parameter is {name, type, role, default, optional, keep}. Roles:
--   nil             a script passes it
--   "out", "inout"  C writes it: an extra result; "inout" is passed as well
--   "count"         how many elements or bytes `of` another parameter has: scripts do not see it
--   "result_count"  the same of the result; C writes it
--   "user"          what C hands back to the callback `of`: scripts do not see it

local annotation = require "annotation"

local parameters = {}

local BYTES = { char = true, void = true, uint8 = true, int8 = true }
local COUNT = { int32 = true, uint32 = true, int64 = true, uint64 = true, int16 = true, uint16 = true }

local function is_pointer(written, what) return written.kind == "pointer" and (not what or written.pointee.kind == what) end

local function bytes_type(self, declared)
   local target = is_pointer(declared.type) and declared.type.pointee
   if not (target and BYTES[target.kind] and target.const) then
      return nil, ("type '%s' is no place of bytes that are only read"):format(declared.type.spelling),
         "make it a const void * or const char *"
   end
   return { kind = "bytes", c = declared.type.spelling, counted_by = annotation.get(declared, "bytes") }
end

local function counted_type(self, declared)
   if not is_pointer(declared.type) then
      return nil, ("type '%s' is no pointer"):format(declared.type.spelling), "put MP_COUNT before a pointer to the first element"
   elseif not declared.type.pointee.const then
      return nil, "an array that C writes does not cross", "make its elements const, or return the array as the result"
   end
   local t, why, way_out = self:array_type(declared.type)
   if t then t.counted_by = annotation.get(declared, "count") end
   return t, why, way_out
end

local OUT_KINDS = { array = true, options = true, bytes = true, void = true }

local function out_type(self, declared)
   local written = declared.type
   if not is_pointer(written) or written.pointee.const then
      return nil, ("type '%s' is no place that C could write to"):format(written.spelling), "make it a pointer to what is written"
   end
   local t, why, way_out = self:resolve(written.pointee)
   if t and OUT_KINDS[t.kind] then return nil, ("type '%s' cannot be written to"):format(written.spelling), "return it instead" end
   return t, why, way_out
end

--- The type of a parameter that is a callback.
local function callback_type(self, declared)
   local t = self:named("callback", declared.type)
   if self.in_callback then
      return nil, ("type '%s' cannot be bound: a callback does not get another one"):format(t.c), "pass an object with a method"
   end
   return t
end

--- C passes an array of unknown length as a pointer to its first element.
local function decay(written)
   if written.kind ~= "array" or written.count then return written end
   local element = setmetatable({ const = written.const or written.element.const }, { __index = written.element })
   return { kind = "pointer", spelling = written.spelling:gsub(" ?%[[^]]*%]", " *", 1), pointee = element, annotations = {} }
end

--- The type of one parameter, and its role.
local function classify(self, declared)
   if is_pointer(declared.type, "function") and annotation.get(declared.type, "callback") then
      return nil, callback_type(self, declared)
   end
   for _, role in ipairs { "out", "inout" } do
      if annotation.get(declared, role) then return role, out_type(self, declared) end
   end
   if annotation.get(declared, "bytes") then return nil, bytes_type(self, declared) end
   if annotation.get(declared, "count") then return nil, counted_type(self, declared) end
   local t, why, way_out = self:resolve(declared.type)
   if t and t.kind == "array" and not t.const then
      return nil, nil, "an array that C writes does not cross", "make its elements const"
   end
   return nil, t, why, way_out
end

local NULLABLE = { string = true, object = true, bytes = true, array = true, options = true, callback = true }

local function check_optional(self, declared, parameter, what)
   if not annotation.get(declared, "optional") then return end
   if not NULLABLE[parameter.type.kind] or parameter.role then
      self:fault(declared, "give it an MP_DEFAULT(value)", "%s: only a pointer can be MP_OPTIONAL", what)
   end
   parameter.optional = true
end

--- The parameter after the callback `of`.
local function user_parameter(self, declared, of, what)
   if not is_pointer(declared.type, "void") or declared.type.pointee.const then
      self:fault(declared, "take `void *user` right after the callback",
         "%s: type '%s' is not what the callback %s gets as its user", what, declared.type.spelling, of.name)
   end
   return { name = declared.name, role = "user", of = of.name, type = { kind = "void", c = "void *" } }
end

function parameters:parameter(declared, what, before)
   if before and before.type.kind == "callback" then return user_parameter(self, declared, before, what) end
   self:check_identifier(declared)
   declared.type = decay(declared.type)
   local role, t, why, way_out = classify(self, declared)
   local parameter = { name = declared.name, role = role, type = self:take(declared, what, false, t, why, way_out) }
   parameter.default = self:default(declared, declared, parameter.type, what)
   check_optional(self, declared, parameter, what)
   parameter.keep = annotation.get(declared, "keep")
   if parameter.keep and t and t.kind ~= "callback" then
      self:fault(declared, "leave it out", "%s: only a callback can be MP_KEEP", what)
   end
   if parameter.type.kind == "options" then parameter.optional = true end
   return parameter
end

local function by_name(list, name)
   for _, parameter in ipairs(list) do
      if parameter.name == name then return parameter end
   end
end

--- Ties arrays to the parameters that count them.
function parameters:tie_counts(declaration, entry)
   local function tie(t, role, of)
      if not t.counted_by then return end
      local count = by_name(entry.parameters, t.counted_by)
      if not count or not COUNT[count.type.kind] or (role == "result_count") ~= (count.role == "out") then
         self:fault(declaration, ("declare %s%s"):format(role == "result_count" and "MP_OUT int *" or "int ", t.counted_by),
            "%s: '%s' does not count the elements of %s", declaration.name, t.counted_by, of or "the result")
         return
      end
      count.role, count.of, count.counts = role, of, t.kind
   end
   for _, parameter in ipairs(entry.parameters) do tie(parameter.type, "count", parameter.name) end
   tie(entry.result, "result_count")
end

--- Every callback is followed by its user, and a leaf takes none.
function parameters:check_callbacks(declaration, entry)
   for index, parameter in ipairs(entry.parameters) do
      if parameter.type.kind == "callback" then
         local following = entry.parameters[index + 1]
         if not following or following.role ~= "user" then
            self:fault(declaration, ("declare %s %s, void *user"):format(parameter.type.c, parameter.name),
               "%s: no user follows the callback %s", declaration.name, parameter.name)
         end
         if parameter.keep and entry.kind == "constructor" then
            self:fault(declaration, "give it to a method of the new object",
               "%s: a constructor has no object yet that could keep %s", declaration.name, parameter.name)
         end
         if entry.leaf then
            self:fault(declaration, "make it an MP_METHOD", "%s: a leaf cannot take a callback, which runs Lua",
               declaration.name)
         end
      end
   end
end

--- The result's type: MP_COUNT and MP_BYTES may stand before the function.
function parameters:result(declaration)
   local as_parameter = { type = declaration.result, annotations = declaration.annotations }
   local what = declaration.name .. ": result"
   if annotation.get(declaration, "bytes") then
      return self:take(declaration, what, false, bytes_type(self, as_parameter))
   elseif annotation.get(declaration, "count") then
      return self:take(declaration, what, false, counted_type(self, as_parameter))
   end
   local t = self:bind_type(declaration.result, declaration, what, true)
   if t.kind == "options" then
      self:fault(declaration, "return a value or an object", "%s: options cannot be returned", what)
   end
   return t
end

return parameters
