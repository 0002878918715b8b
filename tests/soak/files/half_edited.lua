-- The next version of half.lua, with other overrides.
local patch = require "patch"

patch.info { id = "half", version = VERSION }
patch.override(native.Animal, "damage", function(original, self, amount) return original(self, amount - 6) end)
patch.override(native.Animal, "shout", function() return "VERSION VERSION" end)
patch.after(native.Kite, "new", function(kite) kite.length = kite.length + 1 end)
