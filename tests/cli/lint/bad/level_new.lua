local patch = require "patch"

patch.info { requires = { api = ">=3" } }

patch.before(native.Beast, "sleep", function(self) print(self) end)
