-- A walk over everything that is alive: who holds which function, and what scripts' tables and
-- variables contain, for snapshot.lua.
--
-- Scripts' state is what their functions reach; what only the bridge's own functions reach is
-- internal: functions are found there, but its content is not written down.

local core = ...

local getfenv, getlocal, getinfo = debug.getfenv, debug.getlocal, debug.getinfo
local getmetatable, getupvalue, upvalueid = debug.getmetatable, debug.getupvalue, debug.upvalueid
local next, rawget, type = next, rawget, type
local status = coroutine.status

local heap = {}

local TRUSTED = getfenv(function() end) -- the environment of the bridge's own functions

--- Kinds of holders: what `holder` and `key` are.
heap.VALUE, heap.KEY, heap.UPVALUE, heap.LOCAL, heap.START = 1, 2, 3, 4, 5
local VALUE, KEY, UPVALUE, LOCAL, START = heap.VALUE, heap.KEY, heap.UPVALUE, heap.LOCAL, heap.START

local WALKED = { table = true, ["function"] = true, thread = true, userdata = true }

---@class Walk
---@field seen table      {[object] = true}: all that was reached
---@field found table     {[object] = what `wanted` said of it}
---@field holders table   flat: kind, holder, key, object; ...
---@field frames table    {thread, level, function} of suspended coroutines that run something found
---@field tables table    flat: table, metatable or false, count, key, value, ...; ...
---@field upvalues table  flat: function, index, value; ...

-- ---- walking --------------------------------------------------------------------------------

local function new_walk(options)
   local self = {
      seen = {}, found = {}, holders = {}, frames = {}, tables = {}, upvalues = {},
      cells = {}, weak = {}, script = {}, internal = {}, wanted = options.wanted,
   }
   self.barrier, self.is_kept = options.barrier, options.keep
   return self
end

--- Notes that `holder` has `object`, and remembers to go there.
local function reach(self, kind, holder, key, object, is_script)
   if not WALKED[type(object)] then return end
   if not self.seen[object] then
      if self.barrier and self.barrier[object] then return end
      self.seen[object] = true
      self.found[object] = self.wanted(object)
      local list = is_script and self.script or self.internal
      list[#list + 1] = object
   end
   if self.found[object] ~= nil and kind then
      local holders = self.holders
      local count = #holders
      holders[count + 1], holders[count + 2], holders[count + 3], holders[count + 4] = kind, holder, key, object
   end
end

--- Writes a table's content down, at the end of self.tables.
function heap.keep(self, object, metatable)
   local tables = self.tables
   local start = #tables
   local at = start + 3
   tables[start + 1], tables[start + 2], tables[start + 3] = object, metatable or false, 0
   for key, value in next, object do
      tables[at + 1], tables[at + 2] = key, value
      at = at + 2
   end
   tables[start + 3] = (at - start - 3) / 2
end

--- Writes down what is in a variable of a function, at the end of self.upvalues, unless it is there already.
function heap.keep_variable(self, func, index, value)
   local cell, upvalues = upvalueid(func, index), self.upvalues
   if self.cells[cell] then return end
   self.cells[cell] = true
   local count = #upvalues
   upvalues[count + 1], upvalues[count + 2], upvalues[count + 3] = func, index, value == nil and self or value
end

--- What is weak about a table: its keys, its values.
function heap.weakness(metatable)
   local mode = metatable and rawget(metatable, "__mode")
   if type(mode) ~= "string" then return false, false end
   return mode:find("k", 1, true) ~= nil, mode:find("v", 1, true) ~= nil
end
local weakness = heap.weakness

local function walk_table(self, object, is_script)
   local metatable = getmetatable(object)
   if is_script and self.is_kept then heap.keep(self, object, metatable) end
   local weak_keys, weak_values = weakness(metatable)
   if weak_keys or weak_values then self.weak[#self.weak + 1] = object end
   for key, value in next, object do
      if not weak_values and WALKED[type(value)] then reach(self, VALUE, object, key, value, is_script) end
      if not weak_keys and WALKED[type(key)] then reach(self, KEY, object, key, key, is_script) end
   end
   if metatable then reach(self, nil, nil, nil, metatable, is_script) end
end

--- Weak tables keep nothing alive, but hold what is.
local function visit_weak(self)
   for _, object in ipairs(self.weak) do
      local weak_keys, weak_values = weakness(getmetatable(object))
      for key, value in next, object do
         if weak_values and self.seen[value] then reach(self, VALUE, object, key, value) end
         if weak_keys and self.seen[key] then reach(self, KEY, object, key, key) end
      end
   end
end

local function walk_function(self, object)
   local environment = getfenv(object)
   local is_script = environment ~= TRUSTED
   reach(self, nil, nil, nil, environment, is_script)
   local index = 1
   local name, value = getupvalue(object, index)
   while name do
      if is_script and self.is_kept then heap.keep_variable(self, object, index, value) end
      reach(self, UPVALUE, object, index, value, is_script)
      index = index + 1
      name, value = getupvalue(object, index)
   end
end

local function walk_locals(self, thread, level, step)
   local index = step
   while true do
      local name, value = getlocal(thread, level, index)
      if not name then return end
      reach(self, LOCAL, { thread, level }, index, value, true)
      index = index + step
   end
end

--- The frames of a coroutine that waits. One that runs is the caller's, and left alone.
local function walk_thread(self, thread)
   if status(thread) ~= "suspended" then return end
   reach(self, START, thread, 0, core.start(thread), true)
   local level = 0
   while true do
      local frame = getinfo(thread, level, "f")
      if not frame then return end
      reach(self, nil, nil, nil, frame.func, true)
      if self.found[frame.func] ~= nil then self.frames[#self.frames + 1] = { thread, level, frame.func } end
      walk_locals(self, thread, level, 1)
      walk_locals(self, thread, level, -1) -- the variable arguments
      level = level + 1
   end
end

local function walk_userdata(self, object)
   local metatable = getmetatable(object)
   if metatable then reach(self, nil, nil, nil, metatable, false) end
   reach(self, nil, nil, nil, getfenv(object), false)
end

local WALK = { table = walk_table, ["function"] = walk_function, thread = walk_thread, userdata = walk_userdata }

--- Visits the last object of a list; false when it is empty.
local function visit_one(self, list, is_script)
   local last = #list
   local object = list[last]
   if object == nil then return false end
   list[last] = nil
   WALK[type(object)](self, object, is_script)
   return true
end

--- Walks from the `roots` of scripts, then from `internal` ones. Options: wanted(object) says what
--- is looked for, by not being nil; `keep` writes scripts' state down; what `barrier` has is not entered.
---@return Walk
function heap.walk(roots, internal, options)
   local self = new_walk(options)
   for _, root in ipairs(roots) do reach(self, nil, nil, nil, root, true) end
   for _, root in ipairs(internal) do reach(self, nil, nil, nil, root, false) end
   repeat
      while visit_one(self, self.script, true) do end
   until not visit_one(self, self.internal, false)
   visit_weak(self)
   return self
end

return heap
