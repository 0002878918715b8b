local patch = require "patch"
patch.override(native.Animal, "sum", function(o, s, ...) return select("#", ...) end)
patch.override(native.Lion, "roar", function(original, self) return original(self) end)
patch.before(native.Animal, "heal", function(s) s.home = { x = 1, y = 2 }; s:rename("") end)
