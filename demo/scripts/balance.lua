--- The numbers that make the game easy or hard and are no business of a single module.

local balance = {}

--- What a wave may spend on raiders; see COST.
---@param wave integer from 1
---@return integer
function balance.budget(wave) return 6 + 4 * wave + math.floor(wave * wave / 2) end

--- The last wave, which the mothership leads. Who wants goes on after it, and meets it every ten waves.
balance.LAST_WAVE = 10

--- What multiplies the hit points of raiders.
---@param wave integer from 1
---@return number
function balance.toughness(wave) return 1 + 0.08 * (wave - 1) end

--- Seconds between two groups of raiders.
---@param wave integer from 1
---@return number
function balance.pause(wave) return math.max(1, 3.4 - 0.2 * wave) end

--- Points for having survived a wave.
---@param wave integer from 1
---@return integer
function balance.wave_bonus(wave) return 100 * wave end

--- Further points when the hull was not touched.
---@param wave integer from 1
---@return integer
function balance.untouched_bonus(wave) return 150 + 50 * wave end

--- Points for a crystal of value 1.
balance.CRYSTAL_POINTS = 5

return balance
