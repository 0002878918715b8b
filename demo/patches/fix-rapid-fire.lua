-- Makes the upgrade "rapid fire" fire rapidly.
--
-- The game ships with a bug: each level of the upgrade should divide the time that the gun loads by
-- 1.35, but multiplies it. The bug is in C (demo/src/rover.c, rover_reload_time).
--
-- Try it: take the upgrade once and listen to the gun getting slower. Copy this file into the folder
-- patch/: the gun is fast at once.

local patch = require "patch"

patch.info { id = "fix-rapid-fire", version = 1, description = "Rapid fire is faster instead of slower" }

local QUICKER = 1.35

patch.override(native.Rover, "reload_time", function(original, self)
   -- Dividing twice takes back what the C code multiplied with, and then does what it should do.
   return original(self) / QUICKER ^ (2 * self.rapid)
end)
