-- Constructors as scripts call them: a table after the parameters sets properties of the object. It
-- may stand in the place of parameters that can be left out: native.Enemy.new { hp = 3 }.

local _, import = ...

local object = import "object"
local suggest = import "suggest"

local function unknown_property(of_class, key)
   local names = {}
   for name, member in pairs(of_class.members) do
      if type(member) ~= "function" then names[#names + 1] = name end
   end
   table.sort(names)
   suggest.refuse(of_class.name, "property", key, names)
end

local function set_properties(made, of_class, properties)
   for key, new in next, properties do
      local member = of_class.members[key]
      if member == nil or type(member) == "function" then unknown_property(of_class, key) end
      made[key] = new
   end
end

--- Where the table of properties is among the arguments, from place `from` to `to`; nil: nowhere.
local function find_table(from, to, ...)
   for index = from, math.min(to, select("#", ...)) do
      if object.is_data((select(index, ...))) then return index end
   end
end

--- Wraps `construct`, which makes an object: see `method.stubs.properties_from`. When a property
--- cannot be set, there is no object. `class_of(handle)` gives the object's class.
return function(method, construct, class_of)
   local from, to = method.stubs.properties_from, method.stubs.properties_to
   if not from then return construct end

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
      local place = find_table(from, to, ...)
      if not place then return construct(...) end
      if select("#", ...) > place then object.too_many(method, to - 1) end
      local arguments = { ... }
      return with_properties(arguments[place], unpack(arguments, 1, place - 1))
   end
end
