-- What lies inside an object, reached in place: parts, which are struct members, and spans, which
-- are arrays.
--
-- Both name the object, not its memory: {mp_index, mp_generation}, and a part where in it, too:
-- {mp_offset, mp_place}. Scripts cannot write to any of that. They are as safe as a handle, and when
-- the object is gone they say so. Writing to a member of a part writes to the object; wherever a
-- value is expected, a part stands for a copy, and part() makes one.

local core, import = ...

local hold = import "hold"
local object = import "object"
local value = import "value"

local ffi, cast = object.ffi, object.cast
local raise, type = core.raise, type

local part = {}

local objects, identity = object.objects, object.identity
local Bytes = ffi.typeof "uint8_t *"

local inside = {} -- {[number of an FFI type] = {element, place} of a span, or true for a part}

local function number_of(ctype) return tonumber(ffi.typeof(ctype)) end

--- Whether `given` is a part or a span: has mp_index and mp_generation.
function part.is_inside(given) return type(given) == "cdata" and inside[number_of(given)] ~= nil end

--- What a span is made of: `element`, the converter of its elements, and place(span), which returns
--- where they lie and how many there are. nil for anything else.
function part.span_of(given)
   local found = type(given) == "cdata" and inside[number_of(given)]
   return type(found) == "table" and found or nil
end

---@class Place   where parts lie, by `mp_place`
---@field where string    "Crate.bounds"
---@field offset number   of the property
---@field type table      of the value there
---@field size number?    of an element, where the property is an array
local places, numbers = {}, {} -- {[number] = Place}, {[where] = number}

--- The number of the place of a property; the same when its module is registered again.
local function place_of(where, offset, type, size)
   local number = numbers[where] or #places + 1
   numbers[where], places[number] = number, { where = where, offset = offset, type = type, size = size }
   return number
end

local function field_at(t, offset)
   for _, field in ipairs(t.fields) do
      local inner = field.value
      if inner and offset >= field.offset and offset < field.offset + ffi.sizeof(inner.ctype) then return field end
   end
end

--- "Crate.corners[2].max", of a part that is of type `t`.
local function name_of(self, t)
   local found = places[self.mp_place]
   local where, at, offset = found.where, found.type, self.mp_offset - found.offset
   if found.size then
      where = ("%s[%d]"):format(where, math.floor(offset / found.size) + 1)
      offset = offset % found.size
   end
   while at ~= t do
      local field = field_at(at, offset)
      if not field then return t.name end -- the module was registered anew, with other members
      where, at, offset = ("%s.%s"):format(where, field.name), field.value, offset - field.offset
   end
   return where
end

local function gone(self, what)
   raise(("%s: its object (#%d) was destroyed"):format(what, self.mp_index))
end

--- The tostring of what is called `name`, which tells more of it while its object lives.
local function told(name, tell)
   return function(self)
      if objects[self.mp_index].generation == self.mp_generation then return tell(self) end
      return ("%s of #%d (destroyed)"):format(name, self.mp_index)
   end
end

-- ---- parts ----------------------------------------------------------------------------------

local PART = [[
local t, new, inner, offset_of, to_c, hold, Pointer, cast, objects, Bytes, gone, name_of, no_member, bad = ...
local name = t.name
local function place(self)
   local entry = objects[self.mp_index]
   if entry.generation ~= self.mp_generation then gone(self, name_of(self, t)) end
   return cast(Pointer, cast(Bytes, entry.object) + self.mp_offset)
end
return place, function(self, key)
   MEMBERS
   place(self)
   no_member(t, key)
end, function(self, key, given)
   if hold.on then hold.refuse(("%s.%s"):format(name, tostring(key)), hold.WRITE) end
   WRITERS
   place(self)
   no_member(t, key)
end]]

