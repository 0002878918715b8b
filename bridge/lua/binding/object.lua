-- Handles seen from the FFI: resolving, checking and making them, and refusing what is none.

local core, import = ...

local ffi = require "ffi"

local cast, istype = ffi.cast, ffi.istype
local getmetatable, rawget, type, tostring = debug.getmetatable, rawget, type, tostring
local raise = core.raise

-- The layouts are asserted in C: bridge/src/object_table.h and glue.h. In C the numbers are unsigned;
-- signed, compiled code compares them without turning them to floating point first.
ffi.cdef [[
typedef struct { int32_t index, generation; } mp_Handle;
typedef struct { int32_t index, generation; const void *class_of; } mp_Object;
typedef struct { mp_Object *object; int32_t generation, next_free; } mp_ObjectEntry;
typedef struct { void *body; uint32_t redirect; } mp_Slot;
]]

local Handle = ffi.typeof "mp_Handle *"
local Object = ffi.typeof "mp_Object *"
local objects = cast("mp_ObjectEntry *", core.objects)
local handles = core.handles

local object = { ffi = ffi, cast = cast, istype = istype, Handle = Handle, objects = objects }

--- The length of a table without its metamethods. Where Lua has no such function, # is that already.
object.rawlen = rawlen or function(list) return #list end

--- Every class's metatable, and whether it derives from another: derives[metatable][base].
local derives = {}
object.derives = derives

local native_mark = core.native_mark

--- "native.Enemy" for a table that stands for something of C's, which is marked by that name; nil for
--- other values.
local function native_name(given)
   local metatable = type(given) == "table" and getmetatable(given)
   return metatable and rawget(metatable, native_mark) or nil
end

--- Whether the value is a table of data. `native.Enemy` is none: it would pass for an empty list.
function object.is_data(given) return type(given) == "table" and not native_name(given) end

--- What a person should read about a value.
function object.describe(given)
   local name = native_name(given)
   if name then return name end
   local words = core.describe(given)
   if derives[getmetatable(given)] and not object.is_alive(given) then return "destroyed " .. words end
   return words
end
local describe = object.describe

local function destroyed(handle, where)
   local name = core.describe(handle)
   raise(("%s: this %s (#%d) was destroyed"):format(where, name, cast(Handle, handle).index))
end

--- The C object behind a handle that is known to be one, such as a metamethod's self.
function object.resolve(handle, where)
   local h = cast(Handle, handle)
   local entry = objects[h.index]
   if entry.generation ~= h.generation then destroyed(handle, where) end
   return entry.object
end

local int64_t, uint64_t = ffi.typeof "int64_t", ffi.typeof "uint64_t"

--- What turns a 64-bit integer into a number, where one is expected.
local function way_out(words, given)
   local is_wide = istype(int64_t, given) or istype(uint64_t, given)
   return is_wide and (words == "number" or words:find "^integer") and "; tonumber() makes a plain number of it" or ""
end

--- "Vec2 expected, got 3". Called by C.
function object.mismatch(words, given)
   return ("%s expected, got %s%s"):format(words, import("enum").fault(words, given) or describe(given), way_out(words, given))
end

--- "enemy.home: Vec2 expected, got 3", about the innermost member that is wrong.
local function mismatch(where, words, given)
   where, words, given = import("value").fault(where, words, given)
   return ("%s: %s"):format(where, object.mismatch(words, given))
end

--- Raises: `value` is not what parameter `name` of a method takes.
function object.bad_argument(method, name, words, value)
   raise(("%s: %s"):format(method.where, mismatch(name, words, value)))
end

--- Raises: `value` cannot be stored in property `where`.
function object.bad_value(where, words, value) raise(mismatch(where, words, value)) end

--- The message for a result of a wrong type: the function's own, or the one called `name`.
function object.bad_result(method, words, value, name)
   return ("%s: %s"):format(method.where, mismatch(name or "result", words, value))
end

--- Raises: more arguments than parameters.
function object.too_many(method, expected)
   raise(("%s: too many arguments (%d expected)"):format(method.where, expected))
end

--- Raises if more is passed than a method's parameters; nils at the end are nothing.
function object.refuse_surplus(method, expected, ...)
   for index = 1, select("#", ...) do
      if select(index, ...) ~= nil then object.too_many(method, expected) end
   end
end

--- Whether the object behind a handle is alive.
object.is_alive = core.jit and function(handle)
   local h = cast(Handle, handle)
   return objects[h.index].generation == h.generation
end or core.is_alive
local is_alive = object.is_alive

--- Whether the value is a live handle of the class of `metatable` or of one derived from it.
function object.is_a(value, metatable)
   local bases = derives[getmetatable(value)]
   return bases ~= nil and bases[metatable] == true and is_alive(value)
end

local function other_class(value, metatable, method, name)
   local bases = derives[getmetatable(value)]
   if not (bases and bases[metatable]) then object.bad_argument(method, name, metatable.__name, value) end
end

--- The C object behind an argument that should be a handle of the class of `metatable`.
function object.object(value, metatable, method, name)
   if getmetatable(value) ~= metatable then other_class(value, metatable, method, name) end
   local h = cast(Handle, value)
   local entry = objects[h.index]
   if entry.generation ~= h.generation then destroyed(value, method.where .. ": " .. name) end
   return entry.object
end

--- The handle of a C object; nil for NULL. The same object is always the same handle.
function object.wrap(pointer)
   local o = cast(Object, pointer)
   if o == nil then return nil end
   local handle = handles[o.index]
   if handle ~= nil and cast(Handle, handle).generation == o.generation then return handle end
   return core.handle(o.index)
end

--- The handle of the object at a place of the object table; nil for 0.
function object.at(index)
   local handle = handles[index]
   if handle ~= nil and cast(Handle, handle).generation == objects[index].generation then return handle end
   if index == 0 then return nil end
   return core.handle(index)
end

--- A Lua string of C text; nil for NULL.
function object.text(pointer)
   if pointer == nil then return nil end
   return ffi.string(pointer)
end

--- "Enemy#12", and whether it is no more.
function object.tostring(handle)
   local h = cast(Handle, handle)
   local name = getmetatable(handle).__name
   return ("%s#%d%s"):format(name, h.index, is_alive(handle) and "" or " (destroyed)")
end

--- What names the object of a handle for as long as it lives: index and generation.
function object.identity(handle)
   local h = cast(Handle, handle)
   return h.index, h.generation
end

return object
