-- What can be argued about: numbers and small decisions, all in one place, because this is what
-- patches change.

local rules = {}

rules.longest_name = 16
rules.oxygen = 60 -- seconds that a match lasts

--- Whether these players, who are all there are in a room, can start a match.
---@param players Player[]
---@return boolean
function rules.can_start(players)
   for _, player in ipairs(players) do
      if not player.ready then return false end
   end
   return #players >= 2
end

--- What it costs to dig out a crystal, seconds of oxygen.
---@return number
function rules.dig_cost() return 0.5 end

--- A player's name, as others see it.
---@param player Player
---@return string
function rules.badge(player) return player.name end

--- What a player said, as others see it.
---@param text string
---@return string
function rules.wording(text) return text end

return rules
