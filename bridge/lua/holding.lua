-- Who holds what in this VM, for people who look for leaks, and for the end of the VM.

local core, import = ...

local callback = import "callback"
local class = import "class"
local event = import "event"
local field = import "field"
local object = import "object"
local patchset = import "patchset"

local function sorted_keys(t)
   local keys = {}
   for key in pairs(t) do keys[#keys + 1] = key end
   table.sort(keys)
   return keys
end

--- {Lion = 3, Animal = 1} -> "1 Animal, 3 Lion" and 4.
local function in_words(counts)
   local words, total = sorted_keys(counts), 0
   for index, name in ipairs(words) do
      words[index] = ("%d %s"):format(counts[name], name)
      total = total + counts[name]
   end
   return table.concat(words, ", "), total
end

--- The live objects behind handles, by class.
local function census(handles)
   local counts = {}
   for _, handle in pairs(handles) do
      if object.is_alive(handle) then
         local name = core.describe(handle)
         counts[name] = (counts[name] or 0) + 1
      end
   end
   return in_words(counts)
end

local function roots()
   local names = {}
   for name, root in pairs(class.state.native) do
      if type(root) == "userdata" and object.is_alive(root) then names[#names + 1] = name end
   end
   table.sort(names)
   return table.concat(names, ", "), #names
end

local function owners_of_fields()
   local handles = {}
   for index, entry in pairs(field.all) do
      if object.objects[index].generation == entry[1] then handles[#handles + 1] = core.handle(index) end
   end
   return handles
end

--- The functions that wait for C: {[owner] = {[what] = {[where] = count}}}.
local function waiting()
   local by_owner = {}
   local function count(token, what, where)
      local who = token and "patch " .. token.patch.id or "scripts"
      local of_owner = by_owner[who] or {}
      local counts = of_owner[what] or {}
      by_owner[who], of_owner[what] = of_owner, counts
      counts[where] = (counts[where] or 0) + 1
   end
   callback.each(function(token, taker) count(token, "callbacks: ", taker) end)
   event.each(function(connection, method)
      count(connection.owner, connection.thread and "waiting coroutines: " or "listeners: ", method.where)
   end)
   return by_owner
end

--- A list of {owner, what, count}.
return function()
   local list = {}
   local function add(owner, words, what, count)
      if count > 0 then list[#list + 1] = { owner = owner, what = words .. what, count = count } end
   end
   for _, patch in ipairs(patchset.list()) do
      local count = patch.state == "active" and #patch.overrides or 0
      add("patch " .. patch.id, "overrides: ", table.concat(patch.overrides, ", "), count)
   end
   local by_owner = waiting()
   for _, who in ipairs(sorted_keys(by_owner)) do
      for _, what in ipairs(sorted_keys(by_owner[who])) do add(who, what, in_words(by_owner[who][what])) end
   end
   add("scripts", "handles: ", census(core.handles))
   add("scripts", "fields on objects: ", census(owners_of_fields()))
   add("program", "roots: ", roots())
   return list
end
