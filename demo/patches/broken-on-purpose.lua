-- A patch with a mistake, to see that it does no harm.
--
-- Every call of this override raises an error. Each time, the C code below it runs instead, so the
-- gun goes on firing; the log tells file and line. After eight errors Moonpatch takes the patch away
-- and says so.
--
-- Try it: copy this file into the folder patch/ and fire. Then repair the copy (write `rover` as
-- `self`) and save it: a file that was edited gets a fresh chance.

local patch = require "patch"

patch.info { id = "broken-on-purpose", version = 1, description = "Raises an error with every shot" }

patch.override(native.Rover, "fire", function(original, self)
   local rover = nil -- the mistake
   if rover.hp > 0 then original(self) end
end)
