-- What holds a patch's top level to declaring. While it runs, objects of C refuse to be written to, C
-- refuses to be called, and the game's state is written down that the patch gets by `require`, as globals, or
-- through objects: tables, and the variables of functions. What it did to them is put back, and refused.
--
-- To be told of what happens is no change: a list of listeners, of timers, of whatever, that nobody but its
-- module sees may get functions of the patch.

local core, import = ...

local class = import "class"
local field = import "field"
local heap = import "heap"
local hold = import "hold"
local interpreted = import "interpreted"
local layer = import "layer"
local loader = import "loader"
local object = import "object"
local owner = import "owner"
local sandbox = import "sandbox"
local snapshot = import "snapshot"

local getfenv, getinfo, getmetatable, getupvalue = debug.getfenv, debug.getinfo, debug.getmetatable, debug.getupvalue
local rawlen = object.rawlen

local restraint = {}

-- Values of the game that are written down for one patch: 0.3 ms or so of what was rehearsed; there,
-- and where nothing is, practically all.
local FEW, MANY = 2 ^ 12, 2 ^ 20

---@class Restraint
---@field tables table    flat, as a Walk has them
---@field upvalues table  as well
---@field cells table     as well
---@field places table    {[table or function] = Place}
---@field token table     of the patch
---@field file string
---@field count number    of values that were looked at
---@field limit number    of them
---@field unlock fun()

---@class Place  where something was found first
---@field holder any     the table or function that holds it; nil: it is a global, or a module
---@field key any        there; of a function the name of its variable
---@field within any     the function through whose variable alone it was reached; nil: none

local A_KEY = {} -- of a Place: it is itself a key there

local current ---@type Restraint?  of the patch whose top level runs

-- ---- writing down ---------------------------------------------------------------------------

local function is_of_game(func) return getfenv(func) == loader.environment end

--- Whether something is looked at. Too large tables are not; nor weak ones, from which the collector takes.
local ENTERED = {
   table = function(self, found)
      if found == class.native or rawlen(found) > self.limit then return false end
      local weak_keys, weak_values = heap.weakness(getmetatable(found))
      return not (weak_keys or weak_values)
   end,
   ["function"] = function(_, found) return is_of_game(found) end,
}

--- Visits what a table or a function holds: visit(value, holder, key).
local function each_content(found, visit)
   if type(found) == "table" then
      for key, value in next, found do
         visit(value, found, key)
         if ENTERED[type(key)] then visit(key, found, A_KEY) end
      end
      return visit(getmetatable(found), found, "metatable") -- scripts get at it through its functions, too
   end
   local index = 1
   local name, value = getupvalue(found, index)
   while name do
      visit(value, found, name, index)
      index = index + 1
      name, value = getupvalue(found, index)
   end
end

