-- Converters: how a Lua value becomes a C value of some type in memory, and back.
--
-- For what neither the C API nor a scalar of the FFI carries: 64-bit integers, values, lists,
-- option structs, and places that C writes to. A converter is
--   to_c(value)     what the FFI stores, or nil if the value does not fit
--   to_lua(stored)  a Lua value of its own
--   ctype, pointer  of the stored thing
--   words           what a person is told is expected
--   nullable        nil is stored as NULL
--   unset           what C leaves where nothing is set, if that is none of the type's values
--   in_place        C reads what is stored where Lua has it: see hold()
--   plain           the FFI takes exactly what fits
--
-- Tables are read raw. A metamethod might destroy objects that are resolved already.

local core, import = ...

local enum = import "enum"
local object = import "object"
local part = import "part"
local value = import "value"

local ffi, cast, istype = object.ffi, object.cast, object.istype
local raise, type, rawget, rawlen = core.raise, type, rawget, object.rawlen

local convert = {}

local function identity(stored) return stored end

local function finish(converter, ctype)
   local box = ffi.typeof("$[1]", ffi.typeof(ctype))
   local pointer = ffi.typeof("$ *", ffi.typeof(ctype))
   converter.ctype, converter.pointer = ffi.typeof(ctype), pointer
   converter.to_lua = converter.to_lua or identity
   converter.fits = converter.fits or function(given) return converter.to_c(given) ~= nil end
   --- A zeroed place for C to write to.
   converter.box = function() return box() end
   --- The value at a light pointer.
   converter.from_c = function(place) return converter.to_lua(cast(pointer, place)[0]) end
   return converter
end

-- ---- texts ----------------------------------------------------------------------------------

local held = setmetatable({}, { __mode = "k" }) -- {[struct or array of the FFI] = {text, ...}}

