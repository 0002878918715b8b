-- Asking whether an object is still there: is_valid and weak, as scripts see them.

local core, import = ...

local object = import "object"
local part = import "part"

local ffi, istype = object.ffi, object.istype
local getmetatable, type = debug.getmetatable, type

local reference = {}

local objects = object.objects
local derives = object.derives

-- A weak reference names the object as a handle does, and is none: it holds no handle.
ffi.cdef "typedef struct { const int32_t mp_index, mp_generation; } mp_Weak;"

local Weak = ffi.metatype("mp_Weak", {
   __call = function(self)
      local entry = objects[self.mp_index]
      if entry.generation ~= self.mp_generation then return nil end
      return object.wrap(entry.object)
   end,
   __tostring = function(self)
      local handle = self()
      return handle and ("weak %s"):format(tostring(handle)) or ("weak #%d (destroyed)"):format(self.mp_index)
   end,
   __eq = function(a, b)
      return istype("mp_Weak", a) and istype("mp_Weak", b) and a.mp_index == b.mp_index
         and a.mp_generation == b.mp_generation
   end,
})

--- A function value that returns the object, or nil once it was destroyed. It keeps nothing alive.
function reference.weak(given)
   if not (type(given) == "userdata" and derives[getmetatable(given)]) then
      core.raise(("weak: object expected, got %s"):format(object.describe(given)))
   end
   return Weak(object.identity(given))
end

--- Whether `given` is a live object, or lies inside of one. False for all else; never raises.
function reference.is_valid(given)
   if type(given) == "userdata" then
      return derives[getmetatable(given)] ~= nil and object.is_alive(given)
   end
   return part.is_inside(given) and objects[given.mp_index].generation == given.mp_generation
end

return reference
