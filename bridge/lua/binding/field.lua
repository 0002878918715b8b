-- Fields that scripts attach to C objects: they live and die with the object.

local core, import = ...

local by_object = import "by_object"

local fields = by_object() -- {key = value} of each object
local get, set = fields.get, fields.set

local field = { all = fields.all, sweep = fields.sweep }

--- Field `key` of a live object.
function field.get(handle, key)
   local own = get(handle)
   if own then return own[key] end
end

--- Sets field `key` of a live object.
function field.attach(handle, key, value)
   if key == nil or key ~= key then
      core.raise(("%s: name of a field expected, got %s"):format(core.describe(handle), core.describe(key)))
   end
   local own = get(handle)
   if not own then
      if value == nil then return end
      own = {}
      set(handle, own)
   end
   own[key] = value
end

return field
