--- Combos: raiders that fall and crystals that are taken in quick succession are worth more.

local combo = {}

--- Seconds until a combo is lost.
combo.PATIENCE = 2.2
--- So many good things in a row raise the factor by one.
combo.LENGTH = 6
--- The highest factor.
combo.LIMIT = 8

local count, left = 0, 0

--- Ends the combo.
function combo.reset() count, left = 0, 0 end

--- Something good happened.
function combo.add()
   count = math.min(count + 1, combo.LENGTH * (combo.LIMIT - 1))
   left = combo.PATIENCE
end

--- Lets `dt` seconds pass.
---@param dt number
function combo.update(dt)
   left = left - dt
   if left <= 0 then combo.reset() end
end

--- What points are multiplied with.
---@return integer
function combo.factor() return 1 + math.floor(count / combo.LENGTH) end

--- How much of the patience is left, from 0 to 1.
---@return number
function combo.left() return math.max(0, left / combo.PATIENCE) end

return combo
