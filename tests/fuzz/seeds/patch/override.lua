local patch = require "patch"
patch.info { id = "half", version = 2, author = "a", description = "b" }
patch.override(native.Animal, "damage", function(original, self, amount)
   return original(self, math.floor(amount / 2))
end)