--- Keeps a text, or a list of them, for as long as the struct or array that points to it.
local function hold(data, text)
   local texts = held[data] or {}
   held[data] = texts
   texts[#texts + 1] = text
end

-- ---- scalars --------------------------------------------------------------------------------

local make = {}

local function integer(name, words, low, high)
   make[name] = function()
      return finish({ words = words, to_c = function(given)
         if type(given) == "number" and given >= low and given <= high and given % 1 == 0 then return given end
      end }, name .. "_t")
   end
end
integer("int8", "integer from -128 to 127", -128, 127)
integer("uint8", "integer from 0 to 255", 0, 255)
integer("int16", "integer from -32768 to 32767", -32768, 32767)
integer("uint16", "integer from 0 to 65535", 0, 65535)
integer("int32", "integer", -0x80000000, 0x7fffffff)
integer("uint32", "integer from 0 to 4294967295", 0, 0xffffffff)

local int64_t, uint64_t = ffi.typeof "int64_t", ffi.typeof "uint64_t"
local INT64_MAX = 0x7fffffffffffffffULL

function make.int64()
   return finish({ words = "64-bit integer", to_c = function(given)
      if type(given) == "number" then
         if given >= -2 ^ 63 and given < 2 ^ 63 and given % 1 == 0 then return int64_t(given) end
      elseif istype(int64_t, given) then
         return given
      elseif istype(uint64_t, given) and given <= INT64_MAX then
         return int64_t(given)
      end
   end }, "int64_t")
end

function make.uint64()
   return finish({ words = "64-bit integer from 0", to_c = function(given)
      if type(given) == "number" then
         if given >= 0 and given < 2 ^ 64 and given % 1 == 0 then return uint64_t(given) end
      elseif istype(uint64_t, given) then
         return given
      elseif istype(int64_t, given) and given >= 0 then
         return uint64_t(given)
      end
   end }, "uint64_t")
end

--- "int64", "uint64", or nil for other values of the FFI. Called by C.
function convert.integer_kind(given)
   return istype(int64_t, given) and "int64" or istype(uint64_t, given) and "uint64" or nil
end

local Int64, Uint64 = ffi.typeof "const int64_t *", ffi.typeof "const uint64_t *"

--- The 64-bit integer at a place. Called by C.
function convert.int64_at(place) return cast(Int64, place)[0] end
function convert.uint64_at(place) return cast(Uint64, place)[0] end

for _, name in ipairs { "float", "double" } do
   make[name] = function()
      return finish({ words = "number", plain = true, to_c = function(given)
         if type(given) == "number" then return given end
      end }, name)
   end
end

function make.bool()
   local function to_c(given)
      if type(given) == "boolean" then return given end
   end
   return finish({ words = "boolean", to_c = to_c }, "bool")
end

-- ---- references -----------------------------------------------------------------------------

function make.string()
   return finish({ words = "string", nullable = true, in_place = true, to_lua = object.text, to_c = function(given)
      if type(given) == "string" and not given:find("\0", 1, true) then return given end
   end }, "const char *")
end

function make.object(name)
   local metatable = import("class").metatable(name)
   return finish({ words = name, nullable = true, to_lua = object.wrap, to_c = function(given)
      if object.is_a(given, metatable) then return object.resolve(given, name) end
   end }, "void *")
end

-- ---- named types ----------------------------------------------------------------------------

function make.enum(name)
   local members = enum.both(name)
   return finish({
      words = name, unset = members[0] == nil and 0 or nil, to_c = function(given) return members[given] end,
   }, "int32_t")
end

function make.flags(name)
   return finish({ words = name, to_c = enum.flags(name) }, "int32_t")
end

function make.value(name)
   local t = value.type(name)
   return finish({ words = name, value = t, to_c = t.try, to_lua = t.ctype }, t.ctype)
end

local made = {} -- {[kind and name] = converter}

--- The converter of a type.
function convert.converter(kind, name)
   local key = name and kind .. " " .. name or kind
   made[key] = made[key] or make[kind](name)
   return made[key]
end

local function named(name)
   local kind = value.has(name) and "value" or enum.kind(name)
   return kind and convert.converter(kind, name)
end

--- What lies at a place of C's: a value struct or an enum, by the name that scripts know; nil: there
--- is no such type. Called by C.
function convert.from_place(name, place)
   local converter = named(name)
   return converter and converter.from_c(place)
end

--- Writes one to a place of C's, unless that is NULL; false: it does not fit; nil: there is no such
--- type. Called by C.
function convert.to_place(name, given, place)
   local converter = named(name)
   if not converter then return nil end
   local target = cast(converter.pointer, place)
   local stored = converter.to_c(given)
   if stored ~= nil and target ~= nil then target[0] = stored end
   return stored ~= nil
end

--- Forgets the converters of a named type, which may come back as another one.
function convert.forget(name)
   for _, kind in ipairs { "object", "enum", "flags", "value" } do made[kind .. " " .. name] = nil end
end

-- ---- lists ----------------------------------------------------------------------------------

local function element_fault(method, name, index, element, given)
   object.bad_argument(method, ("%s[%d]"):format(name, index), element.words, given)
end

--- Whether `given` has elements: a table, or an array in an object.
local function is_list(given) return object.is_data(given) or part.span_of(given) ~= nil end

local function length_of(list) return type(list) == "table" and rawlen(list) or #list end

local function element_of(list, index)
   if type(list) == "table" then return rawget(list, index) end
   return list[index]
end

--- What is told of something that is no list, or not one of the right length.
local function measure(given) return is_list(given) and length_of(given) or given end

local PLURALS = { boolean = "booleans", integer = "integers", number = "numbers", string = "strings" }

--- What a person is told is expected where a list is: "list of 3 integers from 0 to 255".
function convert.list_words(words, count)
   return ("list of %s%s"):format(count and count .. " " or "", (words:gsub("%a+", PLURALS)))
end

--- The converter of a list. `count`: how many elements it must have; nil: any number.
function convert.array(element, count)
   local words = convert.list_words(element.words, count)
   local array_of = ffi.typeof("$[?]", element.ctype)
   local array = { words = words, in_place = element.in_place }

   local function has_shape(list) return is_list(list) and (not count or length_of(list) == count) end

   -- A copy of the span, as of a table: the object may die while C reads.
   local function copy_span(span, list)
      local elements, length = span.place(list)
      local data = array_of(length)
      ffi.copy(data, elements, length * ffi.sizeof(element.ctype))
      return data, length
   end

   --- The elements in C's shape, and how many; nil and the index of the first that does not fit.
   function array.to_data(list)
      local span = part.span_of(list)
      if span and span.element == element then return copy_span(span, list) end
      local length = length_of(list)
      local data = array_of(length)
      for index = 1, length do
         local stored = element.to_c(element_of(list, index))
         if stored == nil then return nil, index end
         data[index - 1] = stored
         if element.in_place then hold(data, stored) end
      end
      return data, length
   end

   --- The same for parameter `name` of a method; raises what does not fit.
   function array.data(list, method, name, optional)
      if list == nil and optional then return nil, 0 end
      if not has_shape(list) then object.bad_argument(method, name, words, measure(list)) end
      local data, length = array.to_data(list)
      if not data then element_fault(method, name, length, element, element_of(list, length)) end
      return data, length
   end

   --- A table of the elements at a pointer; nil for NULL.
   function array.from_c(pointer, length)
      if pointer == nil then return nil end
      local data, list = cast(element.pointer, pointer), {}
      for index = 1, tonumber(length) do list[index] = element.to_lua(data[index - 1]) end
      return list
   end

   --- The same for a patch's result; nil and what is wrong with it.
   function array.result(list, method, name)
      if not has_shape(list) then return nil, object.bad_result(method, words, measure(list), name) end
      local data, length = array.to_data(list)
      if data then return data, length end
      local where = ("%s[%d]"):format(name or "result", length)
      return nil, object.bad_result(method, element.words, element_of(list, length), where)
   end

   --- What is wrong with a patch's result; nil: nothing.
   function array.wrong(list, method, name)
      local data, message = array.result(list, method, name)
      return not data and message or nil
   end

   -- As a member of a struct, of fixed length: the FFI stores a table of what its elements store.
   function array.to_c(list)
      if not is_list(list) or length_of(list) ~= count then return nil end
      local stored = {}
      for index = 1, count do
         stored[index] = element.to_c(element_of(list, index))
         if stored[index] == nil then return nil end
      end
      return stored
   end
   function array.to_lua(stored) return array.from_c(stored, count) end

   return array
end

-- ---- options --------------------------------------------------------------------------------

local options = {} -- {[name] = converter}

local function unknown_option(method, name, key, fields)
   local names = {}
   for index, field in ipairs(fields) do names[index] = field.name end
   raise(("%s: %s: unknown key %q%s"):format(method.where, name, tostring(key), import "suggest"(tostring(key), names)))
end

--- Defines an option struct by the name of its FFI struct; fields are {name, converter, default}.
function convert.define_options(name, c_type, fields, size)
   local ctype = ffi.typeof(c_type)
   local pointer = ffi.typeof(c_type .. " *")
   assert(ffi.sizeof(ctype) == size, name)
   local known = {}
   for _, field in ipairs(fields) do known[field.name] = true end
   local converter = { words = "table of " .. name }

   local function store(data, given, method, parameter)
      for _, field in ipairs(fields) do
         local member = rawget(given, field.name)
         if member == nil then member = field.default end
         if member ~= nil then
            local stored = field.converter.to_c(member)
            if stored == nil then
               object.bad_argument(method, parameter .. "." .. field.name, field.converter.words, member)
            end
            data[field.name] = stored
            if field.converter.in_place then hold(data, stored) end
         end
      end
   end

   --- The struct for parameter `parameter` of a method; nil gives the defaults.
   function converter.data(given, method, parameter)
      if given ~= nil and not object.is_data(given) then object.bad_argument(method, parameter, converter.words, given) end
      local data = ctype()
      for key in next, given or {} do
         if not known[key] then unknown_option(method, parameter, key, fields) end
      end
      store(data, given or {}, method, parameter)
      return data
   end

   --- A table of the struct at a pointer; nil for NULL. What C did not set is nil, as a script leaves it out.
   function converter.from_c(place)
      if place == nil then return nil end
      local data, given = cast(pointer, place), {}
      for _, field in ipairs(fields) do
         local stored = data[field.name]
         if stored ~= field.converter.unset then given[field.name] = field.converter.to_lua(stored) end
      end
      return given
   end

   options[name] = converter
end

function convert.options(name)
   return options[name] or error(("options %s are not known: register the module that declares them first"):format(name), 0)
end

-- ---- for generated code ---------------------------------------------------------------------

--- A place that C reads and writes, holding an argument.
function convert.inout(converter, given, method, name)
   local stored = converter.to_c(given)
   if stored == nil and not (given == nil and converter.nullable) then
      object.bad_argument(method, name, converter.words, given)
   end
   local box = converter.box()
   if stored ~= nil then
      box[0] = stored
      if converter.in_place then hold(box, stored) end
   end
   return box
end

--- What C stores of a patch's result, or an error that the patch is blamed for. Lists give their
--- length as well.
function convert.check_result(method, converter, given, name)
   if converter.to_data then
      if given == nil then return nil, 0 end
      local data, length = converter.result(given, method, name)
      if not data then error(length, 0) end
      return data, length
   end
   local stored = converter.to_c(given)
   if stored == nil and not (given == nil and converter.nullable) then
      error(object.bad_result(method, converter.words, given, name), 0)
   end
   if converter.in_place then core.keep_result(method.where .. ", " .. name, stored) end
   return stored
end

return convert
