local patch = require "patch"
local timer = require "timer"

patch.override(native.Beast, "update", function(original, self, step)
   wait(1)
   coroutine.yield()
   original(self, step)
   timer.run(function() wait(1) end)
end)

local function wait_a_little() end

patch.after(native.Beast, "update", function() wait_a_little() end)
