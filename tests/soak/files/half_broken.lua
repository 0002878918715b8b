-- An edit with a misspelt name: refused, and the version before stays.
local patch = require "patch"
patch.override(native.Animal, "heal", function() end)
patch.override(native.Animal, "damge", function() end)
