--- The best score, kept from one run of the game to the next.

local storage = require "storage"

local highscore = {}

local NAME = "highscore"

local best ---@type integer?

--- The best score so far; 0 before the first game.
---@return integer
function highscore.best()
   if not best then
      local kept = tonumber(storage.read(NAME) or "")
      local sound = kept and kept > 0 and kept < 2 ^ 53
      best = sound and math.floor(kept) or 0
   end
   return best
end

--- Takes note of a score; returns whether it is a new record.
---@param score integer
---@return boolean
function highscore.offer(score)
   if score <= highscore.best() then return false end
   best = score
   local ok, why = storage.write(NAME, ("%d"):format(score))
   if not ok then print("the high score is not kept: " .. why) end
   return true
end

return highscore
