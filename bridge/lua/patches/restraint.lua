-- What holds a patch's top level to declaring. While it runs, objects of C refuse to be written to, C
-- refuses to be called, and the game's tables that the patch gets by `require`, or as globals, are written
-- down: what it did to them is put back, and refused.

local core, import = ...

local class = import "class"
local heap = import "heap"
local hold = import "hold"
local interpreted = import "interpreted"
local loader = import "loader"
local object = import "object"
local sandbox = import "sandbox"
local snapshot = import "snapshot"

local rawlen = object.rawlen

local restraint = {}

-- Values of the game's tables that are written down for one patch: 0.3 ms or so of what was rehearsed; there,
-- and where nothing is, practically all.
local FEW, MANY = 2 ^ 12, 2 ^ 20

---@class Restraint
---@field tables table   flat, as a Walk has them
---@field upvalues table none
---@field places table   {[table] = {the table that it was found in, or nil, and its key}}
---@field file string
---@field limit number     of values
---@field unlock fun()

local current ---@type Restraint?  of the patch whose top level runs

-- ---- tables ---------------------------------------------------------------------------------

--- Writes a table down, and what it leads to, nearest first. Too large ones are left out.
local note = interpreted(function(self, name, root)
   local queue, first = {}, 1
   local function reach(found, holder, key)
      if type(found) ~= "table" or self.places[found] or found == class.native or rawlen(found) > self.limit then return end
      self.places[found] = { holder, key }
      queue[#queue + 1] = found
   end
   reach(root, nil, name)
   while queue[first] and #self.tables < 2 * self.limit do
      local found = queue[first]
      first = first + 1
      heap.keep(self, found, debug.getmetatable(found))
      for key, value in next, found do reach(value, found, key) end
      reach(getmetatable(found), found, "metatable") -- as scripts see it
   end
end)

local function path_of(self, found, key)
   local place = self.places[found]
   local text = type(key) == "string" and "." .. key or ("[%s]"):format(tostring(key))
   return place[1] and path_of(self, place[1], place[2]) .. text or place[2] .. text
end

--- Puts back what was done to the tables. Returns where something was; nil: nothing.
local put_back = interpreted(function(self)
   local changed = snapshot.touched(self).tables[1]
   if not changed then return nil end
   local path = path_of(self, changed, snapshot.first_difference(self, changed) or "metatable")
   snapshot.restore(self)
   return path
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

local function begin(file, rehearsed)
   local self = {
      tables = {}, upvalues = {}, places = {}, names = {}, file = file, limit = rehearsed and FEW or MANY,
   }
   for name, content in pairs(loader.environment) do
      if name ~= "_G" and not sandbox.is_library(name) then note(self, name, content) end
   end
   self.unlock = lock_objects(file)
   return self
end

--- Loads a module of the game for a patch. What the game's own text does then is the game's.
local function load(self, name)
   self.unlock()
   current = nil
   self.change = put_back(self) or self.change
   local ok, result = pcall(loader.require, name)
   current = self
   self.tables, self.places = {}, {}
   for known, content in pairs(self.names) do note(self, known, content) end
   self.unlock = lock_objects(self.file)
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

--- Runs the top level of a patch's file, protected, with `handler` for errors. Returns whether it went well and left
--- the game's state alone, and why not. If not, that is put back. What was `rehearsed` is looked at less closely.
function restraint.run(file, chunk, handler, rehearsed)
   local self = begin(file, rehearsed)
   current = self
   local ok, message = xpcall(chunk, handler)
   current = nil
   self.unlock()
   local change = put_back(self) or self.change
   if ok and change then return false, ("%s: it changes %s: a patch's top level only declares; %s"):format(file, change, hold.WRITE) end
   return ok, message
end

return restraint
