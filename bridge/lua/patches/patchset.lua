-- The set of patches, as C has it: changes to be applied, and what happens to patches between frames.

local core, import = ...

local layer = import "layer"
local listing = import "listing"
local registry = import "registry"
local staging = import "staging"
local transaction = import "transaction"

local patches, files = registry.patches, registry.files
local event, note_targets, restack = registry.event, registry.note_targets, registry.restack

local patchset = {}

local NOTHING = {}

-- ---- changes --------------------------------------------------------------------------------

local pending ---@type Transaction?  that is being staged; what runs stays as it is meanwhile

--- Begins to apply a list of changes {file, text, root, problem, rehearsed}: see patchset.proceed().
function patchset.begin(changes) pending = transaction.begin(changes) end

--- Stages what was begun for so many seconds. When all of it is, applies it, all or nothing; with
--- `leniently` each on its own: what fails is left out. Then returns a list of events.
function patchset.proceed(seconds, leniently)
   if not pending then return {} end
   if not transaction.stage_until(pending, core.now() + seconds, leniently) then return nil end
   local self = pending
   pending = nil
   return (leniently and transaction.apply_what_passes or transaction.apply)(self)
end

-- ---- between frames -------------------------------------------------------------------------

--- The last good version of a failing patch, staged; nil: there is none.
local function stage_good(patch, touched)
   local good = patch.good
   if not good or good == patch.version then return nil end
   local version, _, _, abandoned = staging.stage(patch, good.change)
   note_targets(abandoned or NOTHING, touched)
   return version
end

--- Takes a failing version away, and puts the last good one in its place if there is one.
local function roll_back(patch, cause, events)
   local touched, gone = {}, event(patch, "quarantined", cause, true)
   gone.in_effect = false
   events[#events + 1] = gone
   local good = stage_good(patch, touched)
   local orphans = good and transaction.switch_one(patch, good, touched)
   if orphans then
      patch.good, patch.trial, patch.state, patch.cause = good, nil, "active", registry.stand_in_for(cause)
      events[#events + 1] = event(patch, "active", patch.cause, true)
      events[#events].rolled_back = true
   else
      orphans = transaction.switch_one(patch, false, touched)
      patch.good, patch.trial, patch.state, patch.cause = nil, nil, "quarantined", cause
   end
   restack(touched) -- gives up the claims of what did not fit
   for _, file in ipairs(files) do
      if orphans[file] then events[#events + 1] = registry.leave(patches[file], orphans[file]) end
   end
end

local function end_trials(events)
   for _, file in ipairs(registry.order) do
      local patch = patches[file]
      if patch.trial and not patch.off then
         local failed = patch.errors > patch.errors_before
         patch.trial = failed and core.trial_steps or patch.trial - 1
         patch.errors_before = patch.errors
         if patch.trial <= 0 then
            patch.trial, patch.state, patch.good = nil, "active", patch.version
            events[#events + 1] = event(patch, "active", "", false)
         end
      end
   end
end

local measured, wants_measured = false, false

--- Whether the calls of layers are timed, from the next step on.
function patchset.measure(on) wants_measured = on end

local function step_measure()
   if measured == wants_measured then return end
   measured = wants_measured
   layer.measure(measured)
   local touched = {}
   for _, file in ipairs(registry.order) do note_targets(patches[file].layers, touched) end
   restack(touched)
end

--- Takes away the patches that failed too often, and ends trials. Returns a list of events.
function patchset.step()
   local events = {}
   if pending then return events end
   for _, patch in ipairs(layer.take_exhausted() or NOTHING) do
      if patch.version and patch.tripped then
         local last = staging.cause_of(patch.last_error)
         roll_back(patch, patch.verdict or ("%d errors, the last one: %s"):format(patch.errors, last), events)
      end
   end
   end_trials(events)
   step_measure()
   return events
end

--- Takes a patch away at the next step, as one that fails: its last good version comes back, if there is
--- one. Returns whether it was in effect.
function patchset.take_back(file, cause)
   local patch = patches[file]
   if not patch or not patch.version then return false end
   layer.condemn(patch, cause, "error")
   return true
end

--- Switches the functions of a patch off, or on again. Returns whether it is in effect.
function patchset.switch(file, on)
   local patch = patches[file]
   if not patch or not patch.version then return false end
   layer.switch(patch, on)
   return true
end

-- ---- the list -------------------------------------------------------------------------------

local function add_user(users, id, layers, module)
   local names = {}
   for _, each in ipairs(layers) do
      local method = each.target.method
      if method and method.module == module then names[#names + 1] = method.where end
   end
   if #names > 0 then users[#users + 1] = ("patch %s (%s)"):format(id, table.concat(names, ", ")) end
end

--- Which patches override functions of a module, or are about to: a list of "patch fix-shield (Dome.damage)".
function patchset.overriding(module)
   local users = {}
   for _, file in ipairs(registry.order) do add_user(users, patches[file].id, patches[file].layers, module) end
   for _, version in pairs(pending and pending.versions or NOTHING) do
      if version then add_user(users, version.id, version.layers, module) end
   end
   return users
end

--- All patches in the order of their names, for people and reports.
function patchset.list() return listing(patches, files, registry.order) end

return patchset
