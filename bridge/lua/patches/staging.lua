-- Staging: running a patch file, which records what it wants and changes nothing.

local core, import = ...

local callback = import "callback"
local comparison = import "comparison"
local event = import "event"
local interpreted = import "interpreted"
local loader = import "loader"
local owner = import "owner"
local recorder = import "recorder"
local restraint = import "restraint"
local sandbox = import "sandbox"
local snapshot = import "snapshot"
local stop = import "stop"
local traceback = core.traceback
local utf8 = import "utf8"

local staging = {}

local SIZE_LIMIT = 2 ^ 20 -- MP_PATCH_SIZE_LIMIT

---@class Version  one version of a patch's file, staged
---@field patch table
---@field change table   what it was made of: {file, text, root}
---@field info table     as patch.info got it
---@field id string
---@field layers table   what it overrides
---@field tests table    {{name, func}, ...}
---@field migration table {up, down}; nil: none
---@field token table    what owns its functions: see owner.lua

local function check_text(file, text)
   if #text > SIZE_LIMIT then
      return ("%s: %.1f MB is too large, a patch has at most 1 MB of text"):format(file, #text / 2 ^ 20)
   end
   if text:byte() == 27 then return ("%s: compiled code is refused: a patch is plain Lua text"):format(file) end
   local zero = text:find("\0", 1, true)
   local bad = zero or utf8.first_invalid(text)
   if bad then
      local _, lines = text:sub(1, bad):gsub("\n", "")
      return ("%s:%d: not UTF-8 text (byte %d)"):format(file, lines + 1, bad)
   end
end

local LONGEST_CAUSE = 500 -- bytes; people read it in a toast and in one line of a log

--- One line of reasonable length of a message with a traceback.
function staging.cause_of(message)
   local line = message:match("^[^\n]*")
   return utf8.clean(line, LONGEST_CAUSE) .. (#line > LONGEST_CAUSE and "..." or "")
end

--- A problem that a host found, with the file's name before it: "fix.lua:2: oops" has it already.
local function name_file(file, problem)
   return problem:sub(1, #file) == file and problem or ("%s: %s"):format(file, problem)
end

local function global(key) return loader.environment[key] end

-- The game's globals may have a metatable that refuses what is not declared: scripts/strict.lua.
local PATCH_ENVIRONMENT = {
   __index = function(_, key)
      local ok, found = pcall(global, key)
      if not ok or found == nil then core.raise(("undeclared global '%s'"):format(tostring(key))) end
      return found
   end,
   __newindex = function(_, key)
      core.raise(("a patch keeps to its own variables: write 'local %s'"):format(tostring(key)))
   end,
   __metatable = false,
}

--- The game's globals, copied so that reading them is quick; writing stays impossible. Libraries are
--- copied as well: what a patch writes into `math` is its own.
local function environment_of(token, change, module)
   local environment = {}
   for key, content in pairs(loader.environment) do
      environment[key] = sandbox.is_library(key) and sandbox.copy_of(content) or content
   end
   environment.require = loader.require_for(environment, change.root, change.file, { patch = module }, restraint.require)
   environment._G = environment
   owner.claim(environment, token)
   return setmetatable(environment, PATCH_ENVIRONMENT)
end

local function chunk_name(change) return "@" .. change.file .. (change.root and "/patch.lua" or "") end

--- Whether C or an event holds functions of this version of a patch.
local function is_owner(token) return event.is_owner(token) or callback.is_owner(token) end

--- Takes back what a version gave to C and to events; what scripts hold of it is marked.
function staging.let_go(version)
   owner.release(version.token)
   event.drop(version.token)
   callback.take_back(version.token)
end

--- "fix-shield.lua" -> "fix-shield"
function staging.file_id(file) return (file:gsub("%.%w+$", "")) end

local function is_empty(version)
   return #version.layers == 0 and #version.tests == 0 and not version.migration and not version.change.root
      and not is_owner(version.token)
end

--- Runs a patch's file. Returns a Version; or nil, why not, what it did for that ("runaway", ...; nil: it
--- is wrong), and the layers that come to nothing.
function staging.stage(patch, change)
   if change.condemned and not change.text then return nil, staging.cause_of(change.condemned) end
   local why = change.problem and name_file(change.file, change.problem) or check_text(change.file, change.text)
   if why then return nil, staging.cause_of(why), change.blame end
   core.staging(change.file)
   local token = { patch = patch }
   local module, finish = recorder.new(patch)
   local environment = environment_of(token, change, module)
   local chunk, syntax_error = sandbox.compile(change.text, chunk_name(change), environment)
   if not chunk then return nil, staging.cause_of(syntax_error) end
   local ok, message = restraint.run(change.file, token, chunk, traceback, change.rehearsed)
   local version = finish()
   version.patch, version.change, version.token = patch, change, token
   version.id = version.info.id or staging.file_id(change.file)
   if ok and is_empty(version) then
      ok, message = false, ("%s: the file overrides nothing: call patch.override, patch.before or patch.after"):format(change.file)
   end
   if ok then return version end
   local _, blame = stop.take()
   staging.let_go(version)
   return nil, staging.cause_of(message), blame, version.layers
end

--- Runs the tests of a version. Returns why one failed, and what it did for that; or nil.
local function failing_test(version)
   core.staging(version.change.file)
   for _, test in ipairs(version.tests) do
      local ok, message = xpcall(test.func, traceback)
      if not ok then
         local _, blame = stop.take()
         local cause = staging.cause_of(("test %q failed: %s"):format(test.name, message))
         return ("%s: %s"):format(version.change.file, cause), blame or "error"
      end
   end
end

--- Runs the tests of versions that are in effect for the while, and puts the game's state back to what
--- it was before. Returns {[file] = cause} of what failed, and {[file] = what it did for that}. What was
--- rehearsed has passed its tests.
staging.test = interpreted(function(versions)
   local failures, blames, walk = {}, {}, nil
   for file, version in pairs(versions) do
      if version and #version.tests > 0 and not version.change.rehearsed then
         walk = walk or comparison.walk()
         failures[file], blames[file] = failing_test(version)
      end
   end
   if walk then snapshot.restore(walk) end
   return failures, blames
end)

return staging
