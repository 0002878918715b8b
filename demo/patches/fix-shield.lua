-- Repairs the dome's shield.
--
-- The game ships with a bug: a hit drains the shield, and the hull loses the full amount as well, so
-- the shield protects nothing. The bug is in C (demo/src/dome.c, dome_damage); this file repairs it
-- while the game runs.
--
-- Try it: start a game and watch both bars fall when raiders hit the dome. Copy this file into the
-- folder patch/. From the next hit on, the hull is safe while the shield holds. Delete the copy, and
-- the bug is back.

local patch = require "patch"

patch.info { id = "fix-shield", version = 1, description = "The shield takes hits before the hull does" }

patch.override(native.Dome, "damage", function(original, self, amount)
   local absorbed = math.min(self.shield, amount)
   self.shield = self.shield - absorbed
   return original(self, amount - absorbed) -- only what went through the shield
end)
