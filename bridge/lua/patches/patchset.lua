-- The set of patches. A list of changes is a transaction: everything is staged, checked together,
-- switched at once between two frames and tested; or nothing has changed.

local core, import = ...

local layer = import "layer"
local listing = import "listing"
local migrate = import "migrate"
local requirement = import "requirement"
local staging = import "staging"

local patchset = {}

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

local patches = {} -- {[file] = patch}
local files = {} -- all of them, sorted by name
local order = {} -- those in effect, in the order of their layers
local waiting = {} -- {[file] = change}: came with a change that was refused, and waits for the next

--- The caller sorts `files`.
local function find_or_add(file)
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

local function event(patch, state, cause, changed)
   return {
      file = patch.file, id = patch.id, state = state, cause = cause, changed = changed,
      in_effect = patch.version ~= nil, version = patch.version and patch.version.info.version, blame = patch.blame,
   }
end

--- What a patch is told as for which the version before runs, not the file's.
local function stand_in_for(cause) return "the version before, since: " .. cause end

-- ---- what would be in effect ----------------------------------------------------------------

local function is_removal(change) return not (change.text or change.problem or change.condemned) end

---@class Transaction
---@field set table        {[file] = change}
---@field versions table   {[file] = version, or false for what goes}
---@field failures table   {[file] = cause}
---@field touched table    {[target] = true}: whose layers are to be stacked anew
---@field culprit string?  what it is not to take effect for, whatever comes of it
---@field at string?       the file of the set that was staged last

--- Begins a transaction, of which nothing is staged yet.
local function begin(set)
   local culprit
   for file, change in pairs(set) do
      culprit, change.waits_for = culprit or change.waits_for, nil
      local patch = find_or_add(file)
      patch.condemned, patch.refused_for = change.condemned, nil
   end
   table.sort(files)
   return { set = set, versions = {}, failures = {}, touched = {}, culprit = culprit }
end

local function stage(self, file, change)
   if is_removal(change) then self.versions[file] = false end
   if is_removal(change) or (self.culprit and not change.problem) then return end
   local patch = patches[file]
   local version, why, blame, abandoned = staging.stage(patch, change)
   self.versions[file], self.failures[file], patch.refused_for = version, why, blame
   for _, each in ipairs(abandoned or NOTHING) do self.touched[each.target] = true end
end

--- Stages files until core.now() is `deadline`, at least one. Returns whether all are.
local function stage_until(self, deadline)
   repeat
      local file, change = next(self.set, self.at)
      if not file then return true end
      self.at = file
      stage(self, file, change)
   until core.now() >= deadline
   return next(self.set, self.at) == nil
end

--- What would be in effect with these versions, as requirement.check() wants it.
local function candidates_with(versions)
   local candidates = {}
   for _, file in ipairs(files) do
      local version = versions[file]
      if version == nil then version = patches[file].version end
      if version then
         candidates[#candidates + 1] = {
            file = file, id = version.id, info = version.info, is_new = versions[file] ~= nil,
         }
      end
   end
   return candidates
end

local function note_targets(layers, touched)
   for _, each in ipairs(layers) do touched[each.target] = true end
end

--- Gives up a version that will not come into effect. Restacking its targets gives up the claims.
local function drop(versions, file, touched)
   local version = versions[file]
   versions[file] = nil
   if version then
      staging.let_go(version)
      note_targets(version.layers, touched)
   end
end

--- Finds the order. A version that does not fit becomes a failure; a patch that was in effect and
--- loses what it requires goes along: `orphans`.
local function find_order(versions, failures, orphans, touched)
   while true do
      local ordered, problems = requirement.check(candidates_with(versions), core.api_level())
      if #problems == 0 then return ordered end
      for _, problem in ipairs(problems) do
         if problem.orphan then
            versions[problem.file], orphans[problem.file] = false, problem.cause
         else
            failures[problem.file] = problem.cause
            drop(versions, problem.file, touched)
         end
      end
   end
end

-- ---- switching ------------------------------------------------------------------------------

--- Stacks the layers of all patches in effect on the touched targets anew.
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

local KEPT = {
   "id", "state", "cause", "version", "layers", "overrides", "calls", "errors", "last_error", "tripped", "verdict", "blame",
   "off", "trial", "errors_before",
}

