-- Heats only below 17 degrees, whatever people want.
--
-- Copy it to patch/ while the thermostat runs, edit it there, delete it again.
local patch = require "patch"

patch.override(native.Room, "wants_heat", function(original, self)
   return self.temperature < 17 and original(self)
end)
