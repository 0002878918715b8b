local patch = require "patch"
patch.override(native.Animl, "damge", 1)
x = string.rep("a", 3)
