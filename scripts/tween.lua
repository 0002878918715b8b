-- Tweens: numbers that move to a target in some seconds, one after another or at the same time.
--
--   local slide = tween.to(0.3, card, { x = 120 }, "cubic_out")
--   slide:after(0.5):after(tween.to(0.3, card, { x = 400 })):after(function() card.gone = true end)
--   tween.sequence { tween.to(1, rover, { y = 0 }), 0.2, land, tween.parallel { dust, shake } }
--   slide:cancel()
--
-- A tween starts at once, unless it is made part of something: then it starts when its time has
-- come, and from where the fields are then. Parts may also be functions, which are called, and
-- numbers, seconds to wait. A tween of an object that C destroys ends there.

local check = require "library.check"
local easing = require "easing"
local timer = require "timer"

local tween = {}

local TWEEN_STEP = 1 / 60

---@class Tween
---@field package kind TweenKind
---@field package state "ready"|"running"|"done"|"cancelled"
---@field package parent? Tween       the sequence or group that it is part of
---@field package followers? Tween[]  what starts when it is done
---@field package timer? Timer        runs while it does
---@field package done? fun()
local Tween = {}
Tween.__index = Tween
Tween.__name = "tween"

---@class TweenKind
---@field begin fun(self: Tween, at: number)
---@field stop? fun(self: Tween)
---@field part_done? fun(self: Tween, at: number)

---@alias TweenPart Tween|fun()|number

-- ---- from start to end ----------------------------------------------------------------------

local function begin(self, at)
   if self.state == "cancelled" then return end
   self.state = "running"
   self.kind.begin(self, at)
end

local function stop(self)
   if self.timer then self.timer:cancel() end
   self.timer = nil
   if self.state == "running" and self.kind.stop then self.kind.stop(self) end
end

--- `at` is the exact end, which may be before this step's moment: what follows starts there.
local function finish(self, at)
   self.state = "done"
   if self.timer then self.timer:cancel() end
   self.timer = nil
   if self.done and not is_gone(self.done) then self.done() end
   for _, follower in ipairs(self.followers or {}) do begin(follower, at) end
   local parent = self.parent
   if parent and parent.state == "running" then parent.kind.part_done(parent, at) end
end

-- ---- the kinds ------------------------------------------------------------------------------

local function move(self)
   if type(self.object) == "userdata" and not is_valid(self.object) then return self:cancel() end
   local t = self.seconds > 0 and math.min((timer.now() - self.start) / self.seconds, 1) or 1
   local eased = t == 1 and 1 or self.ease(t)
   local object, names, from, to = self.object, self.names, self.from, self.to
   for index = 1, #names do
      object[names[index]] = from[index] + (to[index] - from[index]) * eased
   end
   if t == 1 then finish(self, self.start + self.seconds) end
end

local MOTION = {
   begin = function(self, at)
      for index, name in ipairs(self.names) do self.from[index] = self.object[name] end
      self.start = at
      self.timer = timer.every(TWEEN_STEP, self.tick)
   end,
}

local CALL = {
   begin = function(self, at)
      if not is_gone(self.call) then self.call() end
      finish(self, at)
   end,
}

local WAIT = {
   begin = function(self, at)
      local due = at + self.seconds
      self.timer = timer.after(math.max(0, due - timer.now()), function() finish(self, due) end)
   end,
}

local function stop_parts(self)
   for _, part in ipairs(self.parts) do stop(part) end
end

local function begin_next(self, at)
   self.at = self.at + 1
   local part = self.parts[self.at]
   if part then begin(part, at) else finish(self, at) end
end

local SEQUENCE = {
   begin = function(self, at)
      self.at = 0
      begin_next(self, at)
   end,
   stop = stop_parts,
   part_done = begin_next,
}

