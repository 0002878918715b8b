-- Committing a staged reload: all at once, and so that it can be taken back.

local core, import = ...

local census = import "census"
local heap = import "heap"
local journal = import "journal"
local loader = import "loader"
local match = import "match"
local merge = import "merge"
local prototype = import "prototype"
local rewire = import "rewire"
local comparison = import "comparison"
local stop = import "stop"
local traceback = core.traceback
local version = import "version"

local jit = require "jit"

local getfenv, setfenv, node_of = debug.getfenv, debug.setfenv, version.node_of

--- The functions of modules that a run made: {[module] = {[function] = true}}.
local function functions_made(staged, run, more)
   local walk = staged.walk
   walk.seen[run.require] = true
   local found = heap.walk({ run.results, run.environment, more }, {}, {
      barrier = walk.seen,
      wanted = function(object)
         return type(object) == "function" and getfenv(object) == run.environment and node_of(object) or nil
      end,
   }).found
   local by_module = {}
   for func, node in pairs(found) do
      setfenv(func, loader.environment)
      if node.parent then
         local name = node.module
         by_module[name] = by_module[name] or {}
         by_module[name][func] = true
      end
   end
   return by_module
end

local function functions_alive(walk, name)
   local alive = {}
   for func, node in pairs(walk.found) do
      if node.module == name then alive[func] = true end
   end
   return alive
end

---@class Commit
---@field staged table
---@field journal table
---@field twins table        {[old node] = new node} and back
---@field subst table        {[object] = what comes in its place}
---@field missed table       {[function] = why it stays}
---@field merge table
---@field kept table         {[node] = true}: functions that are the same and stay
---@field values table       of variables: {cell, live, new, base, has_base}
---@field has_base boolean   whether the earlier texts could be run for comparison

local function twins_of(changes)
   local twins = {}
   for _, change in ipairs(changes) do
      for a, b in pairs(match.trees(change.old.root, change.root)) do twins[a] = b end
   end
   return twins
end

local function begin(staged)
   local twins = twins_of(staged.changes)
   local self = {
      staged = staged, journal = journal.new(), twins = twins, subst = {}, missed = {}, kept = {}, values = {},
      has_base = not staged.base.problem,
   }
   self.merge = merge.new {
      node_of = node_of,
      twin_of = function(func)
         local node = node_of(func)
         return node and twins[node]
      end,
      is_old = function(object) return staged.walk.seen[object] end,
   }
   return self
end

local function value_of(cell)
   if not cell then return nil end
   local _, value = debug.getupvalue(cell.func, cell.index)
   return value
end

