-- Makes raiders slower and weaker: for children, and for those who only want to look around.
--
-- Try it: copy this file into the folder patch/ while a wave comes. Edit the two numbers in the copy
-- and save it: raiders change at once, those that are already on their way too.

local patch = require "patch"

patch.info { id = "gentle-raiders", version = 1, description = "Raiders are slower and hit less hard" }

local SPEED = 0.6
local STRENGTH = 0.5

-- `original` is what the function was before: the C code, or another patch below this one.
patch.override(native.Raider, "speed", function(original, self)
   return original(self) * SPEED
end)

patch.override(native.Raider, "strength", function(original, self)
   return original(self) * STRENGTH
end)
