-- Enums: their members by name and by number, and sums of flags.

local core, import = ...

local suggest = import "suggest"

local object = import "object"

local is_data, rawlen = object.is_data, object.rawlen

local enum = {}

local enums = {} -- {[name] = {names, both, flags}}

--- A function from a member, a sum of members, or a list of members to a number; nil for others.
local function flag_reader(members)
   local all = 0
   for _, number in pairs(members) do all = bit.bor(all, number) end
   local others = bit.bnot(all)

   local function read_number(given)
      local bits = bit.tobit(given)
      local is_whole = bits == given or bits % 0x100000000 == given
      return is_whole and bit.band(bits, others) == 0 and bits or nil
   end

   local function read_list(given)
      local sum = 0
      for index = 1, rawlen(given) do
         local number = members[rawget(given, index)]
         if not number then return nil end
         sum = bit.bor(sum, number)
      end
      return sum
   end

   return function(given)
      if type(given) == "number" then return read_number(given) end
      if is_data(given) then return read_list(given) end
      return members[given]
   end
end

--- Defines an enum {name, members, flags}; returns its members, which refuse the names of others.
function enum.define(description)
   local both, names = {}, {}
   for name, number in pairs(description.members) do
      both[name], both[number] = number, number
      names[#names + 1] = name
   end
   table.sort(names)
   enums[description.name] = { names = names, both = both, flags = description.flags and flag_reader(both) }
   return setmetatable(description.members, { __index = function(_, key) suggest.refuse(description.name, "member", key, names) end })
end

function enum.forget(name) enums[name] = nil end

local function find(name)
   return enums[name] or error(("enum %s is not known: register the module that declares it first"):format(name), 0)
end

--- "enum" or "flags"; nil if there is none of that name.
function enum.kind(name)
   local of = enums[name]
   return of and (of.flags and "flags" or "enum")
end

--- The names of an enum's members, by their numbers; those of equal ones by their names.
function enum.names(name)
   local of, names = find(name), {}
   for index, each in ipairs(of.names) do names[index] = each end
   table.sort(names, function(a, b)
      local one, other = of.both[a], of.both[b]
      return one < other or one == other and a < b
   end)
   return names
end

--- {[name or number] = number} of an enum.
function enum.both(name) return find(name).both end

--- The function that reads flags of an enum.
function enum.flags(name) return find(name).flags end

--- The element of a list of flags that is none of the enum's, and its place.
local function wrong_element(of, list)
   for index = 1, rawlen(list) do -- which may contain itself
      local element = rawget(list, index)
      if not of.both[element] then return element, index end
   end
end

local function misspelt(of, given)
   if type(given) == "string" and not of.both[given] then
      return ("%q%s"):format(given:sub(1, 64), suggest(given, of.names))
   end
end

--- What is wrong with what should be of enum `name`: '"GREN" (did you mean "GREEN"?)', or "7 at place 2 of
--- the list"; nil: it is no name and no list, or there is no such enum.
function enum.fault(name, given)
   local of = enums[name]
   if not of then return nil end
   if not (of.flags and is_data(given)) then return misspelt(of, given) end
   local element, place = wrong_element(of, given)
   return place and (misspelt(of, element) or ("%s at place %d of the list"):format(object.describe(element), place))
end

return enum
