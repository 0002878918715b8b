-- Enums: their members by name and by number, and sums of flags.

local core, import = ...

local suggest = import "suggest"

local rawlen = import("object").rawlen

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
      if type(given) == "table" then return read_list(given) end
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

local function is_wrong(of, name) return type(name) == "string" and not of.both[name] end

--- The name, or the first one in a list of flags, that is none of the enum's.
local function wrong_name(of, given)
   if is_wrong(of, given) then return given end
   if type(given) ~= "table" or not of.flags then return nil end
   for index = 1, rawlen(given) do -- which may contain itself
      local name = rawget(given, index)
      if is_wrong(of, name) then return name end
   end
end

--- '"GREN" (did you mean "GREEN"?)' about what should be of enum `name`, but names no member of it;
--- nil: it does not name any, or there is no such enum.
function enum.misspelt(name, given)
   local of = enums[name]
   local wrong = of and wrong_name(of, given)
   return wrong and ("%q%s"):format(wrong:sub(1, 64), suggest(wrong, of.names))
end

return enum
