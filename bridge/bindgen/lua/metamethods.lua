-- Metamethods: which methods Lua calls for operators (MP_META), and what shape they must have.
--
-- f.meta is the list of events that function `f` of the API serves.

local annotation = require "annotation"
local types = require "types"

local metamethods = {}

-- ---- shapes ---------------------------------------------------------------------------------

local INTEGER = {
   int8 = true, uint8 = true, int16 = true, uint16 = true, int32 = true, uint32 = true, int64 = true, uint64 = true,
}
local WIDE = { int64 = true, uint64 = true }

--- The Lua types of keys that C takes as a parameter of a kind; kinds that are no keys have none.
local KEYS = { string = { "string" }, bool = { "boolean" }, enum = { "string", "number" }, object = { "userdata" },
   value = { "cdata", "table" }, float = { "number" }, double = { "number" } }
for kind in pairs(INTEGER) do KEYS[kind] = WIDE[kind] and { "number", "cdata" } or { "number" } end

-- A shape gets the kinds of what scripts pass beside self, the result's kind, and the parameters
-- that C writes.

local function unary(result_fits)
   return function(passed, result, written)
      return #passed == 0 and #written == 0 and result_fits(result)
   end
end

local function binary(passed, result, written) return #passed == 1 and #written == 0 and result ~= "void" end

local function comparison(passed, result, written)
   return #passed == 1 and passed[1] == "object" and #written == 0 and result == "bool"
end

local function index(passed, result, written)
   local is_value = #written == 0 and result ~= "void"
   local is_found = #written == 1 and written[1].role == "out" and result == "bool"
   return #passed == 1 and KEYS[passed[1]] and (is_value or is_found)
end

local function newindex(passed, result, written)
   return #passed == 2 and KEYS[passed[1]] and #written == 0 and (result == "void" or result == "bool")
end

local function iterate(passed, result, written)
   local cursor = written[1]
   return #passed == 1 and result == "bool" and (#written == 2 or #written == 3) and cursor.role == "inout"
      and INTEGER[cursor.type.kind] and written[2].role == "out" and (not written[3] or written[3].role == "out")
end

local ARITHMETIC = { fits = binary, example = "int name(const Class *self, int other)" }
local COMPARISON = { fits = comparison, example = "bool name(const Class *self, const Class *other)" }

--- {[event] = {fits, example}}
local EVENTS = {
   len = { fits = unary(function(result) return INTEGER[result] end), example = "int name(const Class *self)" },
   unm = { fits = unary(function(result) return result ~= "void" end), example = "int name(const Class *self)" },
   tostring = {
      fits = unary(function(result) return result == "string" end), example = "const char *name(const Class *self)",
   },
   add = ARITHMETIC, sub = ARITHMETIC, mul = ARITHMETIC, div = ARITHMETIC, mod = ARITHMETIC, pow = ARITHMETIC,
   concat = ARITHMETIC, eq = COMPARISON, lt = COMPARISON, le = COMPARISON,
   call = { fits = function() return true end },
   index = { fits = index, example = "int name(const Class *self, int key)" },
   newindex = { fits = newindex, example = "void name(Class *self, int key, int value)" },
   iterate = { fits = iterate, example = "bool name(const Class *self, MP_INOUT int *cursor, MP_OUT int *value)" },
}

