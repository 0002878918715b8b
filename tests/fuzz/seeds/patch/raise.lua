local patch = require "patch"
patch.override(native.Animal, "damage", function() error { code = 1 } end)
patch.override(native.Animal, "get speed", function() return 0 / 0 end)