--- Ties what a module is in all three, and moves its variables.
local function tie(self, change, fresh_functions, base_functions)
   local staged, merged = self.staged, self.merge
   local known = staged.walk.found
   local rewiring = rewire.new {
      twins = self.twins, node_of = function(func) return known[func] or node_of(func) end, live = functions_alive(staged.walk, change.name),
      fresh = fresh_functions[change.name] or {}, base = base_functions[change.name] or {},
   }
   change.rewiring = rewiring
   rewiring:each_single(function(live, fresh, base) merged:tie(live, fresh, base) end)
   merged:tie_tables(loader.loaded[change.name], staged.fresh.results[change.name], staged.base.results[change.name], self.has_base)
   for _, pair in pairs(rewiring:pair_variables()) do
      local value = {
         live = value_of(pair.live), new = value_of(pair.fresh), base = value_of(pair.base),
         has_base = self.has_base and pair.base ~= nil,
      }
      merged:tie_tables(value.live, value.new, value.base, value.has_base)
      value.cell = rewiring:share_cell(pair, self.journal)
      self.values[#self.values + 1] = value
   end
end

local function replace_functions(self, change)
   change.rewiring:replace_functions(self.subst, self.journal, loader.environment, function(func, variable)
      self.missed[func] = variable and ("the new code uses '%s', which it does not have"):format(variable)
         or "the new text has no such function"
   end, function(proto, node) version.nodes[proto] = node end, function(func, node)
      local seen = self.kept[node]
      if not seen then version.adopt(prototype.of(func), node, self.journal) end
      self.kept[node] = true
   end)
end

--- What comes in the place of a new object: the live table, the replacement.
local function fill_subst(self)
   for new, live in pairs(self.merge.live_of) do
      if type(new) == "table" then self.subst[new] = live end
   end
   self.subst[self.staged.fresh.environment] = loader.environment
   self.subst[self.staged.fresh.require] = loader.require
end

local function final(self, value)
   local other = value ~= nil and self.subst[value]
   if other then return other end
   return value
end

local function set_values(self)
   local merged, log = self.merge, self.journal
   for _, value in ipairs(self.values) do
      local chosen = final(self, merged:choose(value.live, value.new, value.base, value.has_base))
      if not rawequal(chosen, value_of(value.cell)) then log:set_upvalue(value.cell.func, value.cell.index, chosen) end
   end
   local changed = {}
   merged:each_change(self.has_base, function(object, key, value) changed[#changed + 1] = { object, key, value } end)
   for _, each in ipairs(changed) do log:set_field(each[1], final(self, each[2]), final(self, each[3])) end
end

--- The globals that the texts set, and what the modules returned.
local function set_results(self)
   local staged, log = self.staged, self.journal
   local function settle(object, key, new, base)
      local live = rawget(object, key)
      local chosen = final(self, self.merge:choose(live, new, base, self.has_base))
      if not rawequal(chosen, live) then log:set_field(object, key, chosen) end
   end
   local fresh, base = staged.fresh.environment, staged.base.environment
   for _, from in ipairs { fresh, base } do
      for key in pairs(from) do
         if key ~= "_G" and key ~= "require" then settle(loader.environment, key, rawget(fresh, key), rawget(base, key)) end
      end
   end
   for _, change in ipairs(staged.changes) do
      settle(loader.loaded, change.name, staged.fresh.results[change.name], staged.base.results[change.name])
      log:set_field(loader.versions, change.name, change)
   end
end

--- Puts live tables and replacements in the place of new ones, in all that the new texts made.
local function replace_in_new(self)
   local staged, values = self.staged, {}
   for _, value in ipairs(self.values) do values[#values + 1] = value.cell.func end
   for _, func in pairs(self.subst) do values[#values + 1] = func end
   for _, results in ipairs { staged.fresh.results, staged.fresh.environment } do values[#values + 1] = results end
   local walk = heap.walk(values, {}, {
      barrier = staged.walk.seen, wanted = function(object) return self.subst[object] end,
   })
   self.journal:replace(walk.holders, self.subst)
end

local function count_changed(self, change)
   local count = 0
   prototype.each(change.root, function(node)
      local twin = self.twins[node]
      if node.parent and not (twin and match.is_same(twin, node)) then count = count + 1 end
   end)
   prototype.each(change.old.root, function(node)
      if not self.twins[node] then count = count + 1 end
   end)
   return count
end

local function take_census(self)
   local walk = self.staged.walk
   local noted = census.note_closures(walk, self.missed, self.subst, node_of)
   for _, frame in ipairs(walk.frames) do
      local node = node_of(frame[3])
      local twin = self.twins[node]
      if not (twin and match.is_same(node, twin)) then noted[#noted + 1] = census.note_thread(frame[1], frame[3], node) end
   end
   return noted
end

local function perform(self)
   local staged = self.staged
   local fresh_functions = functions_made(staged, staged.fresh, staged.strays)
   local base_functions = functions_made(staged, staged.base)
   for _, change in ipairs(staged.changes) do tie(self, change, fresh_functions, base_functions) end
   for _, change in ipairs(staged.changes) do replace_functions(self, change) end
   fill_subst(self)
   set_values(self)
   set_results(self)
   self.journal:replace(staged.walk.holders, self.subst)
   replace_in_new(self)
end

local function undo(self)
   self.journal:undo()
   if #self.staged.loaded > 0 then comparison.abandon(self.staged) end
   if self.journal.rewired then jit.flush() end
end

local function describe(self)
   local modules = {}
   for index, change in ipairs(self.staged.changes) do
      modules[index] = { name = change.name, path = change.path, functions = count_changed(self, change) }
      change.old, change.rewiring = nil, nil -- from here on it is a version like any other
   end
   return modules
end

--- Commits what was staged. Returns {modules = {{name, path, functions}}, stale = list of Stale,
--- undo = function that takes it all back, in the same pause between two frames}. An error leaves
--- all as it was.
return function(staged)
   local self = begin(staged)
   local ok, why = xpcall(perform, traceback, self)
   if not ok then
      stop.take()
      undo(self)
      error(why, 0)
   end
   if self.journal.rewired then jit.flush() end -- compiled code has variables as constants
   local noted = take_census(self)
   return { modules = describe(self), stale = noted, undo = function()
      undo(self)
      census.forget(noted)
   end }
end
