local patch = require "patch"

patch.override(native.Beast, "update", function(original, self, step) self.weight = self.weight + step end)
patch.override(native.Beast, "walk", function() print "it walks" end)

-- Nothing is wrong with these: they take the function's place on purpose.
patch.override(native.Beast, "update", function() end)
patch.override(native.Beast, "update", function(_, self, step) self.weight = self.weight + step end)
patch.override(native.Beast, "hurt", function(original, self) return self.age end)
patch.override(native.Beast, "walk", function(...) print(...) end)
patch.override(native.Beast, "walk", function(original, self, to)
   if self.hungry then pcall(original, self, to) end
end)
