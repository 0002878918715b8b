-- Every second bolt that hits a raider stuns it for a moment.
--
-- This adds something that the C code knows nothing of. `hits` and `stunned` are no members of the
-- struct Raider: they are fields that Lua attaches to this one raider, and they go when it goes.
--
-- Try it: copy this file into the folder patch/ and shoot at something big.

---@class Raider
---@field hits? integer     how often a bolt hit it
---@field stunned? number   seconds for which it still spins

local patch = require "patch"

patch.info { id = "stun-bolts", version = 1, description = "Every second hit stuns a raider" }

local SECONDS = 0.7
local SPIN = 6 -- radians a second

patch.after(native.Raider, "damage", function(self)
   self.hits = (self.hits or 0) + 1
   if self.hits % 2 == 0 then self.stunned = SECONDS end
end)

patch.override(native.Raider, "update", function(original, self, dt)
   local stunned = self.stunned or 0
   if stunned > 0 then
      self.stunned = stunned - dt
      self.angle = self.angle + SPIN * dt
   else
      original(self, dt)
   end
end)
