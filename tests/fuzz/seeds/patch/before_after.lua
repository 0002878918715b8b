local patch = require "patch"
patch.before(native.Animal, "damage", function(self, amount) self.x = amount end)
patch.after(native.Animal, "heal", function(self) self.mood = "ANGRY" end)
