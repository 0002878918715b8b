-- Runs the texts of modules to see what they make, without effect on the running game: what they
-- write to tables and variables of scripts is put back, globals go into a table of their own, and
-- listeners and callbacks are taken back. What they do to objects of C stays done.

local core, import = ...

local callback = import "callback"
local event = import "event"
local loader = import "loader"
local owner = import "owner"
local stop = import "stop"
local traceback = core.traceback

local getmetatable, setfenv = debug.getmetatable, debug.setfenv

local scratch = {}

--- An environment on top of the game's. A strict one refuses what it would refuse.
local function environment_over(real, require)
   local environment = { require = require }
   environment._G = environment
   local below = getmetatable(real)
   local writes = below and below.__newindex and function(_, name, value) real[name] = value end
   return setmetatable(environment, { __index = real, __newindex = writes or nil })
end

---@class Run
---@field results table      {[name of the module] = what it returned}
---@field environment table  with the globals that were set
---@field require function
---@field missing string?    a module that is not loaded yet
---@field problem string?    why it failed

--- Runs one text for each of `changes`: chunk_of(change). They require one another's results.
---@return Run
function scratch.run(changes, chunk_of)
   local run = { results = {} }
   local by_name, is_running = {}, {}
   local running -- the change whose text runs
   for _, change in ipairs(changes) do by_name[change.name] = change end

   local function result_of(name)
      if run.results[name] ~= nil then return run.results[name] end
      if is_running[name] then error(("require: module %q requires itself, directly or through others"):format(name), 0) end
      is_running[name] = true
      local outer = running
      running = by_name[name]
      core.staging(running.path)
      local chunk = chunk_of(running)
      setfenv(chunk, run.environment)
      local ok, result = xpcall(chunk, traceback, name)
      setfenv(chunk, loader.environment)
      if not ok then error(result, 0) end
      running = outer
      if outer then core.staging(outer.path) end
      if result == nil then result = true end
      run.results[name] = result
      return result
   end

   function run.require(name)
      if by_name[name] then return result_of(name) end
      if loader.loaded[name] == nil and not loader.builtin[name] then
         run.missing = name
         error(("module %q is not loaded yet"):format(tostring(name)), 0)
      end
      return loader.require(name)
   end

   run.environment = environment_over(loader.environment, run.require)
   local token = { patch = { id = "reload", errors = 0, layers = {} } }
   owner.claim(run.environment, token)
   for _, change in ipairs(changes) do
      local ok, message = pcall(result_of, change.name)
      if not ok then
         stop.take() -- it was this run that was to be stopped
         run.problem = message
         break
      end
   end
   event.drop(token)
   callback.take_back(token)
   owner.claim(run.environment, nil)
   return run
end

return scratch
