-- Changes what is said in two places: a message that has one tag without the other was handled by
-- two versions.
local patch = require "patch"
local rules = require "rules"

patch.override(rules, "badge", function(original, player) return original(player) .. "+" end)
patch.override(rules, "wording", function(original, text) return original(text) .. "+" end)