local PARALLEL = {
   begin = function(self, at)
      self.left = #self.parts
      if self.left == 0 then finish(self, at) end
      for _, part in ipairs(self.parts) do begin(part, at) end
   end,
   stop = stop_parts,
   part_done = function(self, at)
      self.left = self.left - 1
      if self.left == 0 then finish(self, at) end
   end,
}

local function new(kind, fields)
   fields.kind, fields.state = kind, "ready"
   return setmetatable(fields, Tween)
end

--- What a part of something is: a tween, which waits from now on, or what stands for one.
local function take(part, called, parameter)
   if type(part) == "function" then return new(CALL, { call = part }) end
   if type(part) == "number" and part >= 0 then return new(WAIT, { seconds = part }) end
   if getmetatable(part) ~= Tween then
      check.expected(part, called, parameter, "tween, function or number of seconds from 0 on")
   end
   stop(part)
   if part.state ~= "cancelled" then part.state = "ready" end
   return part
end

-- ---- making tweens --------------------------------------------------------------------------

local function check_motion(seconds, object, targets)
   check.from_zero(seconds, "tween.to", "seconds")
   if type(object) ~= "userdata" then check.table(object, "tween.to", "object") end
   check.table(targets, "tween.to", "targets")
   for name, target in pairs(targets) do
      local field = tostring(name)
      check.number(target, "tween.to", "targets." .. field)
      check.number(object[name], "tween.to", "object." .. field)
   end
end

local function curve_of(ease)
   local curve = easing.get(ease)
   if not curve then
      check.expected(ease, "tween.to", "ease", "name of a curve or function", check.near(ease, easing.names()))
   end
   return curve
end

--- Moves fields of `object` to the numbers in `targets` in `seconds`; then calls `done`.
---@param seconds number
---@param object table a table, or an object of C
---@param targets table<string, number>
---@param ease? string|Curve a name of easing.lua's, or a function; "linear"
---@param done? fun()
---@return Tween
function tween.to(seconds, object, targets, ease, done)
   check_motion(seconds, object, targets)
   local curve = curve_of(ease)
   if done ~= nil then check.call(done, "tween.to", "done") end
   local self = new(MOTION, { seconds = seconds, object = object, ease = curve, done = done, names = {}, from = {}, to = {} })
   for name in pairs(targets) do self.names[#self.names + 1] = name end
   table.sort(self.names, function(a, b) return tostring(a) < tostring(b) end)
   for index, name in ipairs(self.names) do self.to[index] = targets[name] end
   self.tick = function() move(self) end
   begin(self, timer.now())
   return self
end

--- Starts in the next step, as of now, unless something takes it until then.
local function begin_soon(self)
   local now = timer.now()
   self.timer = timer.after(0, function() begin(self, now) end)
end

local function group(kind, list, called)
   check.table(list, called, "parts")
   local self = new(kind, { parts = {} })
   for index, part in ipairs(list) do
      self.parts[index] = take(part, called, ("parts[%d]"):format(index))
      self.parts[index].parent = self
   end
   begin_soon(self)
   return self
end

--- One part after another.
---@param parts TweenPart[]
---@return Tween
function tween.sequence(parts) return group(SEQUENCE, parts, "tween.sequence") end

--- All parts at the same time; done when the last one is.
---@param parts TweenPart[]
---@return Tween
function tween.parallel(parts) return group(PARALLEL, parts, "tween.parallel") end

--- Lets `part` start when this one is done, and returns it: a:after(b):after(c).
---@param part TweenPart
---@return Tween
function Tween:after(part)
   local follower = take(part, "tween:after", "part")
   self.followers = self.followers or {}
   table.insert(self.followers, follower)
   if self.state == "done" then begin(follower, timer.now()) end
   return follower
end

--- Stops it where it is; nothing that would have followed starts.
function Tween:cancel()
   stop(self)
   self.state = "cancelled"
end

--- Whether it has come to its end.
---@return boolean
function Tween:is_done() return self.state == "done" end

return tween
