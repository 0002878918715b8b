-- Migrations: a patch brings the game's state into another shape, and back when it goes.
--
-- Before a migration counts it is rehearsed: up, then down, and all that was touched must be what it
-- was, down to the identity of its tables. What up() touched is kept in a copy, for a down() that fails.

local core, import = ...

local interpreted = import "interpreted"
local layer = import "layer"
local loader = import "loader"
local owner = import "owner"
local snapshot = import "snapshot"
local comparison = import "comparison"
local stop = import "stop"
local traceback = core.traceback

local migrate = {}

---@class Migration
---@field steps table    {up, down} of patch.migrate
---@field touched table  which tables and variables up() changed
---@field copy Walk      what was in them
---@field before string  a digest of that
---@field after string   a digest of what up() made of it

-- ---- digests --------------------------------------------------------------------------------

--- A text for each value, the same in one and the same migration.
local function writer()
   local numbers, count = {}, 0
   return function(value)
      local kind = type(value)
      if kind == "number" then return ("%.17g"):format(value) end
      if kind == "string" then return ("%q"):format(value) end
      if kind == "boolean" or kind == "nil" or kind == "cdata" then return tostring(value) end
      if not numbers[value] then
         count = count + 1
         numbers[value] = count
      end
      return ("%s#%d"):format(kind, numbers[value])
   end
end

--- The state that `touched` names, as it is now: a text that is equal if and only if the state is.
local function digest(touched, write)
   local words = {}
   for _, object in ipairs(touched.tables) do
      local entries = {}
      for key, value in next, object do entries[#entries + 1] = write(key) .. "=" .. write(value) end
      table.sort(entries)
      words[#words + 1] = ("%s %s {%s}"):format(write(object), write(debug.getmetatable(object)), table.concat(entries, ","))
   end
   for _, variable in ipairs(touched.upvalues) do
      words[#words + 1] = write(select(2, debug.getupvalue(variable[1], variable[2])))
   end
   return table.concat(words, "\n")
end

-- ---- running --------------------------------------------------------------------------------

local function run(name, func)
   local ok, message = xpcall(func, traceback)
   if ok then return nil end
   stop.take()
   return ("patch.migrate: %s: %s"):format(name, message:match "^[^\n]*")
end

--- What changed since the walk, without the variables of patches: up() may note there what down() needs.
local function touched_state(walk)
   local touched = snapshot.touched(walk)
   local upvalues = {}
   for _, variable in ipairs(touched.upvalues) do
      if not owner.by_environment(variable[1]) then upvalues[#upvalues + 1] = variable end
   end
   touched.upvalues = upvalues
   return touched
end

--- What is not as it was at the walk, for people.
local function describe(walk, touched)
   local object = touched.tables[1]
   if not object then return ("variable '%s'"):format((debug.getupvalue(unpack(touched.upvalues[1])))) end
   local name = loader.name_of(object) or "a table"
   local key = snapshot.first_difference(walk, object)
   return key ~= nil and ("%s.%s"):format(name, tostring(key)) or name
end

--- Runs up() and down() and puts the state back. Returns what they touch; or nil and why they are refused.
local function rehearse(steps, walk)
   local why = run("up", steps.up)
   local touched = touched_state(walk)
   why = why or run("down", steps.down)
   if not why then
      local left = touched_state(walk)
      if #left.tables + #left.upvalues > 0 then
         why = ("patch.migrate: down does not restore what up changed: %s"):format(describe(walk, left))
      end
   end
   snapshot.restore(walk)
   if why then return nil, why end
   return touched
end

--- Migrates the state; `steps` is {up, down}. Returns a migration, or nil and why nothing changed.
migrate.up = interpreted(function(steps)
   local walk, write = comparison.walk(), writer()
   local touched, why = rehearse(steps, walk)
   if not touched then return nil, why end
   local before = digest(touched, write)
   why = run("up", steps.up)
   if why then
      snapshot.restore(walk)
      return nil, why
   end
   return {
      steps = steps, touched = touched, copy = snapshot.only(walk, touched), write = write,
      before = before, after = digest(touched, write),
   }
end)

--- Takes a migration back. State that nothing has changed since up() is then, byte for byte, what it
--- was; what the game did since goes through down(). Returns why down() failed: then the copy counts.
migrate.down = interpreted(function(migration)
   local touched, write = migration.touched, migration.write
   local was_left_alone = digest(touched, write) == migration.after
   local why = run("down", migration.steps.down)
   if why or (was_left_alone and digest(touched, write) ~= migration.before) then snapshot.restore(migration.copy) end
   return why
end)

local function leave(patch)
   local why = patch.migration and migrate.down(patch.migration)
   patch.migration = nil
   if why then layer.failed({ patch = patch, target = { where = "patch.migrate" }, errors = 0, blame = "migration" }, why) end
end

local function is_needed(list)
   for _, each in ipairs(list) do
      if each[1].migration or each[2] then return true end
   end
   return false
end

--- Lets patches go from the migrations they are in to those of other versions: a list of {patch, steps
--- or nil}. The last ones leave first. Returns {[file] = why it was refused}, and a function that goes
--- back to how all was, in the same pause between two frames.
function migrate.switch(list)
   local failures, before = {}, {}
   if not is_needed(list) then return failures, function() end end
   local walk = comparison.walk()
   for index = #list, 1, -1 do
      local patch = list[index][1]
      before[patch] = patch.migration or false
      leave(patch)
   end
   for _, each in ipairs(list) do
      local patch, steps, why = each[1], each[2], nil
      if steps then
         patch.migration, why = migrate.up(steps)
         failures[patch.file] = why
      end
   end
   return failures, function()
      snapshot.restore(walk)
      for patch, migration in pairs(before) do patch.migration = migration or nil end
   end
end

return migrate
