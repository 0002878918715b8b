-- All updates of Moonbase's raiders, bullets and crystals, in Lua.

local patch = require "patch"

local DOME_X, DOME_Y, SPEED = 320, 200, 45

patch.override(native.Raider, "update", function(_, self, dt)
   local x, y = self.x, self.y
   local dx, dy = DOME_X - x, DOME_Y - y
   local distance = math.sqrt(dx * dx + dy * dy) + 1
   local rate = math.min(1, 3 * dt)
   local velocity_x, velocity_y = self.velocity_x, self.velocity_y
   velocity_x = velocity_x + (dx / distance * SPEED - velocity_x) * rate
   velocity_y = velocity_y + (dy / distance * SPEED - velocity_y) * rate
   self.velocity_x, self.velocity_y = velocity_x, velocity_y
   self.x, self.y = x + velocity_x * dt, y + velocity_y * dt
   self.angle = math.atan2(velocity_y, velocity_x)
end)

patch.override(native.Bullet, "update", function(_, self, dt)
   local x, y = self.x + self.velocity_x * dt, self.y + self.velocity_y * dt
   self.x, self.y = x, y
   if x < 0 or x > 640 or y < 0 or y > 360 then self:remove() end
end)

patch.override(native.Crystal, "update", function(_, self, dt)
   self.velocity_x, self.velocity_y = self.velocity_x * (1 - dt), self.velocity_y * (1 - dt)
   self.x, self.y = self.x + self.velocity_x * dt, self.y + self.velocity_y * dt
end)
