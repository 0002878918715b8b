-- Fields that scripts attach to C objects: they live and die with the object.

local _, import = ...

local object = import "object"

local is_alive = object.is_alive

local field = {}

--- {[handle] = {key = value}}. The strong key keeps the handle while the object lives, so that
--- the next time C hands the object over, it is the same handle with the same fields.
local fields = {}
field.of = fields

-- The keys of `fields` again, in a list, so that they can be looked through a few at a time.
local owners, cursor = {}, 0

--- Sets field `key` of a live object.
function field.attach(handle, key, value)
   local own = fields[handle]
   if not own then
      if value == nil then return end
      own = {}
      fields[handle] = own
      owners[#owners + 1] = handle
   end
   own[key] = value
end

local SWEEP = 64

--- Lets go of the fields of dead objects; looks at a few objects each time.
function field.sweep()
   for _ = 1, math.min(SWEEP, #owners) do
      cursor = cursor > 1 and cursor - 1 or #owners
      local handle = owners[cursor]
      if not is_alive(handle) then
         fields[handle] = nil
         owners[cursor] = owners[#owners]
         owners[#owners] = nil
      end
   end
end

return field
