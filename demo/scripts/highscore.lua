--- The best score, kept from one run of the game to the next.

local storage = require "storage"

local highscore = {}

local NAME = "highscore"

local best ---@type integer?

--- The score that a kept text tells of; 0 for whatever is no score.
---@param kept string?
---@return integer
function highscore.parse(kept)
   local score = tonumber((kept or ""):match "^%d+%s*$")
   return score and score < 2 ^ 53 and score or 0
end

--- The best score so far; 0 before the first game.
---@return integer
function highscore.best()
   best = best or highscore.parse((storage.read(NAME)))
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
