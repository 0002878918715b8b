-- The set of patches: staging files, switching layers between two frames, quarantine, the list.

local core, import = ...

local callback = import "callback"
local event = import "event"
local layer = import "layer"
local loader = import "loader"
local owner = import "owner"
local recorder = import "recorder"
local sandbox = import "sandbox"
local traceback = import "traceback"
local utf8 = import "utf8"

local patchset = {}

local SIZE_LIMIT = 2 ^ 20 -- MP_PATCH_SIZE_LIMIT
local NOTHING = {}

---@class Patch
---@field file string     its key and its order
---@field id string
---@field state string    "active", "quarantined", "refused" or "removed"
---@field cause string    why it is in that state
---@field layers table    what it overrides; empty unless active
---@field calls number    of layers that are gone
---@field errors number
---@field token table     what owns the functions of this version: see owner.lua

local patches = {} -- {[file] = patch}
local order = {} -- files, sorted

--- "fix-shield.lua" -> "fix-shield"
local function file_id(file) return (file:gsub("%.%w+$", "")) end

local function find_or_add(file)
   local patch = patches[file]
   if not patch then
      patch = {
         file = file, id = file_id(file), state = "refused", cause = "", layers = {}, overrides = {}, calls = 0,
         errors = 0,
      }
      patches[file] = patch
      order[#order + 1] = file
      table.sort(order)
   end
   return patch
end

-- ---- staging --------------------------------------------------------------------------------

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
local function cause_of(message)
   local line = message:match("^[^\n]*")
   return utf8.clean(line, LONGEST_CAUSE) .. (#line > LONGEST_CAUSE and "..." or "")
end

local PATCH_ENVIRONMENT = {
   __index = function(_, key)
      local found = rawget(loader.environment, key)
      if found == nil then core.raise(("undeclared global '%s'"):format(tostring(key))) end
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
   environment.require = loader.require_for(environment, change.root, change.file, { patch = module })
   environment._G = environment
   owner.claim(environment, token)
   return setmetatable(environment, PATCH_ENVIRONMENT)
end

local function chunk_name(change)
   return "@" .. change.file .. (change.root and "/patch.lua" or "")
end

--- Whether C or an event holds functions of this version of a patch.
local function is_owner(token) return event.is_owner(token) or callback.is_owner(token) end

local function let_go(token)
   event.drop(token)
   callback.take_back(token)
end

--- Runs a patch file and returns what it recorded; or nil, why not, and the layers that come to nothing.
local function stage(patch, change)
   local why = change.problem and ("%s: %s"):format(change.file, change.problem) or check_text(change.file, change.text)
   if why then return nil, why end
   local token = { patch = patch } -- what this version of the file owns
   local module, finish = recorder.new(patch)
   local environment = environment_of(token, change, module)
   local chunk, syntax_error = sandbox.compile(change.text, chunk_name(change), environment)
   if not chunk then return nil, cause_of(syntax_error) end
   local ok, message = xpcall(chunk, traceback)
   local recorded = finish()
   recorded.token = token
   if ok and #recorded.layers == 0 and not change.root and not is_owner(token) then
      ok, message = false, ("%s: the file overrides nothing: call patch.override, patch.before or patch.after"):format(change.file)
   end
   if ok then return recorded end
   let_go(token)
   return nil, cause_of(message), recorded.layers
end

-- ---- switching ------------------------------------------------------------------------------

local function retire(patch)
   if patch.token then let_go(patch.token) end
   for _, old in ipairs(patch.layers) do patch.calls = patch.calls + layer.calls(old) end
   patch.layers = {}
end

local function note_targets(layers, touched)
   for _, each in ipairs(layers) do touched[each.target] = true end
end

--- Stacks the layers of all active patches on the touched targets anew.
local function restack(touched)
   local by_target = {}
   for target in pairs(touched) do by_target[target] = {} end
   for _, file in ipairs(order) do
      for _, each in ipairs(patches[file].layers) do
         if by_target[each.target] then table.insert(by_target[each.target], each) end
      end
   end
   for target, layers in pairs(by_target) do layer.stack(target, layers) end
end

local ACCESSOR = { getter = "get ", setter = "set " }

--- What is overridden, by the names that patches use: "Rover.fire", "Rover.get wrecked".
local function names_of(layers)
   local names = {}
   for index, each in ipairs(layers) do
      local method = each.target.method
      local accessor = method and ACCESSOR[method.kind]
      names[index] = accessor and ("%s.%s%s"):format(method.owner.name, accessor, method.name) or each.target.where
   end
   return names
end

local function event(patch, changed)
   return { file = patch.file, id = patch.id, state = patch.state, cause = patch.cause, changed = changed }
end

local function activate(patch, recorded, touched)
   note_targets(patch.layers, touched)
   retire(patch)
   if patch.state ~= "active" then patch.calls = 0 end
   patch.layers, patch.info, patch.token = recorded.layers, recorded.info, recorded.token
   patch.id = recorded.info.id or file_id(patch.file)
   patch.overrides = names_of(recorded.layers)
   patch.state, patch.cause, patch.errors, patch.last_error, patch.tripped = "active", "", 0, nil, nil
   note_targets(patch.layers, touched)
   return event(patch, true)
end

local function refuse(patch, why)
   if patch.state == "active" then
      patch.cause = "edit refused, the earlier version stays: " .. why
      local refused = event(patch, false)
      refused.state = "refused"
      return refused
   end
   patch.state, patch.cause = "refused", why
   return event(patch, false)
end

local function take_away(patch, state, cause, touched)
   local was_active = patch.state == "active"
   note_targets(patch.layers, touched)
   retire(patch)
   patch.state, patch.cause = state, cause
   return event(patch, was_active)
end

local function apply_change(change, touched)
   local patch = find_or_add(change.file)
   if not change.text and not change.problem then return take_away(patch, "removed", "", touched) end
   local recorded, why, abandoned = stage(patch, change)
   if recorded then return activate(patch, recorded, touched) end
   note_targets(abandoned or NOTHING, touched) -- restacking them gives up the claims
   return refuse(patch, why)
end

--- Applies a list of changes {file, text, root, problem}; returns a list of events.
function patchset.apply(changes)
   local events, touched = {}, {}
   for index, change in ipairs(changes) do events[index] = apply_change(change, touched) end
   restack(touched)
   return events
end

--- Between two frames: takes away the patches that failed too often. Returns a list of events.
function patchset.step()
   local exhausted = layer.take_exhausted()
   if not exhausted then return NOTHING end
   local events, touched = {}, {}
   for index, patch in ipairs(exhausted) do
      local cause = ("%d errors, the last one: %s"):format(patch.errors, cause_of(patch.last_error))
      events[index] = take_away(patch, "quarantined", cause, touched)
   end
   restack(touched)
   return events
end

-- ---- the list -------------------------------------------------------------------------------

--- Which patches override functions of a module: a list of "patch fix-shield (Dome.damage)".
function patchset.overriding(module)
   local users = {}
   for _, file in ipairs(order) do
      local names = {}
      for _, each in ipairs(patches[file].layers) do
         local method = each.target.method
         if method and method.module == module then names[#names + 1] = method.where end
      end
      if #names > 0 then
         users[#users + 1] = ("patch %s (%s)"):format(patches[file].id, table.concat(names, ", "))
      end
   end
   return users
end

--- All patches in their order, for people and reports.
function patchset.list()
   local list = {}
   for index, file in ipairs(order) do
      local patch = patches[file]
      local calls = patch.calls
      for _, each in ipairs(patch.layers) do calls = calls + layer.calls(each) end
      list[index] = {
         file = file, id = patch.id, state = patch.state, cause = patch.cause, errors = patch.errors,
         overrides = patch.overrides, calls = calls,
      }
   end
   return list
end

return patchset
