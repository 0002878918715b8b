-- The patches that there are, and what each is: in effect, on trial, refused, gone. Their layers are stacked here.

local core, import = ...

local layer = import "layer"
local staging = import "staging"

local NOTHING = {}

---@class Patch
---@field file string      its key
---@field id string
---@field state string     "staged", "trial", "active", "quarantined", "refused" or "removed"
---@field cause string     why it is in that state
---@field version Version  what is in effect; nil: nothing
---@field good Version     the last one that passed its trial; nil: none
---@field layers table     those of `version`
---@field trial number     steps without an error until its trial is over; nil: it is not on trial
---@field errors_before number  in its trial so far
---@field calls number     of layers that are gone
---@field errors number    of `version`
---@field blame string      "error", "runaway", "memory", "migration", "crash" or "hang": what the last error was
---@field refused_for string  what the last version that was refused did; nil: it was wrong
---@field condemned string  why the file's own content is not run; nil: it is
---@field off boolean       it is in effect, but calls pass its functions over, and its listeners hear nothing

local registry = {
   patches = {}, ---@type table<string, Patch>  by file
   files = {}, ---@type string[]  all of them, sorted by name
   order = {}, ---@type string[]  those in effect, in the order of their layers
}

local patches, files = registry.patches, registry.files

-- ---- what is told of a patch ----------------------------------------------------------------

function registry.event(patch, state, cause, changed)
   return {
      file = patch.file, id = patch.id, state = state, cause = cause, changed = changed,
      in_effect = patch.version ~= nil, version = patch.version and patch.version.info.version, blame = patch.blame,
   }
end

--- What a patch is told as for which the version before runs, not the file's.
function registry.stand_in_for(cause) return "the version before, since: " .. cause end

--- What a version that did not come into effect is told as. The earlier one, if any, stays.
function registry.refuse(patch, why)
   local state = "refused"
   if patch.version then
      patch.cause = "edit refused, the earlier version stays: " .. why
   else
      state = patch.condemned and "quarantined" or "refused"
      patch.state, patch.cause = state, why
   end
   local refused = registry.event(patch, state, patch.cause, false)
   refused.blame = patch.refused_for
   return refused
end

--- What a patch is told as that went with its file, or because of `why`.
function registry.leave(patch, why)
   local was = patch.state == "active" or patch.state == "trial"
   patch.state, patch.cause, patch.good = why and "refused" or "removed", why or "", nil
   return registry.event(patch, patch.state, patch.cause, was)
end

-- ---- what is in effect ----------------------------------------------------------------------

--- The caller sorts `files`.
function registry.find_or_add(file)
   local patch = patches[file]
   if not patch then
      patch = {
         file = file, id = staging.file_id(file), state = "staged", cause = "", layers = NOTHING, overrides = NOTHING,
         calls = 0, errors = 0,
      }
      patches[file] = patch
      files[#files + 1] = file
   end
   return patch
end

--- Notes that what lies on the targets of these layers is to be stacked anew.
function registry.note_targets(layers, touched)
   for _, each in ipairs(layers) do touched[each.target] = true end
end

--- Stacks the layers of all patches in effect on the touched targets anew.
function registry.restack(touched)
   local by_target = {}
   for target in pairs(touched) do by_target[target] = {} end
   for _, file in ipairs(registry.order) do
      for _, each in ipairs(patches[file].layers) do
         if by_target[each.target] then table.insert(by_target[each.target], each) end
      end
   end
   for target, layers in pairs(by_target) do layer.stack(target, layers) end
end

local KEPT = {
   "id", "state", "cause", "version", "layers", "overrides", "calls", "errors", "last_error", "tripped", "verdict", "blame",
   "off", "trial", "errors_before",
}

--- What a patch is now, for going back to it.
function registry.snapshot(patch)
   local copy = {}
   for _, key in ipairs(KEPT) do copy[key] = patch[key] end
   return copy
end

--- Makes a patch what it was.
function registry.restore(patch, copy)
   for _, key in ipairs(KEPT) do patch[key] = copy[key] end
end

local function count_calls(patch)
   for _, old in ipairs(patch.layers) do patch.calls = patch.calls + layer.calls(old) end
end

--- Puts a version in effect, or with `false` nothing. The layers are stacked by registry.restack().
function registry.put(patch, version, touched)
   registry.note_targets(patch.layers, touched)
   count_calls(patch)
   patch.version, patch.layers = version or nil, version and version.layers or NOTHING
   if not version then return end
   if patch.state ~= "active" and patch.state ~= "trial" then patch.calls = 0 end
   patch.id, patch.overrides = version.id, layer.names(version.layers)
   patch.errors, patch.last_error, patch.tripped, patch.verdict, patch.blame = 0, nil, nil, nil, nil
   patch.off = nil
   local change = version.change
   patch.trial, patch.errors_before = core.trial_steps > 0 and not change.proven and core.trial_steps or nil, 0
   patch.state = patch.trial and "trial" or "active"
   patch.cause = change.condemned and registry.stand_in_for(change.condemned) or ""
   if not patch.trial then patch.good = version end
   registry.note_targets(patch.layers, touched)
end

return registry
