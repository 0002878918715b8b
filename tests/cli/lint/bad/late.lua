local patch = require "patch"

local function later() patch.before(native.Beast, "hurt", print) end

patch.after(native.Beast, "update", function(self)
   patch.override(native.Beast, "hurt", function(original, ...) return original(...) end)
   self.todo = function() patch.info {} end
end)

later()
