-- Constructors as scripts call them: a table after the parameters sets properties of the object.

local core, import = ...

local object = import "object"
local suggest = import "suggest"

local raise = core.raise

local function unknown_property(of_class, key)
   local names = {}
   for name, member in pairs(of_class.members) do
      if type(member) ~= "function" then names[#names + 1] = name end
   end
   table.sort(names)
   raise(("%s has no property %q%s"):format(of_class.name, tostring(key), suggest(tostring(key), names)))
end

local function set_properties(made, of_class, properties)
   for key, new in next, properties do
      local member = of_class.members[key]
      if member == nil or type(member) == "function" then unknown_property(of_class, key) end
      made[key] = new
   end
end

--- Wraps `construct`, which makes an object from `method.stubs.properties_after` parameters.
--- When a property cannot be set, there is no object. `class_of(handle)` gives the object's class.
return function(method, construct, class_of)
   local count = method.stubs.properties_after
   if not count then return construct end

   local function with_properties(properties, ...)
      local made, message = construct(...)
      if made == nil then return nil, message end
      local of_class = class_of(made)
      local ok, why = pcall(set_properties, made, of_class, properties)
      if ok then return made end
      if of_class.destructor then of_class.members[of_class.destructor](made) end
      error(why, 0)
   end

   return function(...)
      local properties = select(count + 1, ...)
      if type(properties) ~= "table" then return construct(...) end
      if select("#", ...) > count + 1 then object.too_many(method, count) end
      local arguments = { ... }
      return with_properties(properties, unpack(arguments, 1, count))
   end
end
