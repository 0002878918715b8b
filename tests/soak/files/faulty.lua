-- Fails in every call until it is quarantined; C goes on.
local patch = require "patch"
patch.override(native.Animal, "heal", function(original, self)
   original(self)
   error { "VERSION" }
end)
