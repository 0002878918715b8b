-- The ship falls slowly.
--
-- Try it: copy this file into the folder patch/ while the game runs. Change the number, save it; delete
-- the copy, and the C code is back.

local patch = require "patch"

patch.info { id = "feather", version = 1, description = "A third of the gravity" }

-- `original` is what the function was before: the C code, or another patch below this one.
patch.override(native.Lander, "gravity", function(original, self)
   return original(self) / 3
end)
