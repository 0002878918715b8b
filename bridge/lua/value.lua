-- Value structs: FFI structs with operators, made by name or from tables.

local core, import = ...

local object = import "object"

local ffi, istype = object.ffi, object.istype

local value = {}

local types = {} -- {[name] = {ctype, try}}

--- Functions by code: the fields of each type are written out, so that compiled scripts see
--- plain arithmetic and make no garbage.
local function generate(fields, template, separator)
   local parts = {}
   for index, name in ipairs(fields) do parts[index] = template:gsub("%$", name) end
   return table.concat(parts, separator)
end

local OPERATORS = [[
local new, istype, type, describe, raise, format, name = ...
local function show(field) return type(field) == "number" and format("%.6g", field) or tostring(field) end
local function other(a, b, operator)
   local wrong = istype(new, a) and b or a
   raise(format("%s %s: %s or number expected, got %s", name, operator, name, describe(wrong)))
end
return {
   __add = function(a, b)
      if not (istype(new, a) and istype(new, b)) then other(a, b, "+") end
      return new(@(a.$ + b.$))
   end,
   __sub = function(a, b)
      if not (istype(new, a) and istype(new, b)) then other(a, b, "-") end
      return new(@(a.$ - b.$))
   end,
   __mul = function(a, b)
      if type(b) == "number" then return new(@(a.$ * b)) end
      if type(a) == "number" then return new(@(a * b.$)) end
      if not (istype(new, a) and istype(new, b)) then other(a, b, "*") end
      return new(@(a.$ * b.$))
   end,
   __div = function(a, b)
      if type(b) ~= "number" then other(a, b, "/") end
      return new(@(a.$ / b))
   end,
   __unm = function(a) return new(@(-a.$)) end,
   __eq = function(a, b) return istype(new, a) and istype(new, b) and &(a.$ == b.$) end,
   __tostring = function(a) return name .. "(" .. +(show(a.$)) .. ")" end,
}]]

local EXPANSIONS = { ["@"] = ", ", ["&"] = " and ", ["+"] = ' .. ", " .. ' }

local function operators(name, ctype, fields)
   local code = OPERATORS:gsub("([@&+])(%b())", function(kind, template)
      return generate(fields, template:sub(2, -2), EXPANSIONS[kind])
   end)
   local chunk = assert(loadstring(code, "=[moonpatch/value.lua " .. name .. "]"))
   return chunk(ctype, istype, type, core.describe, core.raise, string.format, name)
end

--- A function that turns a value or a table with the value's fields into the value, or nil.
local function converter(ctype, fields)
   return function(source)
      if istype(ctype, source) then return source end
      if type(source) ~= "table" then return nil end
      local numbers = {}
      for index, name in ipairs(fields) do
         local number = rawget(source, name)
         if type(number) ~= "number" and type(number) ~= "boolean" then return nil end
         numbers[index] = number
      end
      return ctype(unpack(numbers))
   end
end

--- Defines a value type by the name of its FFI struct.
function value.define(name, c_type, fields, size)
   local ctype = ffi.typeof(c_type)
   assert(ffi.sizeof(ctype) == size, name)
   ffi.metatype(ctype, operators(name, ctype, fields))
   types[name] = { ctype = ctype, try = converter(ctype, fields), fields = fields }
end

--- The type and its converter; raises if no registered module has it.
function value.get(name)
   local t = types[name] or error(("value %s is not known: register the module that declares it first"):format(name), 0)
   return t.ctype, t.try
end

--- What scripts call to make one: numbers in the order of the fields, or one table.
function value.constructor(name)
   local t = types[name]
   local ctype, try, count = t.ctype, t.try, #t.fields
   local function bad() core.raise(("%s: numbers %s, or a table of them, expected"):format(name, table.concat(t.fields, ", "))) end
   local code = ([[
local ctype, try, bad, type = ...
return function(@, surplus)
   if type(#1) == "table" then return try(#1) or bad() end
   if surplus ~= nil or & then bad() end
   return ctype(@)
end]]):gsub("@", table.concat(t.fields, ", ")):gsub("#1", t.fields[1])
   local checks = {}
   for index, field in ipairs(t.fields) do
      checks[index] = ('type(%s) ~= "number" and type(%s) ~= "boolean"'):format(field, field)
   end
   code = code:gsub("&", function() return table.concat(checks, " or ") end)
   assert(count > 0)
   return assert(loadstring(code, "=[moonpatch/value.lua " .. name .. "]"))(ctype, try, bad, type)
end

--- The names of all types.
function value.names()
   local names = {}
   for name in pairs(types) do names[#names + 1] = name end
   return names
end

return value
