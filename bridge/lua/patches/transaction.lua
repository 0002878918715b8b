-- A transaction: a list of changes is staged, checked together, switched at once between two frames, migrated and
-- tested; or nothing has changed.

local core, import = ...

local migrate = import "migrate"
local registry = import "registry"
local requirement = import "requirement"
local staging = import "staging"

local patches, files = registry.patches, registry.files
local event, note_targets, refuse, restack = registry.event, registry.note_targets, registry.refuse, registry.restack

local transaction = {}

local NOTHING = {}

local waiting = {} -- {[file] = change}: came with a change that was refused, and waits for the next

---@class Transaction
---@field set table        {[file] = change}
---@field versions table   {[file] = version, or false for what goes}
---@field failures table   {[file] = cause}
---@field touched table    {[target] = true}: whose layers are to be stacked anew
---@field culprit string?  what it is not to take effect for, whatever comes of it
---@field is_doomed boolean  a file of it is refused already; leniently, the others take effect
---@field at string?       the file of the set that was staged last

-- ---- staging --------------------------------------------------------------------------------

local function is_removal(change) return not (change.text or change.problem or change.condemned) end

--- Whether it is known before it runs that it is refused.
local function is_refused(change) return change.problem ~= nil or (change.condemned and not change.text) or false end

local function merged(changes)
   local set = waiting
   waiting = {}
   for _, change in ipairs(changes) do set[change.file] = change end
   return set
end

--- Begins a transaction of changes {file, text, root, problem, rehearsed}, and of what waits; nothing is staged yet.
---@return Transaction
function transaction.begin(changes)
   local set = merged(changes)
   local culprit, is_doomed
   for file, change in pairs(set) do
      is_doomed = is_doomed or is_refused(change)
      culprit, change.waits_for = culprit or change.waits_for, nil
      local patch = registry.find_or_add(file)
      patch.condemned, patch.refused_for = change.condemned, nil
   end
   table.sort(files)
   return { set = set, versions = {}, failures = {}, touched = {}, culprit = culprit, is_doomed = is_doomed }
end

--- A file that is not to take effect anyhow is not run.
local function stage(self, file, change, leniently)
   if is_removal(change) then self.versions[file] = false end
   local is_idle = self.culprit or (self.is_doomed and not leniently)
   if is_removal(change) or (is_idle and not is_refused(change)) then return end
   local patch = patches[file]
   local version, why, blame, abandoned = staging.stage(patch, change)
   self.versions[file], self.failures[file], patch.refused_for = version, why, blame
   for _, each in ipairs(abandoned or NOTHING) do self.touched[each.target] = true end
end

--- Stages files until core.now() is `deadline`, at least one. Returns whether all are.
function transaction.stage_until(self, deadline, leniently)
   repeat
      local file, change = next(self.set, self.at)
      if not file then return true end
      self.at = file
      stage(self, file, change, leniently)
   until core.now() >= deadline
   return next(self.set, self.at) == nil
end

-- ---- what would be in effect ----------------------------------------------------------------

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

--- Switches to `versions`. Returns a function that goes back, and one that makes it final.
local function switch(versions, ordered, touched)
   local before, order_before = {}, registry.order
   for file, version in pairs(versions) do
      local patch = patches[file]
      before[file] = registry.snapshot(patch)
      registry.put(patch, version, touched)
   end
   registry.order = ordered
   restack(touched)
   local function undo()
      for file, copy in pairs(before) do
         if versions[file] then staging.let_go(versions[file]) end
         registry.restore(patches[file], copy)
      end
      registry.order = order_before
      restack(touched)
   end
   local function finish()
      for _, copy in pairs(before) do
         if copy.version then staging.let_go(copy.version) end
      end
   end
   return undo, finish
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

-- ---- outcomes -------------------------------------------------------------------------------

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

local function tell(versions, orphans, failures)
   local events = {}
   for _, file in ipairs(files) do
      local patch, version = patches[file], versions[file]
      if version then
         events[#events + 1] = event(patch, patch.state, patch.cause, true)
      elseif version == false then
         events[#events + 1] = registry.leave(patch, orphans[file])
      elseif failures[file] then
         events[#events + 1] = refuse(patch, failures[file])
      end
   end
   return events
end

--- Puts what was staged in effect, or nothing.
function transaction.apply(self)
   local versions, failures, touched, orphans = self.versions, self.failures, self.touched, {}
   if self.culprit then return abandon(self.set, versions, failures, touched, self.culprit) end
   local ordered = find_order(versions, failures, orphans, touched)
   if next(failures) == nil then failures = commit(versions, ordered, touched) end
   if next(failures) then return abandon(self.set, versions, failures, touched) end
   return tell(versions, orphans, failures)
end

--- Puts in effect what passes, and leaves out what does not.
function transaction.apply_what_passes(self)
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

--- Puts a version of one patch in effect, or with `false` nothing. Returns which patches go along, and
--- why; nil: it does not fit.
function transaction.switch_one(patch, version, touched)
   local versions, failures, orphans = { [patch.file] = version }, {}, {}
   local ordered = find_order(versions, failures, orphans, touched)
   if next(failures) == nil then failures = commit(versions, ordered, touched) end
   if next(failures) == nil then return orphans end
   drop(versions, patch.file, touched)
end

return transaction
