local patch = require "patch"

patch.override(native.Beast, "hurt", function(self, amount) return self.age - amount end)
patch.override(native.Beast, "hurt", function(original, self, amount, kind, more)
   return original(self, amount) + (kind or more)
end)
patch.after(native.Beast, "hurt", function(original, self) print(original, self) end)
patch.before(native.garden, "size", function(width, height, depth) print(width, height, depth) end)
patch.override(native.yard, "count", function(original, self) return original(self) end)
patch.override(native.Yard, "count", function(original, self, what) return original(self) + what end)

patch.override(native.Beast, "hurt", function(original, ...) return original(...) end)
patch.override(native.Beast, "hurt", function(original) return original and 1 or 2 end)
