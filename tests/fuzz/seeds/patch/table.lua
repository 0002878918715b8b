local patch = require "patch"
patch.override(require "test", "damage", function(original) return original() + 1 end)
