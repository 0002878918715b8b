-- Staging a reload: the new texts are compiled, and run for comparison beside the earlier ones.
-- Nothing of the running game has changed when that is done.

local core, import = ...

local census = import "census"
local event = import "event"
local field = import "field"
local heap = import "heap"
local loader = import "loader"
local sandbox = import "sandbox"
local scratch = import "scratch"
local snapshot = import "snapshot"
local version = import "version"

local getfenv = debug.getfenv

local comparison = {}

---@class Change  becomes the Version in effect
---@field name string
---@field path string
---@field text string
---@field chunk function
---@field root Node
---@field old Version

---@class Staged
---@field changes Change[]
---@field walk Walk       of what is alive
---@field base Run        of the earlier texts
---@field fresh Run       of the new ones
---@field strays any[]    what the new ones put where it was taken away again
---@field loaded string[] modules that had to be loaded for good

local function compile(change)
   core.staging(change.path)
   local chunk, why = sandbox.compile(change.text, loader.chunk_name(change.path), loader.environment)
   if not chunk then return why end
   change.chunk, change.old = chunk, loader.versions[change.name]
   if not change.old.root then version.read(change.old) end
   version.read(change)
end

--- What scripts can reach without the bridge.
local function roots()
   local list = { loader.environment }
   for _, content in pairs(loader.loaded) do list[#list + 1] = content end
   for _, entry in pairs(field.all) do list[#list + 1] = entry[2] end
   event.each(function(connection) list[#list + 1] = connection.func end)
   return list
end

local function nothing() return nil end

--- A walk over all that is alive, with scripts' state written down; wanted(object) as in heap.lua.
function comparison.walk(wanted)
   local barrier = { [version.nodes] = true, [loader.versions] = true }
   for _, own in ipairs(census.own) do barrier[own] = true end
   return heap.walk(roots(), { debug.getregistry() }, { wanted = wanted or nothing, keep = true, barrier = barrier })
end

--- Loads for good what the new texts require and what is not loaded yet.
local function load_missing(staged, name)
   local ok, why = pcall(loader.require, name)
   if ok then staged.loaded[#staged.loaded + 1] = name end
   return not ok and why or nil
end

--- Runs the earlier and the new texts; repeats it until all is loaded that the new ones require.
local function compare(staged)
   local names = {}
   for _, change in ipairs(staged.changes) do names[change.name] = true end
   local function wanted(object)
      if type(object) ~= "function" or getfenv(object) ~= loader.environment then return nil end
      local node = version.node_of(object)
      return node and node.parent and names[node.module] and node or nil
   end
   while true do
      staged.walk = comparison.walk(wanted)
      staged.first_walk = staged.first_walk or staged.walk
      local base = scratch.run(staged.changes, function(change) return change.old.chunk end)
      snapshot.restore(staged.walk)
      local fresh = scratch.run(staged.changes, function(change) return change.chunk end)
      staged.strays = snapshot.restore(staged.walk)
      staged.base, staged.fresh = base, fresh
      if not fresh.missing then return fresh.problem end
      local why = load_missing(staged, fresh.missing)
      if why then return why end
   end
end

--- Gives up what was staged: nothing has happened.
function comparison.abandon(staged)
   for _, name in ipairs(staged.loaded) do loader.forget(name) end
   if staged.first_walk then snapshot.restore(staged.first_walk) end
end

--- Stages a list of changes {name, path, text}. Returns what commit() takes; or nil, and why not.
function comparison.stage(changes)
   local staged = { changes = changes, loaded = {} }
   for _, change in ipairs(changes) do
      local why = compile(change)
      if why then return nil, why end
   end
   local why = compare(staged)
   if not why then return staged end
   comparison.abandon(staged)
   return nil, why
end

return comparison