local function sorted_events()
   local names = {}
   for name in pairs(EVENTS) do names[#names + 1] = name end
   table.sort(names)
   return table.concat(names, ", ")
end

local function fits(event, entry)
   if entry.rest and event ~= "call" then return false end
   local passed, written = types.passed(entry)
   local kinds = {}
   for position = 2, #passed do kinds[position - 1] = passed[position].type.kind end
   return EVENTS[event].fits(kinds, entry.result.kind, written)
end

-- ---- one header -----------------------------------------------------------------------------

metamethods.analysis = {}

local function check(self, declaration, entry, event)
   if not EVENTS[event] then
      self:fault(declaration, "the events are " .. sorted_events(),
         "%s: there is no metamethod '%s'", declaration.name, event)
   elseif entry.kind ~= "method" or entry.event then
      self:fault(declaration, "make it an MP_METHOD", "%s: a metamethod is a method, and this is none", declaration.name)
   elseif entry.fails and event ~= "call" then
      self:fault(declaration, "report failure by its result, or give the operator a method of its own",
         "%s: nobody would see the MpError of metamethod '%s'", declaration.name, event)
   elseif not fits(event, entry) then
      self:fault(declaration, ("declare it like `%s`"):format(EVENTS[event].example),
         "%s: its parameters and result are not those of metamethod '%s'", declaration.name, event)
   end
end

--- The events that a method is declared for; nil for none.
function metamethods.analysis:metamethods(declaration, entry)
   local events = annotation.all(declaration, "meta")
   for _, event in ipairs(events) do check(self, declaration, entry, event) end
   return #events > 0 and events or nil
end

-- ---- one module -----------------------------------------------------------------------------

local function parameter_types(f)
   local out = {}
   for index, parameter in ipairs(f.parameters) do
      if index > 1 then out[#out + 1] = (parameter.role or "") .. parameter.type.c:gsub("const ", "") end
   end
   return table.concat(out, ", ")
end

local function check_override(f, base, fault)
   if parameter_types(f) ~= parameter_types(base) then
      fault(f, ("take %s, or change its name"):format(parameter_types(base)),
         "%s: metamethod %s of its base class takes (%s), this one (%s)", f.c_name, base.c_name, parameter_types(base),
         parameter_types(f))
   end
end

--- `base` is {methods = {[name] = f}, events = {[event] = f}} of a class from which f's derives.
local function check_heir(f, base, fault)
   local hidden = base.methods[f.name]
   if hidden and hidden.meta then check_override(f, hidden, fault) end
   for _, event in ipairs(f.meta or {}) do
      local inherited = base.events[event]
      if inherited and inherited ~= hidden and EVENTS[event] == COMPARISON then
         check_override(f, inherited, fault)
      end
   end
end

local function check_other(f, classes, fault)
   local other = f.parameters[2].type.c_name
   local class = classes[f.owner_class]
   while class and class.c_name ~= other do
      if not class.base then
         return fault(f, ("take a const %s *"):format(f.owner_class),
            "%s: an object is compared with one of its class, not with a %s", f.c_name, other)
      end
      class = classes[class.base]
   end
end

local function functions_by_class(merged, fault)
   local of = {}
   for _, class in ipairs(merged.classes) do of[class.c_name] = { methods = {}, events = {} } end
   for _, f in ipairs(merged.functions) do
      local class = of[f.owner_class]
      if class and f.kind == "method" then class.methods[f.name] = f end
      for _, event in ipairs(class and f.meta or {}) do
         local other = class.events[event]
         if other then
            fault(f, "keep one of them", "%s: metamethod '%s' of %s is %s already",
               f.c_name, event, f.owner, other.c_name)
         end
         class.events[event] = f
      end
   end
   return of
end

--- What cannot be seen in one header alone. A base class of another module is not looked into.
function metamethods.check(merged, fault)
   local classes, functions = {}, functions_by_class(merged, fault)
   for _, class in ipairs(merged.classes) do classes[class.c_name] = class end
   for _, f in ipairs(merged.functions) do
      local class = f.kind == "method" and classes[f.owner_class]
      local base = class and classes[class.base]
      while base do
         check_heir(f, functions[base.c_name], fault)
         base = classes[base.base]
      end
      for _, event in ipairs(f.meta or {}) do
         if EVENTS[event] == COMPARISON then check_other(f, classes, fault) end
      end
   end
end

-- ---- what the Lua half gets -----------------------------------------------------------------

local function row(f, event)
   local passed, written = types.passed(f)
   local fields = { ("class = %q, event = %q, name = %q"):format(f.owner, event, f.name) }
   if event == "index" or event == "newindex" then
      fields[#fields + 1] = ('keys = { "%s" }'):format(table.concat(KEYS[passed[2].type.kind], '", "'))
   end
   if EVENTS[event] == COMPARISON then fields[#fields + 1] = ("other = %q"):format(passed[2].type.name) end
   if #written > 0 then fields[#fields + 1] = ("written = %d"):format(#written) end
   local counted = event == "iterate" and written[1].type or f.result
   if WIDE[counted.kind] then fields[#fields + 1] = "wide = true" end
   return ("{ %s }"):format(table.concat(fields, ", "))
end

--- The rows of module.lua.tmpl: see bridge/lua/binding/metamethod.lua.
function metamethods.rows(merged)
   local rows = {}
   for _, f in ipairs(merged.functions) do
      for _, event in ipairs(f.meta or {}) do rows[#rows + 1] = row(f, event) end
   end
   return rows
end

return metamethods
