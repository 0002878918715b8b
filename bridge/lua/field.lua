-- Fields that scripts attach to C objects: they live and die with the object, whether or not a
-- script holds a handle to it meanwhile.

local _, import = ...

local object = import "object"

local cast, Handle, objects = object.cast, object.Handle, object.objects

local field = {}

--- {[index] = {generation, values}}, by the object's place in the object table.
local fields = {}
field.all = fields

-- The keys of `fields` again, in a list, so that they can be looked through a few at a time.
local places, cursor = {}, 0

--- Field `key` of a live object.
function field.get(handle, key)
   local h = cast(Handle, handle)
   local entry = fields[h.index]
   if entry and entry[1] == h.generation then return entry[2][key] end
end

--- Sets field `key` of a live object.
function field.attach(handle, key, value)
   local h = cast(Handle, handle)
   local entry = fields[h.index]
   if not entry or entry[1] ~= h.generation then
      if value == nil then return end
      if not entry then places[#places + 1] = h.index end
      entry = { h.generation, {} }
      fields[h.index] = entry
   end
   entry[2][key] = value
end

local SWEEP = 64

--- Lets go of the fields of dead objects; looks at a few objects each time.
function field.sweep()
   for _ = 1, math.min(SWEEP, #places) do
      cursor = cursor > 1 and cursor - 1 or #places
      local index = places[cursor]
      if objects[index].generation ~= fields[index][1] then
         fields[index] = nil
         places[cursor] = places[#places]
         places[#places] = nil
      end
   end
end

return field
