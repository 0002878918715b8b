-- Things that happen later, in the game's own time: paused with it, the same in every run.
--
--   timer.after(2, function() print "two seconds later" end)
--   local pulse = timer.every(0.5, blink)      pulse:cancel()
--   timer.run(function()                       -- a coroutine
--      say "ready"; wait(1); say "go"
--   end)
--   timer.tween(0.3, card, { y = 120 }, "out")

local strict = require "strict"

local timer = {}

---@class Timer
---@field package at number       when it is due, seconds of game time
---@field package order integer   which of two due at the same time was first
---@field package every number?   seconds between two times; nil: once
---@field package call fun()
---@field package cancelled? boolean
local Timer = {}
Timer.__index = Timer
Timer.__name = "timer"

local clock, order = 0, 0
local queue = {} ---@type Timer[]  a binary heap: the one due first is queue[1]

-- ---- the queue ------------------------------------------------------------------------------

local function is_before(a, b) return a.at < b.at or (a.at == b.at and a.order < b.order) end

local function push(new)
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

local function check(seconds, call, name)
   if type(seconds) ~= "number" or seconds ~= seconds or seconds < 0 then
      error(("timer.%s: seconds: a number from 0 on expected, got %s"):format(name, tostring(seconds)), 3)
   end
   if type(call) ~= "function" then
      error(("timer.%s: function expected, got %s"):format(name, type(call)), 3)
   end
end

local function add(seconds, every, call)
   order = order + 1
   local new = setmetatable({ at = clock + seconds, order = order, every = every, call = call }, Timer)
   push(new)
   return new
end

-- ---- timers ---------------------------------------------------------------------------------

--- Calls `call` once, after `seconds`.
---@param seconds number
---@param call fun()
---@return Timer
function timer.after(seconds, call)
   check(seconds, call, "after")
   return add(seconds, nil, call)
end

--- Calls `call` again and again, the first time after `seconds`.
---@param seconds number at least 1/1000
---@param call fun()
---@return Timer
function timer.every(seconds, call)
   check(seconds, call, "every")
   seconds = math.max(seconds, 0.001)
   return add(seconds, seconds, call)
end

--- Takes the timer back; it will not call any more.
function Timer:cancel() self.cancelled = true end

--- Takes all timers back, coroutines and tweens included.
function timer.clear() queue = {} end

--- Seconds of game time since the start.
---@return number
function timer.now() return clock end

--- Lets `dt` seconds pass. The host does this before the game's update.
---@param dt number
function timer.update(dt)
   local until_now = clock + dt
   while queue[1] and queue[1].at <= until_now do
      local due = pop()
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

local function resume(co, body, ...)
   if is_gone(body) then return end
   local ok, seconds = coroutine.resume(co, ...)
   if not ok then error(seconds, 0) end
   if coroutine.status(co) ~= "dead" then
      add(seconds, nil, function() resume(co, body) end)
   end
end

--- Runs `body` as a coroutine at once, up to its first wait().
---@param body fun(...)
---@param ... any
---@return thread
function timer.run(body, ...)
   if type(body) ~= "function" then error(("timer.run: function expected, got %s"):format(type(body)), 2) end
   local co = coroutine.create(body)
   resume(co, body, ...)
   return co
end

--- Pauses the coroutine that calls it; without a number, until the next step.
---@param seconds number?
local function wait(seconds)
   seconds = seconds or 0
   if type(seconds) ~= "number" or not (seconds >= 0) then
      error(("wait: a number of seconds expected, got %s"):format(tostring(seconds)), 2)
   end
   if not coroutine.running() then error("wait: only inside timer.run(function() ... end)", 2) end
   coroutine.yield(math.max(seconds, 1e-6))
end
strict.declare("wait", wait)

-- ---- tweens ---------------------------------------------------------------------------------

local EASINGS = {
   linear = function(t) return t end,
   ["in"] = function(t) return t * t end,
   out = function(t) return t * (2 - t) end,
   smooth = function(t) return t * t * (3 - 2 * t) end,
   bounce = function(t)
      local left = 1 - t
      return 1 - left * left * math.abs(math.cos(t * math.pi * 2.5))
   end,
}

local TWEEN_STEP = 1 / 60

--- Moves fields of `object` to the numbers in `targets` in `seconds`; then calls `done`.
---@param seconds number
---@param object table a table, or an object of C
---@param targets table<string, number>
---@param easing "linear"|"in"|"out"|"smooth"|"bounce"|nil "linear"
---@param done fun()?
---@return Timer
function timer.tween(seconds, object, targets, easing, done)
   local ease = EASINGS[easing or "linear"] or error(("timer.tween: no easing %q"):format(tostring(easing)), 2)
   local names, from, start = {}, {}, clock
   for name in pairs(targets) do names[#names + 1] = name end
   for index, name in ipairs(names) do from[index] = object[name] end
   local handle
   handle = timer.every(TWEEN_STEP, function()
      local t = seconds > 0 and math.min((clock - start) / seconds, 1) or 1
      local eased = ease(t)
      for index, name in ipairs(names) do
         object[name] = from[index] + (targets[name] - from[index]) * eased
      end
      if t == 1 then
         handle:cancel()
         if done and not is_gone(done) then done() end
      end
   end)
   return handle
end

return timer
