--- What gold is worth.

local carat = {}

local FACTOR = 2

--- The value of a crystal in gold.
---@param value integer
---@return integer
function carat.refine(value) return value * FACTOR end

return carat
