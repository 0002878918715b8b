local patch = require "patch"

local NAME = "hutr"

local function quiet(original, self, ...) return original(self, ...) end

patch.override(native.Beats, "hurt", quiet)
patch.override(native.Beast, "hutr", quiet)
patch.override(native.Beast, NAME, quiet)
patch.override(native.Dog, "hurt", quiet)
patch.override(native.Dog, "get hungry", quiet)
patch.override(native.Beast, "hungry", quiet)
patch.override(native.Beast, "weight", quiet)
patch.override(native.garden, "sise", quiet)
patch.override(native.Dog, "new", quiet)
patch.after(native.Dog, "destroy", print)
patch.override(native, "hurt", quiet)
patch.override("Beast", "hurt", quiet)
patch.override(nil, "hurt", quiet)
patch.override(native.Mood, "hurt", quiet)
patch.override(patch, "override", quiet)
patch.override(native.Beast, "hurt")
patch.override(native.Beast, "hurt", 3)
patch:override(native.Beast, "hurt", quiet)

-- Nothing is wrong with these.
patch.override(native.Beast, "get hungry", function() return true end)
patch.override(native.Beast, "called", function(original, self, name) original(self, name) end)
patch.override(native.garden, "size", function(original, width, height) return original(height, width) end)
patch.after(native.Dog, "new", function(self) self.nose = 3 end)
patch.before(native.Dog, "destroy", function(self) print(self.nose) end)
for _, name in ipairs { "hurt", "walk" } do patch.before(native.Beast, name, function(self) print(self) end) end
