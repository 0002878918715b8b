local patch = require "patch"
patch.info { id = "tested", requires = { api = ">=1" }, conflicts = { "other" }, on_error = "default" }
patch.override(native.Animal, "damage", function(original, self, amount) return original(self, amount) end)
patch.test("it hits", function() assert(native.subject:damage(1) == 49) end)
