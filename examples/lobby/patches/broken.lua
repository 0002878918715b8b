-- A mistake that no test finds: it raises as soon as somebody talks. Everybody is heard all the
-- same, and after eight errors the server takes the patch away.
local patch = require "patch"
local rules = require "rules"

patch.info { id = "broken", version = 1 }

patch.override(rules, "wording", function(original, text) return original(text:without_swearing()) end)
