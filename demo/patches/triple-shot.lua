-- The rover fires three bolts at once, in a fan.
--
-- Try it: copy this file into the folder patch/, and keep the trigger pressed while you do.

local patch = require "patch"

patch.info { id = "triple-shot", version = 1, description = "Three bolts instead of one" }

local FAN = 0.14 -- radians between two bolts

patch.override(native.Rover, "fire", function(original, self)
   local aim = self.aim
   for bolt = -1, 1 do
      self.aim = aim + bolt * FAN
      original(self)
   end
   self.aim = aim
end)
