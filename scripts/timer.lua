-- Things that happen later, in the game's own time: paused with it, the same in every run.
--
--   timer.after(2, function() print "two seconds later" end)
--   local pulse = timer.every(0.5, blink)      pulse:cancel()
--   timer.run(function()                       -- a coroutine
--      say "ready"; wait(1); say "go"
--      wait_until(function() return rover.landed end)
--      local wave = wait_event "wave_cleared"
--   end)
--   timer.tween(0.3, card, { y = 120 }, "out")

local check = require "library.check"
local event = require "event"
local strict = require "strict"

local timer = {}

---@class Timer
---@field package at number       when it is due, seconds of game time
---@field package order integer   which of two due at the same time was first
---@field package every number?   seconds between two times; nil: once
---@field package call fun()
---@field package cancelled? boolean
---@field package queued? boolean
local Timer = {}
Timer.__index = Timer
Timer.__name = "timer"

local SHORTEST = 1e-6

---@class Routine
---@field co thread
---@field body? fun(...)         what it runs; it ends with the patch that this is of
---@field alarm Timer            resumes it
---@field listener? Connection   or this does, when it waits for an event

-- Who still waits is held by its alarm or listener; nobody else needs it.
local routines = setmetatable({}, { __mode = "kv" }) ---@type table<thread, Routine>

local clock, order = 0, 0
local step_end = 0 -- the clock after the step that is running
local queue = {} ---@type Timer[]  a binary heap: the one due first is queue[1]

-- ---- the queue ------------------------------------------------------------------------------

local function is_before(a, b) return a.at < b.at or (a.at == b.at and a.order < b.order) end

local function push(new)
   new.queued = true
   local index = #queue + 1
   queue[index] = new
   while index > 1 do
      local parent = math.floor(index / 2)
      if not is_before(queue[index], queue[parent]) then return end
      queue[index], queue[parent] = queue[parent], queue[index]
      index = parent
   end
end

