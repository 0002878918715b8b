-- A view of a world larger than the picture: what is drawn between attach() and detach() is in the world's coordinates.
--
--   local view = camera.new { zoom = 2 }
--   view:follow(rover, { stiffness = 6, deadzone = { 60, 40 }, bounds = { 0, 0, 2000, 1000 } })
--   in update:  view:update(dt)
--   in draw:    view:draw(draw_world)

local check = require "library.check"
local graphics = require "graphics"
local random = require "random"

local is_valid = is_valid

---@class Camera
---@field x number the world's point in the middle of the view
---@field y number
---@field zoom number pixels of the picture a pixel of the world; 2 is twice as large
---@field angle number radians by which the camera is turned clockwise; the world turns the other way
---@field width number of the view, pixels of the picture
---@field height number
local Camera = {}
Camera.__index = Camera

---@class CameraSettings
---@field x? number
---@field y? number
---@field zoom? number 1
---@field angle? number 0
---@field width? number the picture's
---@field height? number the picture's

---@class CameraFollowing
---@field stiffness? number how fast it comes after, 1/seconds: in 1/stiffness the distance falls to 37 %; at once without
---@field deadzone? number[] width and height, in the world, within which the target moves the camera not
---@field bounds? number[] x, y, width, height of the part of the world beyond which the view does not go

local camera = {}

local SETTINGS = { x = "number", y = "number", zoom = "number", angle = "number", width = "number", height = "number" }
local FOLLOWING = { stiffness = "number", deadzone = "table", bounds = "table" }

--- A camera; without settings what it shows is what is drawn without one.
---@param settings? CameraSettings
---@return Camera
function camera.new(settings)
   check.options(settings, SETTINGS, "camera.new")
   settings = settings or {}
   if settings.zoom then check.above_zero(settings.zoom, "camera.new", "zoom") end
   local width, height = settings.width or graphics.width, settings.height or graphics.height
   local self = setmetatable({
      x = settings.x or width / 2, y = settings.y or height / 2,
      zoom = settings.zoom or 1, angle = settings.angle or 0,
      width = width, height = height,
      shake_x = 0, shake_y = 0, shake_strength = 0, shake_left = 0, shake_seconds = 1,
   }, Camera)
   self.previous_x, self.previous_y = self.x, self.y
   return self
end

-- ---- how it moves ---------------------------------------------------------------------------

-- How far the camera must go so that `wanted` is no farther from it than `slack`.
local function beyond(wanted, at, slack)
   local distance = wanted - at
   if distance > slack then return distance - slack end
   if distance < -slack then return distance + slack end
   return 0
end

local function come_after(self, dt)
   local target, zone = self.target, self.deadzone
   local share = self.stiffness and 1 - math.exp(-self.stiffness * dt) or 1
   self.x = self.x + beyond(target.x, self.x, zone and zone[1] / 2 or 0) * share
   self.y = self.y + beyond(target.y, self.y, zone and zone[2] / 2 or 0) * share
end

-- A world that is smaller than the view stands in its middle.
local function keep_between(at, low, size, view)
   if size <= view then return low + size / 2 end
   return math.max(low + view / 2, math.min(low + size - view / 2, at))
end

local function stay_in_bounds(self)
   local bounds = self.bounds
   if not bounds then return end
   self.x = keep_between(self.x, bounds[1], bounds[3], self.width / self.zoom)
   self.y = keep_between(self.y, bounds[2], bounds[4], self.height / self.zoom)
end

-- Chance is taken in updates alone, and only while it shakes: the same game shakes the same way.
local function update_shake(self, dt)
   self.shake_left = math.max(0, self.shake_left - dt)
   local strength = self:shaking()
   if strength > 0 then
      self.shake_x = math.floor(random.range(-strength, strength) + 0.5)
      self.shake_y = math.floor(random.range(-strength, strength) + 0.5)
   else
      self.shake_x, self.shake_y = 0, 0
   end
end

-- Where the world's origin is in the picture. Whole pixels, where the world is not turned: all that stands still in it
-- then moves by the same number of them.
local function origin(self, x, y)
   local cosine, sine = math.cos(self.angle), math.sin(self.angle)
   local left = self.width / 2 - self.zoom * (x * cosine + y * sine)
   local top = self.height / 2 - self.zoom * (y * cosine - x * sine)
   if self.angle ~= 0 then return left, top end
   return math.floor(left + 0.5), math.floor(top + 0.5)