local READ_SCALAR = 'if key == "#" then return place(self)["STORED"] end'
local READ_PART = 'if key == "#" then return inner[@](self.mp_index, self.mp_generation, self.mp_offset + offset_of[@], self.mp_place) end'
local WRITE_SCALAR = [[if key == "#" then
      local stored = to_c[@](given)
      if stored == nil then bad(t, @, given) end
      place(self)["STORED"] = stored
      return
   end]]
local WRITE_PART = [[if key == "#" then
      local stored = to_c[@](given)
      if stored == nil then bad(t, @, given) end
      local p = place(self)
      FIELDS
      return
   end]]

local function no_member(t, key)
   local names = {}
   for index, field in ipairs(t.fields) do names[index] = field.name end
   import("suggest").refuse(t.name, "member", key, names)
end

local function bad(t, index, given)
   local field = t.fields[index]
   object.bad_value(("%s.%s"):format(t.name, field.name), field.converter.words, given)
end

local function write_part(field)
   local lines = {}
   for index, scalar in ipairs(field.value.scalars) do
      lines[index] = ("p['%s__%s'] = stored['%s']"):format(field.name, scalar.name, scalar.name)
   end
   return (WRITE_PART:gsub("FIELDS", (table.concat(lines, "\n      "))))
end

local function part_code(t)
   local readers, writers = {}, {}
   for index, field in ipairs(t.fields) do
      local function fill(code) return (code:gsub("#", field.name):gsub("@", tostring(index)):gsub("STORED", field.stored or "")) end
      readers[index] = fill(field.value and READ_PART or READ_SCALAR)
      writers[index] = fill(field.value and write_part(field) or WRITE_SCALAR)
   end
   return PART:gsub("MEMBERS", function() return table.concat(readers, "\n   ") end)
      :gsub("WRITERS", function() return table.concat(writers, "\n   ") end)
end

--- Makes the type of the parts that are values of type `t`: t.part(index, generation, offset, place).
function part.define(t)
   t.part = ffi.typeof "struct { const int32_t mp_index, mp_generation, mp_offset, mp_place; }"
   inside[number_of(t.part)] = true
   local inner, offset_of, to_c = {}, {}, {}
   for index, field in ipairs(t.fields) do
      inner[index], offset_of[index], to_c[index] = field.value and field.value.part, field.offset, field.converter.to_c
   end
   local place, index_member, write_member = assert(loadstring(part_code(t), ("=[moonpatch/part.lua %s]"):format(t.name)))(
      t, t.ctype, inner, offset_of, to_c, hold, ffi.typeof("$ *", t.ctype), cast, objects, Bytes, gone, name_of, no_member, bad)
   local metatable = value.operators(t)
   metatable.__index, metatable.__newindex = index_member, write_member
   metatable.__tostring = told(t.name, metatable.__tostring)
   metatable.__call = value.generate(t.name, "local new, place = ...\nreturn function(self) local p = place(self) return new($,{p['#']}) end",
      t.scalars, t.ctype, place)
   ffi.metatype(t.part, metatable)
end

--- The accessors of a property that is a value of type `name` at `offset`.
function part.property(where, name, offset, readonly)
   local t = value.type(name)
   local new_part, resolve, constant = t.part, object.resolve, t.constant
   local pointer, number = ffi.typeof("$ *", t.ctype), place_of(where, offset, t)
   local function place(self) return cast(pointer, cast(Bytes, resolve(self, where)) + offset) end
   if readonly then
      return { get = value.generate(where, "local constant, place = ...\nreturn function(self) local p = place(self) return constant($,{p['#']}) end",
         t.scalars, constant, place) }
   end
   return {
      get = function(self)
         resolve(self, where)
         local index, generation = identity(self)
         return new_part(index, generation, offset, number)
      end,
      set = value.generate(where, [[
local t, place, bad_value, where, istype = ...
local new, try = t.ctype, t.try
return function(self, given)
   local stored = istype(new, given) and given or try(given) or bad_value(where, t.name, given)
   local p = place(self)
   ${ p["#"] = stored["#"] }
end]], t.scalars, t, place, object.bad_value, where, object.istype),
   }
