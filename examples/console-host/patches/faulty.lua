-- Fails at every call: there is no such sensor. The C code then answers instead, the log says why,
-- and after eight times the patch is taken away. The thermostat goes on.
local patch = require "patch"

patch.override(native.Room, "wants_heat", function(original, self)
   return self.sensor.value < 20
end)
