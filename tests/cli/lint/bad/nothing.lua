local patch = require "patch"
patch.info { id = "nothing" }
local x = math.min(1, 2)