end

-- ---- spans ----------------------------------------------------------------------------------

--- Where the elements lie and how many there are: functions of the object's address.
local function fixed_place(spec, pointer)
   return function(address) return cast(pointer, cast(Bytes, address) + spec.offset), spec.count end
end

local function counted_place(spec, pointer)
   local Elements, Counter = ffi.typeof("$ *", pointer), ffi.typeof(spec.counter_type .. " *")
   return function(address)
      local elements = cast(Elements, cast(Bytes, address) + spec.offset)[0]
      local count = tonumber(cast(Counter, cast(Bytes, address) + spec.counter)[0])
      if elements == nil then count = 0 end
      return elements, count
   end
end

local function out_of_bounds(where, index, count)
   if type(index) ~= "number" or index % 1 ~= 0 then
      raise(("%s: integer index expected, got %s"):format(where, object.describe(index)))
   end
   raise(("%s[%d]: index out of bounds (there are %d)"):format(where, index, count))
end

local function make_span(where, element, spec)
   local find = (spec.count and fixed_place or counted_place)(spec, element.pointer)
   local size = ffi.sizeof(element.ctype)
   local to_c, inner = element.to_c, element.value and element.value.part
   local number = inner and place_of(where, spec.offset, element.value, size)

   local function place(self)
      local entry = objects[self.mp_index]
      if entry.generation ~= self.mp_generation then gone(self, where) end
      return find(entry.object)
   end

   local function write(self, index, given)
      if hold.on then hold.refuse(("%s[%s]"):format(where, tostring(index)), hold.WRITE) end
      local elements, count = place(self)
      if type(index) ~= "number" or not (index >= 1 and index <= count) or index % 1 ~= 0 then
         out_of_bounds(where, index, count)
      end
      if spec.readonly then raise(("%s is read only"):format(where)) end
      local stored = to_c(given)
      if stored == nil then object.bad_value(("%s[%d]"):format(where, index), element.words, given) end
      elements[index - 1] = stored
   end

   local span = ffi.typeof "struct { const int32_t mp_index, mp_generation; }"
   inside[number_of(span)] = { element = element, place = place }
   return ffi.metatype(span, {
      __len = function(self)
         local _, count = place(self)
         return count
      end,
      __index = function(self, index)
         local elements, count = place(self)
         if type(index) ~= "number" or not (index >= 1 and index <= count) or index % 1 ~= 0 then
            out_of_bounds(where, index, count)
         end
         if inner then return inner(self.mp_index, self.mp_generation, spec.offset + (index - 1) * size, number) end
         return elements[index - 1]
      end,
      __newindex = write,
      __tostring = told(where, function(self)
         local _, count = place(self)
         return ("%s (%d of %s)"):format(where, count, element.words)
      end),
   })
end

--- A function that writes the elements of a list of the same length in place; none if one does not fit.
local function assigner(where, element, find)
   local size, array = ffi.sizeof(element.ctype), nil
   return function(self, list)
      array = array or import("convert").array(element)
      if not object.is_data(list) and not part.span_of(list) then
         object.bad_value(where, array.words, list)
      end
      local data, length = array.to_data(list)
      if not data then object.bad_value(("%s[%d]"):format(where, length), element.words, list[length]) end
      local elements, count = find(object.resolve(self, where))
      if length ~= count then
         raise(("%s: %s expected, got %d"):format(where, import("convert").list_words(element.words, count), length))
      end
      ffi.copy(elements, data, count * size)
   end
end

--- The accessors of an array property. `spec`: {offset, readonly} and count, or counter and
--- counter_type of the member that counts.
function part.span(where, element, spec)
   local new_span, resolve = make_span(where, element, spec), object.resolve
   local find = (spec.count and fixed_place or counted_place)(spec, element.pointer)
   return {
      set = not spec.readonly and assigner(where, element, find) or nil,
      get = function(self)
         resolve(self, where)
         return new_span(identity(self))
      end,
   }
end

return part
