-- A bundle with a module of its own, on top of half.lua; it listens, waits and is called by C.
local patch = require "patch"
local extra = require "extra"
local heard = 0

patch.info { id = "strong", version = VERSION }
native.toys.tidied:connect(function() heard = heard + 1 end)
coroutine.wrap(function() while true do native.toys.tidied:wait() heard = heard + 1 end end)()
patch.override(native.Animal, "damage", function(original, self, amount) return original(self, amount * extra.factor) end)
patch.before(native.Caller, "tell", function(self) self:listen(function(what) heard = heard + #what end) end)
