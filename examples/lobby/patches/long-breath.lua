-- Digging costs half the oxygen: a rule, changed while matches are played.
local patch = require "patch"
local match = require "match"
local rules = require "rules"

patch.info { id = "long-breath", version = 1, description = "digging costs half the oxygen" }

patch.override(rules, "dig_cost", function(original) return original() / 2 end)

patch.test("a crystal costs a quarter of a second", function()
   local played = match.new()
   local before = played.oxygen
   assert(played:dig())
   assert(before - played.oxygen == 0.25)
end)