local function pop()
   local first, last = queue[1], queue[#queue]
   queue[#queue] = nil
   if #queue == 0 then return first end
   queue[1] = last
   local index = 1
   while true do
      local child = 2 * index
      if child > #queue then return first end
      if child < #queue and is_before(queue[child + 1], queue[child]) then child = child + 1 end
      if not is_before(queue[child], queue[index]) then return first end
      queue[index], queue[child] = queue[child], queue[index]
      index = child
   end
end

--- When so many seconds from now are over; none, or nil: in the next step.
local function due_after(seconds)
   if not seconds or seconds == 0 then return step_end + SHORTEST end
   return clock + math.max(seconds, SHORTEST)
end

local function add(seconds, every, call)
   order = order + 1
   local new = setmetatable({ at = due_after(seconds), order = order, every = every, call = call }, Timer)
   push(new)
   return new
end

-- ---- timers ---------------------------------------------------------------------------------

--- Calls `call` once, after `seconds`.
---@param seconds number 0: in the next step
---@param call fun()
---@return Timer
function timer.after(seconds, call)
   check.from_zero(seconds, "timer.after", "seconds")
   check.call(call, "timer.after", "call")
   return add(seconds, nil, call)
end

--- Calls `call` again and again, the first time after `seconds`.
---@param seconds number above 0; less than 1/1000 is that
---@param call fun()
---@return Timer
function timer.every(seconds, call)
   check.above_zero(seconds, "timer.every", "seconds")
   check.call(call, "timer.every", "call")
   seconds = math.max(seconds, 0.001)
   return add(seconds, seconds, call)
end

--- Takes the timer back; it will not call any more.
function Timer:cancel() self.cancelled = true end

--- Takes all timers back, coroutines and tweens included.
function timer.clear()
   for _, each in ipairs(queue) do each.queued = false end
   queue = {}
   for _, routine in pairs(routines) do
      if routine.listener then routine.listener:disconnect() end
      routine.listener = nil
   end
end

--- Seconds of game time since the start.
---@return number
function timer.now() return clock end

--- Lets `dt` seconds pass. The host does this before the game's update.
---@param dt number
function timer.update(dt)
   step_end = clock + dt
   local until_now = step_end
   while queue[1] and queue[1].at <= until_now do
      local due = pop()
      due.queued = false
      clock = math.max(clock, due.at)
      if not due.cancelled and not is_gone(due.call) then
         if due.every then
            due.at = due.at + due.every
            push(due)
         end
         due.call()
      end
   end
   clock = until_now
end

-- ---- coroutines -----------------------------------------------------------------------------

local function resume(routine, ...)
   if is_gone(routine.body) then return end
   local ok, why = coroutine.resume(routine.co, ...)
   if not ok then error(why, 0) end
end

local function new_alarm(routine)
   return setmetatable({ call = function() resume(routine) end }, Timer)
end

---@param co thread
---@param body? fun(...) of whom the coroutine is; nil: of nobody in particular
local function routine_of(co, body)
   local routine = routines[co]
   if not routine then
      routine = { co = co, body = body }
      routine.alarm = new_alarm(routine)
      routines[co] = routine
   end
   return routine
end

local function set_alarm(routine, at)
   if routine.alarm.queued then -- somebody else resumed it before its time
      routine.alarm:cancel()
      routine.alarm = new_alarm(routine)
   end
   order = order + 1
   routine.alarm.at, routine.alarm.order = at, order
   push(routine.alarm)
end

--- Runs `body` as a coroutine at once, up to its first wait().
---@param body fun(...)
---@param ... any
---@return thread
function timer.run(body, ...)
   check.call(body, "timer.run", "body")
   local co = coroutine.create(body)
   resume(routine_of(co, body), ...)
   return co
end

--- Ends a coroutine that waits; it is never resumed.
---@param co thread what timer.run returned
function timer.stop(co)
   if type(co) ~= "thread" then check.expected(co, "timer.stop", "co", "what timer.run returned") end
   local routine = routines[co]
   if not routine then return end
   routine.alarm:cancel()
   if routine.listener then routine.listener:disconnect() end
   routine.alarm, routine.listener = new_alarm(routine), nil
end

local function running(name)
   local co = coroutine.running()
   if not co then check.fail("%s: only inside timer.run(function() ... end)", name) end
   return routine_of(co)
end

--- Pauses the coroutine that calls it; without a number, until the next step.
---@param seconds number?
local function wait(seconds)
   if seconds then check.from_zero(seconds, "wait", "seconds") end
   set_alarm(running "wait", due_after(seconds))
   coroutine.yield()
end

--- Pauses the coroutine until `condition()` is true, which is asked once a step, now at first.
---@param condition fun(): any
---@param seconds number? at most that long
---@return boolean met false: the time was up
local function wait_until(condition, seconds)
   check.call(condition, "wait_until", "condition")
   if seconds then check.from_zero(seconds, "wait_until", "seconds") end
   running "wait_until"
   local deadline = clock + (seconds or math.huge)
   while not condition() do
      if clock >= deadline then return false end
      wait()
   end
   return true
end

--- Pauses the coroutine until `event.emit(name, ...)`, and returns what was emitted.
---@param name string
---@return any ...
local function wait_event(name)
   local routine = running "wait_event"
   routine.listener = event.once(name, function(...)
      routine.listener = nil
      resume(routine, ...)
   end)
   return coroutine.yield()
end

strict.declare("wait", wait)
strict.declare("wait_until", wait_until)
strict.declare("wait_event", wait_event)

-- ---- tweens ---------------------------------------------------------------------------------

--- The same as tween.to().
---@param seconds number
---@param object table a table, or an object of C
---@param targets table<string, number>
---@param ease? string|Curve "linear"
---@param done fun()?
---@return Tween
function timer.tween(seconds, object, targets, ease, done)
   return require "tween".to(seconds, object, targets, ease, done)
end

return timer