--- What a patch is now, for going back to it.
local function snapshot(patch)
   local copy = {}
   for _, key in ipairs(KEPT) do copy[key] = patch[key] end
   return copy
end

local function restore(patch, copy)
   for _, key in ipairs(KEPT) do patch[key] = copy[key] end
end

local function count_calls(patch)
   for _, old in ipairs(patch.layers) do patch.calls = patch.calls + layer.calls(old) end
end

--- Puts a version in effect, or with `false` nothing. The layers are stacked by restack().
local function put(patch, version, touched)
   note_targets(patch.layers, touched)
   count_calls(patch)
   patch.version, patch.layers = version or nil, version and version.layers or NOTHING
   if not version then return end
   if patch.state ~= "active" and patch.state ~= "trial" then patch.calls = 0 end
   patch.id, patch.overrides = version.id, layer.names(version.layers)
   patch.errors, patch.last_error, patch.tripped, patch.verdict, patch.blame = 0, nil, nil, nil, nil
   patch.off = nil
   local change = version.change
   patch.trial, patch.errors_before = core.trial_steps > 0 and not change.proven and core.trial_steps or nil, 0
   patch.state, patch.cause = patch.trial and "trial" or "active", change.condemned and stand_in_for(change.condemned) or ""
   if not patch.trial then patch.good = version end
   note_targets(patch.layers, touched)
end

--- Switches to `versions`. Returns a function that goes back, and one that makes it final.
local function switch(versions, ordered, touched)
   local before, order_before = {}, order
   for file, version in pairs(versions) do
      local patch = patches[file]
      before[file] = snapshot(patch)
      put(patch, version, touched)
   end
   order = ordered
   restack(touched)
   local function undo()
      for file, copy in pairs(before) do
         if versions[file] then staging.let_go(versions[file]) end
         restore(patches[file], copy)
      end
      order = order_before
      restack(touched)
   end
   local function finish()
      for _, copy in pairs(before) do
         if copy.version then staging.let_go(copy.version) end
      end
   end
   return undo, finish
end

-- ---- transactions ---------------------------------------------------------------------------

--- What a version that did not come into effect is told as. The earlier one, if any, stays.
local function refuse(patch, why)
   local state = "refused"
   if patch.version then
      patch.cause = "edit refused, the earlier version stays: " .. why
   else
      state = patch.condemned and "quarantined" or "refused"
      patch.state, patch.cause = state, why
   end
   local refused = event(patch, state, patch.cause, false)
   refused.blame = patch.refused_for
   return refused
end

local function wait(patch, change, culprit)
   waiting[patch.file] = change
   local cause = ("waits, as nothing of a change takes effect if a part is refused: see %s"):format(culprit)
   if patch.version then
      patch.cause = cause
   else
      patch.state, patch.cause = "staged", cause
   end
   return event(patch, "staged", cause, false)
end

