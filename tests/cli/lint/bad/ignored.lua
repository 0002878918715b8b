local patch = require "patch"

count = 0 -- lint: ignore global
-- lint: ignore global
total = 0
-- lint: ignore state
other = 0

patch.after(native.Beast, "update", function(self)
   both, self.age = 1, 2 -- lint: ignore global, property
   score = count -- lint: ignore state
end)
