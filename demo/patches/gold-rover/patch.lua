-- A bundle: a patch with its own scripts and pictures.
--
-- The pictures in assets/ take the place of the game's pictures of the same name; scripts/ holds
-- modules that only this patch sees. Crystals are worth more to a golden rover.
--
-- Try it: copy gold-rover.zip into the folder patch/. The rover turns to gold at once.

local patch = require "patch"
local carat = require "carat"

patch.info { id = "gold-rover", version = 1, description = "A golden rover: crystals are worth twice as much" }

patch.override(native.Crystal, "value", function(original, self)
   return carat.refine(original(self))
end)