end

-- ---- movement -------------------------------------------------------------------------------

--- Keeps something with an x and a y in view from here on; nothing any more without one.
---@param target {x: number, y: number}?
---@param settings? CameraFollowing
function Camera:follow(target, settings)
   if target ~= nil and type(target) ~= "userdata" then
      check.table(target, "camera:follow", "target")
      check.number(target.x, "camera:follow", "target.x")
      check.number(target.y, "camera:follow", "target.y")
   end
   check.options(settings, FOLLOWING, "camera:follow")
   settings = settings or {}
   self.target, self.stiffness = target, settings.stiffness
   self.deadzone, self.bounds = settings.deadzone, settings.bounds
end

--- Goes to a point at once, without passing what is between.
---@param x number
---@param y number
function Camera:jump(x, y)
   check.number(x, "camera:jump", "x")
   check.number(y, "camera:jump", "y")
   self.x, self.y = x, y
   stay_in_bounds(self)
   self.previous_x, self.previous_y = self.x, self.y
end

--- Shakes the view, less and less. While it is shaken a weaker shake changes nothing.
---@param strength number pixels of the picture at the start
---@param seconds number
function Camera:shake(strength, seconds)
   check.number(strength, "camera:shake", "strength")
   check.number(seconds, "camera:shake", "seconds")
   if not (seconds > 0) or strength < self:shaking() then return end
   self.shake_strength, self.shake_seconds, self.shake_left = strength, seconds, seconds
end

--- How far it is shaken at most now.
---@return number # pixels of the picture
function Camera:shaking()
   local left = self.shake_left / self.shake_seconds
   return self.shake_strength * left * left
end

--- Comes after what it follows, and shakes. A target that was destroyed is followed no longer.
---@param dt number seconds
function Camera:update(dt)
   check.number(dt, "camera:update", "dt")
   self.previous_x, self.previous_y = self.x, self.y
   if self.target and type(self.target) ~= "table" and not is_valid(self.target) then self.target = nil end
   if self.target then come_after(self, dt) end
   stay_in_bounds(self)
   if self.shake_left > 0 then update_shake(self, dt) end
end

-- ---- drawing --------------------------------------------------------------------------------

--- What is drawn from here on is seen by the camera.
---@param alpha number? how far between the last two updates, from 0 to 1; 1
function Camera:attach(alpha)
   local rest = 1 - (alpha or 1)
   local left, top = origin(self, self.x + (self.previous_x - self.x) * rest, self.y + (self.previous_y - self.y) * rest)
   graphics.push()
   graphics.translate(left + self.shake_x, top + self.shake_y)
   graphics.rotate(-self.angle)
   graphics.scale(self.zoom)
end

--- Ends what attach() began.
function Camera:detach() graphics.pop() end

--- Calls `f` with what is drawn seen by the camera.
---@param f fun(...)
---@param ... any for f
function Camera:draw(f, ...)
   check.call(f, "camera:draw", "f")
   self:attach()
   f(...)
   self:detach()
end

-- ---- points ---------------------------------------------------------------------------------

--- Where a point of the picture, such as the mouse's, is in the world. Shaking does not count.
---@param x number
---@param y number
---@return number x
---@return number y
function Camera:to_world(x, y)
   check.number(x, "camera:to_world", "x")
   check.number(y, "camera:to_world", "y")
   local left, top = origin(self, self.x, self.y)
   local cosine, sine = math.cos(self.angle), math.sin(self.angle)
   x, y = (x - left) / self.zoom, (y - top) / self.zoom
   return x * cosine - y * sine, y * cosine + x * sine
end

--- Where a point of the world is in the picture. Shaking does not count.
---@param x number
---@param y number
---@return number x
---@return number y
function Camera:to_screen(x, y)
   check.number(x, "camera:to_screen", "x")
   check.number(y, "camera:to_screen", "y")
   local left, top = origin(self, self.x, self.y)
   local cosine, sine = math.cos(self.angle), math.sin(self.angle)
   return left + self.zoom * (x * cosine + y * sine), top + self.zoom * (y * cosine - x * sine)
end

return camera