--- Writes down what something contains, and what that leads to, nearest first.
local note = interpreted(function(self, name, root)
   local queue, first, within = {}, 1, nil
   local function reach(found, holder, key, index)
      self.count = self.count + 1
      if index then heap.keep_variable(self, holder, index, found) end
      if not ENTERED[type(found)] then return end
      found = layer.unpatched(found)
      if self.places[found] or not ENTERED[type(found)](self, found) then return end
      self.places[found] = { holder = holder, key = key, within = index and holder or within }
      queue[#queue + 1] = found
   end
   reach(root, nil, name)
   while queue[first] and self.count < self.limit do
      local found = queue[first]
      first, within = first + 1, self.places[found].within
      if type(found) == "table" then heap.keep(self, found, getmetatable(found)) end
      each_content(found, reach)
   end
end)

-- ---- comparing ------------------------------------------------------------------------------

--- "game.list[2]" of an entry of a table; "'list[2]' in game.add" of a variable of a function.
local function path_of(self, holder, key, tail)
   if not holder then return key .. tail end
   local place = self.places[holder]
   if type(holder) == "function" then
      return ("'%s' in %s"):format(key .. tail, path_of(self, place.holder, place.key, ""))
   end
   local text = key == A_KEY and "[a key]" or type(key) == "string" and "." .. key or ("[%s]"):format(core.describe(key))
   return path_of(self, place.holder, place.key, text .. tail)
end

local MOST = 2 ^ 10 -- new things that are searched for a function of the patch

--- Whether something new leads to a function of the patch.
local function leads_to_patch(self, root)
   local queue, known = {}, {}
   local function reach(found)
      if not ENTERED[type(found)] or known[found] or self.places[found] or #queue == MOST then return end
      known[found] = true
      queue[#queue + 1] = found
   end
   reach(root)
   for _, found in ipairs(queue) do
      if type(found) == "function" and owner.by_environment(found) == self.token then return true end
      each_content(found, reach)
   end
   return false
end

local function has_taken(self, holder)
   for key, value in next, holder do
      if leads_to_patch(self, value) or leads_to_patch(self, key) then return true end
   end
   return false
end

local function file_of(func) return getinfo(func, "S").source end

--- The files whose private state took functions of the patch.
local function takers(self, touched)
   local files = {}
   for _, holder in ipairs(touched.tables) do
      local within = self.places[holder].within
      if within and has_taken(self, holder) then files[file_of(within)] = true end
   end
   for _, variable in ipairs(touched.upvalues) do
      local _, value = getupvalue(variable[1], variable[2])
      if leads_to_patch(self, value) then files[file_of(variable[1])] = true end
   end
   return files
end

--- Where the game's state was changed; nil: nowhere.
local function change_of(self)
   local touched = snapshot.touched(self)
   local files = takers(self, touched)
   for _, holder in ipairs(touched.tables) do
      local within = self.places[holder].within
      if not (within and files[file_of(within)]) then
         return path_of(self, holder, snapshot.first_difference(self, holder) or "metatable", "")
      end
   end
   for _, variable in ipairs(touched.upvalues) do
      local func = variable[1]
      if not files[file_of(func)] then return path_of(self, func, (getupvalue(func, variable[2])), "") end
   end
end

--- Puts the game's state back if the patch `failed`, or changed it. Returns where it did.
local put_back = interpreted(function(self, failed)
   local change = change_of(self)
   if failed or change then snapshot.restore(self) end
   return change
end)

-- ---- objects --------------------------------------------------------------------------------

local function refuse(handle, key) hold.refuse(("%s.%s"):format(core.describe(handle), tostring(key)), hold.WRITE) end

--- Has all objects refuse to be written to, and C to be called. Returns a function that ends it.
local function lock_objects(file)
   local writers = {}
   hold.set(file)
   for metatable in pairs(object.derives) do
      writers[metatable] = metatable.__newindex
      metatable.__newindex = refuse
   end
   return function()
      hold.set(nil)
      for metatable, writer in pairs(writers) do metatable.__newindex = writer end
   end
end

-- ---- public ---------------------------------------------------------------------------------

--- Writes down what fields that scripts attached to objects hold.
local function write_down_fields(self)
   for index, entry in pairs(field.all) do
      if self.count >= self.limit then return end
      if object.objects[index].generation == entry[1] then note(self, core.describe(core.handle(index)), entry[2]) end
   end
end

--- Writes down the globals, what the patch has got by require, and fields of objects. What was written down before is
--- forgotten.
local function write_down(self)
   local globals = loader.environment
   self.tables, self.upvalues, self.cells, self.places = {}, {}, {}, { [globals] = { key = "_G" } }
   self.count = 0
   heap.keep(self, globals, getmetatable(globals))
   note(self, "_G", getmetatable(globals)) -- may hold more of them: scripts/strict.lua
   for name, content in pairs(globals) do
      if name ~= "_G" and not sandbox.is_library(name) then note(self, name, content) end
   end
   for name, content in pairs(self.names) do note(self, name, content) end
   write_down_fields(self)
   self.unlock = lock_objects(self.file)
end

--- Loads a module of the game for a patch. What the game's own text does then is the game's.
local function load(self, name)
   self.unlock()
   current = nil
   self.change = put_back(self) or self.change
   local ok, result = pcall(loader.require, name)
   current = self
   write_down(self)
   if not ok then error(result, 0) end
   return result
end

--- require of the game's modules, for patches.
function restraint.require(name)
   local self = current
   if not self then return loader.require(name) end
   local result = loader.loaded[name] ~= nil and loader.require(name) or load(self, name)
   self.names[name] = result
   note(self, name, result)
   return result
end

--- Runs the top level of a patch's file, of which `token` is the owner, protected, with `handler` for errors. Returns
--- whether it went well and left the game's state alone, and why not. If not, that is put back. What was `rehearsed` is
--- looked at less closely.
function restraint.run(file, token, chunk, handler, rehearsed)
   local self = { names = {}, file = file, token = token, limit = rehearsed and FEW or MANY }
   write_down(self)
   current = self
   local ok, message = xpcall(chunk, handler)
   current = nil
   self.unlock()
   local change = put_back(self, not ok) or self.change
   if ok and change then return false, ("%s: it changes %s: a patch's top level only declares; %s"):format(file, change, hold.WRITE) end
   return ok, message
end

return restraint
