-- Half the damage; and one override of every other kind.
local patch = require "patch"
local game = require "game"
local calls = 0

patch.info { id = "half", version = VERSION }
patch.override(native.Animal, "damage", function(original, self, amount)
   calls = calls + 1
   self.bruise = { calls, amount }
   return original(self, math.floor(amount / 2))
end)
patch.override(native.Animal, "distance", function(original, self, to) return original(self, to) + 1 end)
patch.override(native.Animal, "get speed", function(original, self) return original(self) * 2 end)
patch.override(native.Animal, "shout", function(original, self, whom) return original(self, whom .. calls) end)
patch.override(native.Ball, "rolled_away", function(original, self, times, direction) original(self, times + 1, direction) end)
patch.after(native.Ball, "new", function(ball) ball.bounces = true end)
patch.before(native.Ball, "destroy", function(ball) ball.owner = nil end)
patch.before(game, "extra", function() calls = calls + 1 end)
patch.test("a hit hurts less", function() assert(native.leo:damage(0) <= 100) end)