--- Nothing has changed: tells what was refused, and keeps the rest for the next time.
local function abandon(set, versions, failures, touched, culprit)
   local events = {}
   for _, file in ipairs(files) do
      if failures[file] then culprit = culprit or file end
      drop(versions, file, touched)
   end
   restack(touched)
   for _, file in ipairs(files) do
      if failures[file] then
         events[#events + 1] = refuse(patches[file], failures[file])
      elseif set[file] then
         events[#events + 1] = wait(patches[file], set[file], culprit)
      end
   end
   return events
end

--- What a patch is told as that went with its file, or because of `why`.
local function leave(patch, why)
   local was = patch.state == "active" or patch.state == "trial"
   patch.state, patch.cause, patch.good = why and "refused" or "removed", why or "", nil
   return event(patch, patch.state, patch.cause, was)
end

local function tell(versions, orphans, failures)
   local events = {}
   for _, file in ipairs(files) do
      local patch, version = patches[file], versions[file]
      if version then
         events[#events + 1] = event(patch, patch.state, patch.cause, true)
      elseif version == false then
         events[#events + 1] = leave(patch, orphans[file])
      elseif failures[file] then
         events[#events + 1] = refuse(patch, failures[file])
      end
   end
   return events
end

local function merged(changes)
   local set = waiting
   waiting = {}
   for _, change in ipairs(changes) do set[change.file] = change end
   return set
end

--- What becomes of the game's state: {{patch, steps}, ...} in the order of the patches, the leaving first.
local function migrations(versions, ordered)
   local list = {}
   for file, version in pairs(versions) do
      if not version then list[#list + 1] = { patches[file] } end
   end
   for _, file in ipairs(ordered) do
      local version = versions[file]
      if version then list[#list + 1] = { patches[file], version.migration } end
   end
   return list
end

--- Switches, migrates the game's state, and tests. Returns {[file] = cause} of what failed; then it
--- has switched back.
local function commit(versions, ordered, touched)
   local undo, finish = switch(versions, ordered, touched)
   local failures, undo_migrations = migrate.switch(migrations(versions, ordered))
   local blames = {}
   if next(failures) == nil then failures, blames = staging.test(versions) end
   if next(failures) then
      undo_migrations()
      undo()
      for file in pairs(failures) do patches[file].refused_for = blames[file] or "migration" end
   else
      finish()
   end
   return failures
end

--- Puts what was staged in effect, or nothing.
local function all_or_nothing(self)
   local versions, failures, touched, orphans = self.versions, self.failures, self.touched, {}
   if self.culprit then return abandon(self.set, versions, failures, touched, self.culprit) end
   local ordered = find_order(versions, failures, orphans, touched)
   if next(failures) == nil then failures = commit(versions, ordered, touched) end
   if next(failures) then return abandon(self.set, versions, failures, touched) end
   return tell(versions, orphans, failures)
end

--- Puts in effect what passes, and leaves out what does not.
local function what_passes(self)
   local versions, failures, touched, orphans = self.versions, self.failures, self.touched, {}
   while true do
      local ordered = find_order(versions, failures, orphans, touched)
      local failed = commit(versions, ordered, touched)
      if next(failed) == nil then return tell(versions, orphans, failures) end
      for file, why in pairs(failed) do
         failures[file] = why
         drop(versions, file, touched)
      end
   end
end

local pending ---@type Transaction?  that is being staged; what runs stays as it is meanwhile

--- Begins to apply a list of changes {file, text, root, problem, rehearsed}: see patchset.proceed().
function patchset.begin(changes) pending = begin(merged(changes)) end

--- Stages what was begun for so many seconds. When all of it is, applies it, all or nothing; with
--- `leniently` each on its own: what fails is left out. Then returns a list of events.
function patchset.proceed(seconds, leniently)
   if not pending then return {} end
   if not stage_until(pending, core.now() + seconds) then return nil end
   local self = pending
   pending = nil
   return (leniently and what_passes or all_or_nothing)(self)
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

--- Puts a version of one patch in effect, or with `false` nothing. Returns which patches go along, and
--- why; nil: it does not fit.
local function switch_one(patch, version, touched)
   local versions, failures, orphans = { [patch.file] = version }, {}, {}
   local ordered = find_order(versions, failures, orphans, touched)
   if next(failures) == nil then failures = commit(versions, ordered, touched) end
   if next(failures) == nil then return orphans end
   drop(versions, patch.file, touched)
end

--- Takes a failing version away, and puts the last good one in its place if there is one.
local function roll_back(patch, cause, events)
   local touched, gone = {}, event(patch, "quarantined", cause, true)
   gone.in_effect = false
   events[#events + 1] = gone
   local good = stage_good(patch, touched)
   local orphans = good and switch_one(patch, good, touched)
   if orphans then
      patch.good, patch.trial, patch.state, patch.cause = good, nil, "active", stand_in_for(cause)
      events[#events + 1] = event(patch, "active", patch.cause, true)
      events[#events].rolled_back = true
   else
      orphans = switch_one(patch, false, touched)
      patch.good, patch.trial, patch.state, patch.cause = nil, nil, "quarantined", cause
   end
   restack(touched) -- gives up the claims of what did not fit
   for _, file in ipairs(files) do
      if orphans[file] then events[#events + 1] = leave(patches[file], orphans[file]) end
   end
end

local function end_trials(events)
   for _, file in ipairs(order) do
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
   for _, file in ipairs(order) do note_targets(patches[file].layers, touched) end
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
   for _, file in ipairs(order) do add_user(users, patches[file].id, patches[file].layers, module) end
   for _, version in pairs(pending and pending.versions or NOTHING) do
      if version then add_user(users, version.id, version.layers, module) end
   end
   return users
end

--- All patches in the order of their names, for people and reports.
function patchset.list() return listing(patches, files, order) end

return patchset
