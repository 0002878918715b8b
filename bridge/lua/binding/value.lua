-- Value structs: FFI structs with operators, made by name or from tables.
--
-- The FFI declares a struct by its scalars alone; member `min` of struct type is the scalars
-- min__x and min__y. So nothing of a value is a pointer into it, which could outlive it. What the FFI
-- would store cut to size, or unchecked, has a name that ends in __ there: integers, bools, enums.

local core, import = ...

local object = import "object"

local ffi, istype = object.ffi, object.istype

local value = {}

---@class ValueType
---@field name string
---@field ctype any         the FFI struct; called with the scalars, it makes one
---@field constant any      the same, which cannot be written to
---@field try fun(given)    a value from a value, a part or a table; nil for anything else
---@field fields table      {name, stored, offset, converter}; `stored`: its name in the FFI struct, of scalars
---@field scalars table     {name}: their names in the FFI struct, those of nested values as well
---@field part any          see part.lua
local types = {} -- {[name] = ValueType}
local latest = {} -- names in the order of their definition

-- ---- code by text ---------------------------------------------------------------------------

local SEPARATOR = { [","] = ", ", ["&"] = " and ", ["."] = ' .. ", " .. ' }

--- Writes ${...} once for every entry of `list`, joined by what stands between $ and {; in it, #
--- is the entry's name and @ its number. Compiled scripts see plain arithmetic, without loops.
local function expand(code, list)
   return (code:gsub("%$(%p?)(%b{})", function(separator, content)
      local parts = {}
      for index, entry in ipairs(list) do
         parts[index] = content:sub(2, -2):gsub("#", entry.name):gsub("@", tostring(index))
      end
      return table.concat(parts, SEPARATOR[separator] or "\n")
   end))
end

--- Runs expanded code, which gets `...`.
function value.generate(what, code, list, ...)
   return assert(loadstring(expand(code, list), ("=[moonpatch/value.lua %s]"):format(what)))(...)
end
local generate = value.generate

-- ---- operators ------------------------------------------------------------------------------

local OPERATORS = [[
local t, new, istype, type, describe, raise, format, tostring = ...
local name = t.name
local function show(field) return type(field) == "number" and format("%.6g", field) or tostring(field) end
local function load(v)
   if istype(t.part, v) then return v() end
   return v
end
local function other(a, b, operator)
   local wrong = a
   if istype(new, a) then wrong = b end
   raise(format("%s %s: %s or number expected, got %s", name, operator, name, describe(wrong)))
end
return {
   __add = function(a, b)
      a, b = load(a), load(b)
      if not (istype(new, a) and istype(new, b)) then other(a, b, "+") end
      return new($,{a["#"] + b["#"]})
   end,
   __sub = function(a, b)
      a, b = load(a), load(b)
      if not (istype(new, a) and istype(new, b)) then other(a, b, "-") end
      return new($,{a["#"] - b["#"]})
   end,
   __mul = function(a, b)
      a, b = load(a), load(b)
      if type(b) == "number" then return new($,{a["#"] * b}) end
      if type(a) == "number" then return new($,{a * b["#"]}) end
      if not (istype(new, a) and istype(new, b)) then other(a, b, "*") end
      return new($,{a["#"] * b["#"]})
   end,
   __div = function(a, b)
      a = load(a)
      if type(b) ~= "number" then other(a, b, "/") end
      return new($,{a["#"] / b})
   end,
   __unm = function(a)
      a = load(a)
      return new($,{-a["#"]})
   end,
   __eq = function(a, b)
      a, b = load(a), load(b)
      return istype(new, a) and istype(new, b) and $&{a["#"] == b["#"]}
   end,
   __tostring = function(a)
      a = load(a)
      return name .. "(" .. $.{show(a["#"])} .. ")"
   end,
}]]

--- The operators that values and parts of a type share.
function value.operators(t)
   return generate(t.name, OPERATORS, t.scalars, t, t.ctype, istype, type, object.describe, core.raise, string.format, tostring)
end

-- ---- from tables and numbers ----------------------------------------------------------------

local function fields_of(t)
   local names = {}
   for index, field in ipairs(t.fields) do names[index] = field.name end
   return names
end

--- A function from one Lua value for each field to a new value; nil if one does not fit.
local ASSEMBLE = [[
local new, convert = ...
return function($,{f@})
   ${ f@ = convert[@](f@)
      if f@ == nil then return nil end }
   return new(ARGUMENTS)
end]]

local function assembler(t)
   local converts, arguments = {}, {}
   for index, field in ipairs(t.fields) do
      converts[index] = field.converter.to_c
      for _, scalar in ipairs(field.value and field.value.scalars or { { name = "" } }) do
         arguments[#arguments + 1] = ("f%d%s"):format(index, field.value and ("['%s']"):format(scalar.name) or "")
      end
   end
   local code = ASSEMBLE:gsub("ARGUMENTS", (table.concat(arguments, ", ")))
   return generate(t.name, code, t.fields, t.ctype, converts)
end

local TRY = [[
local new, t, istype, type, rawget, assemble = ...
return function(source)
   if istype(new, source) then return source end
   if istype(t.part, source) then return source() end
   if type(source) ~= "table" then return nil end
   return assemble($,{rawget(source, "#")})
end]]

local CONSTRUCTOR = [[
local t, bad, type, istype, assemble = ...
local new, part, try = t.ctype, t.part, t.try
return function($,{f@}, surplus)
   if type(f1) == "table" or istype(new, f1) or istype(part, f1) then
      local whole = try(f1)
      if whole then return new(whole) end
   end
   if surplus ~= nil then bad({}) end
   return assemble($,{f@}) or bad({ $,{["#"] = f@} }, f1)
end]]

--- What scripts call to make one: the members in their order, or a table of them.
function value.constructor(name)
   local t = types[name]
   local names = fields_of(t)
   local function bad(members, first)
      local alone = true
      for index = 2, #names do alone = alone and members[names[index]] == nil end
      if alone and type(first) ~= "table" then
         core.raise(("%s: %s, or a table of them, expected"):format(name, table.concat(names, ", ")))
      end
      object.bad_value(name, name, alone and first or members)
   end
   return generate(name, CONSTRUCTOR, t.fields, t, bad, type, istype, t.assemble)
end

-- ---- members that are no plain numbers ------------------------------------------------------

--- Reading a member of struct type gives a copy that cannot be written to: nothing is lost in silence.
local function reader(t, field)
   if field.stored then return generate(t.name, ("return function(self) return self.%s end"):format(field.stored), {}) end
   local code = "local constant = ...\nreturn function(self) return constant($,{self['" .. field.name .. "__#']}) end"
   return generate(t.name, code, field.value.scalars, field.value.constant)
end

local function storer(t, field)
   if field.stored then return generate(t.name, ("return function(self, stored) self.%s = stored end"):format(field.stored), {}) end
   local code = "return function(self, stored) ${ self['" .. field.name .. "__#'] = stored['#'] } end"
   return generate(t.name, code, field.value.scalars)
end

local function writer(t, field)
   local store, to_c, where = storer(t, field), field.converter.to_c, ("%s.%s"):format(t.name, field.name)
   return function(self, given)
      local stored = to_c(given)
      if stored == nil then object.bad_value(where, field.converter.words, given) end
      store(self, stored)
   end
end

local function add_member_access(t, metatable)
   local read, write = {}, {}
   for _, field in ipairs(t.fields) do
      if field.stored ~= field.name then read[field.name], write[field.name] = reader(t, field), writer(t, field) end
   end
   local function unknown(key)
      import("suggest").refuse(t.name, "member", key, fields_of(t))
   end
   function metatable.__index(self, key)
      local of_member = read[key] or unknown(key)
      return of_member(self)
   end
   function metatable.__newindex(self, key, given)
      local of_member = write[key] or unknown(key)
      of_member(self, given)
   end
end

-- ---- defining -------------------------------------------------------------------------------

local function scalars_of(fields)
   local list = {}
   for _, field in ipairs(fields) do
      for _, scalar in ipairs(field.value and field.value.scalars or {}) do
         list[#list + 1] = { name = field.name .. "__" .. scalar.name }
      end
      if field.stored then list[#list + 1] = { name = field.stored } end
   end
   return list
end

--- Defines a value type by the name of its FFI struct. A field is {name, offset, converter}; one of
--- a value type has its `value` as well.
function value.define(name, c_type, fields, size)
   local ctype = ffi.typeof(c_type)
   assert(ffi.sizeof(ctype) == size, name)
   if types[name] then error(("there is a native.%s already"):format(name), 0) end
   for _, field in ipairs(fields) do
      field.value = field.converter.value
      if not field.value then field.stored = field.name .. (field.converter.plain and "" or "__") end
   end
   local t = {
      name = name, ctype = ctype, constant = ffi.typeof("const $", ctype), fields = fields,
      scalars = scalars_of(fields),
   }
   import("part").define(t)
   t.assemble = assembler(t)
   t.try = generate(name, TRY, fields, ctype, t, istype, type, rawget, t.assemble)
   local metatable = value.operators(t)
   add_member_access(t, metatable)
   ffi.metatype(ctype, metatable)
   types[name] = t
   latest[#latest + 1] = name
end

--- A list to which the names of all types are added that are defined from now on.
function value.start_list()
   latest = {}
   return latest
end

--- Forgets a type. Values that scripts hold go on working: they are Lua's own.
function value.forget(name) types[name] = nil end

--- Whether there is one of that name.
function value.has(name) return types[name] ~= nil end

--- The type of that name; raises if no registered module has it.
function value.type(name)
   return types[name] or error(("value %s is not known: register the module that declares it first"):format(name), 0)
end

--- Where in a table that is no value of its type the fault lies, for messages: the innermost member,
--- what is expected there, and what is there.
function value.fault(where, words, given)
   local t = type(given) == "table" and types[words]
   for _, field in ipairs(t and t.fields or {}) do
      local member = rawget(given, field.name)
      if field.converter.to_c(member) == nil then
         return value.fault(("%s.%s"):format(where, field.name), field.converter.words, member)
      end
   end
   return where, words, given
end

--- For generated code: the struct, and what turns other things into it.
function value.get(name)
   local t = value.type(name)
   return t.ctype, t.try, t.constant
end

return value
