local patch = require "patch"

patch.override(native.Beast, "hurt", function(original, self)
   if self.age > 3 the return original(self) end
end)
