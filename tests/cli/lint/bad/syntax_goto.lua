local patch = require "patch"
patch.before(native.Beast, "hurt", function() goto done; local x = 1 ::done:: print(x) end)
