-- Planets of the example before this one, on other ways. Copy this file into its folder patch/ while it
-- runs, change a number, save it, and delete the copy.

local patch = require "patch"

patch.info { id = "flowers", version = 1, description = "Planets fly in flowers" }

local PETALS, DEPTH = 6, 0.22

-- Instead of the C function, for callers in C alike. `original` is that function.
patch.override(native.Planet, "speed", function(original, self)
   return original(self) * 1.5
end)

-- Before the C function and after it, which runs all the same.
patch.before(native.Planet, "step", function(self)
   self.middle = self.middle or self.distance
   self.distance = self.middle * (1 + DEPTH * math.sin(PETALS * self.angle))
end)

patch.after(native.Planet, "step", function(self) self.distance = self.middle end)
