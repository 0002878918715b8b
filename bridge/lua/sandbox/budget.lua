-- Budgets: whose functions have been on the stack for too long, and what becomes of them.
--
-- The watchdog calls look() every 10 ms of a call of C into Lua that lasts. It counts for each
-- version of a patch how long it has been in there without a break, and, over all calls of a frame,
-- how often it was found there.

local core, import = ...

local layer = import "layer"
local owner = import "owner"
local stop = import "stop"

local getinfo = debug.getinfo

local budget = {}

local PATIENCE = 10 -- MP_VM_PATIENCE
local CROWD = 20 -- calls of one patch's timers and listeners in each millisecond of a call that lasts
local DEPTH, OUTER = 100, 10 -- levels of a stack that are looked at, at its two ends

local LIMIT = core.budget > 0 and core.budget or math.huge
local FRAME_LIMIT = core.frame_budget > 0 and core.frame_budget or math.huge

local this_call -- the number of the call that is being watched
local total = 0 -- milliseconds of it

---@class Stay  of a version of a patch in a call
---@field time number    milliseconds that it has been there
---@field calls number   of its layers, when it was last seen
local stays = {} -- {[token] = Stay}

local frame = {} -- {[token] = milliseconds since the last step}

-- ---- who is there ---------------------------------------------------------------------------

local function where_of(token, func)
   for _, each in ipairs(token.patch.layers) do
      if each.body == func then return each.target.where end
   end
end

---@class Found
---@field token table    a version of a patch
---@field place string   "p.lua:7", where it is
---@field where string?  "Dome.damage", what it was called as

--- The number of levels of the caller's stack, which has at least `low`.
local function height(low)
   local high = 2 * low
   while getinfo(high, "f") do low, high = high, 2 * high end
   while high - low > 1 do
      local middle = math.floor((low + high) / 2)
      if getinfo(middle, "f") then low = middle else high = middle end
   end
   return low
end

--- Visits the functions on the stack, from the innermost: those of this coroutine, then of those
--- that resumed it. Of a very deep stack, the two ends.
local function each_function(visit)
   local level = 3
   while true do
      local info = getinfo(level, "Slf")
      if not info then break end
      visit(info)
      level = level == DEPTH and math.max(level, height(level) - OUTER) + 1 or level + 1
   end
   for _, thread in ipairs { core.library.coroutine.resumers() } do
      for level = 0, DEPTH do
         local info = getinfo(thread, level, "Slf")
         if not info then break end
         visit(info)
      end
   end
end

--- The versions of patches on the stack: a list of Found, the innermost first.
local function find_patches()
   local found, by_token = {}, {}
   each_function(function(info)
      local token = owner.by_environment(info.func)
      if not token then return end
      local each = by_token[token]
      if not each then
         each = { token = token, place = ("%s:%d"):format(info.short_src, info.currentline) }
         by_token[token] = each
         found[#found + 1] = each
      end
      each.where = each.where or where_of(token, info.func)
   end)
   return found
end

--- A file that is only being loaded is refused by whoever loads it.
local function is_active(token)
   local version = token.patch.version
   return version and version.token == token
end

-- ---- counting -------------------------------------------------------------------------------

local function calls_of(token)
   local calls = 0
   for _, each in ipairs(token.patch.layers) do calls = calls + layer.calls(each) end
   return calls
end

--- Counts the time for those that are there; who was called anew meanwhile starts anew. All of it
--- counts or none: where the stack is full there is no room to look, and the same time comes again.
local function count(found, elapsed)
   local now = {}
   for _, each in ipairs(found) do
      local stay, calls = stays[each.token], calls_of(each.token)
      now[each.token] = { time = stay and stay.calls == calls and stay.time + elapsed or elapsed, calls = calls }
   end
   stays, total = now, total + elapsed
   for index = 1, #found do
      local token = found[index].token
      frame[token] = (frame[token] or 0) + elapsed
   end
end

--- Whether it had its last chance.
local function is_tripped(token) return token.patch.tripped and is_active(token) end

--- The innermost of those that were there for half of the time of the one that ran out of it: it keeps
--- the others waiting.
local function find_runaway(found)
   local longest = 0
   for _, each in ipairs(found) do
      local time = is_tripped(each.token) and math.huge or stays[each.token].time
      longest = math.max(longest, time)
   end
   if longest < LIMIT then return nil end
   for _, each in ipairs(found) do
      if stays[each.token].time >= LIMIT / 2 or is_tripped(each.token) then return each end
   end
end

local function find_glutton(found)
   local each = found[1]
   return each and frame[each.token] >= FRAME_LIMIT and each or nil
end

--- A patch that is hardly ever found, because its functions are short, but that timers or listeners call without end.
local function find_crowd()
   if total < LIMIT then return nil end
   local token, calls = owner.busiest()
   if calls >= CROWD * total and is_active(token) and not token.gone then return token, calls end
end

-- ---- the verdict ----------------------------------------------------------------------------

local function verdict(format, found, ...)
   return format:format(found.where or "a function", ...) .. (" (%s)"):format(found.place)
end

local function condemn(found, cause, blame)
   if is_active(found.token) then layer.condemn(found.token.patch, cause, blame) end
   return cause
end

local function charge(found, message)
   if is_active(found.token) then layer.charge(found.token.patch, message, "runaway") end
   return message
end

--- From here on nobody calls its functions any more, and what kept on calling them comes to its end: there is no need to
--- stop it, which would leave its work half done.
local function condemn_crowd(token, calls)
   condemn({ token = token }, ("runaway: its timers and listeners were called %d times in one frame, which took longer than %d ms"):format(
      calls, core.budget), "runaway")
   owner.release(token)
end

--- Looks at a call that lasts. `elapsed` milliseconds went by since the last look; `oversize`: scripts
--- hold too much memory. Returns nil, or the message that what runs is to be stopped with.
function budget.look(call, elapsed, oversize)
   if call ~= this_call then
      this_call, total, stays = call, 0, {}
      owner.count_anew()
   end
   local found = find_patches()
   count(found, elapsed)
   stop.blame, stop.is_told = oversize and "memory" or "runaway", found[1] ~= nil
   if oversize then
      if not found[1] then return ("memory: scripts hold more than %d MB"):format(core.memory_limit) end
      return condemn(found[1], verdict("memory: with %s scripts hold more than %d MB", found[1], core.memory_limit), "memory")
   end
   local runaway = find_runaway(found)
   if runaway then return condemn(runaway, verdict("runaway: %s ran longer than %d ms", runaway, core.budget), "runaway") end
   local glutton = find_glutton(found)
   if glutton then return charge(glutton, verdict("runaway: %s took %d ms of one frame", glutton, core.frame_budget)) end
   local crowd, calls = find_crowd()
   if crowd then condemn_crowd(crowd, calls) return end
   if not found[1] and total >= PATIENCE * LIMIT then return ("runaway: scripts ran longer than %d ms"):format(PATIENCE * core.budget) end
end

--- A new frame begins.
function budget.step() frame = {} end

return budget
