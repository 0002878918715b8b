---@meta inspector
-- What the game's own scripts get by require "inspector", and patches do not. See docs/security.md.

---@class inspector
local inspector = {}

--- Runs a line, which may be an expression, in the game's environment. Returns true and its results, or false
--- and why not. Raises when a patch is the one that asks.
---@param text string
---@return boolean ok
---@return any ...
function inspector.evaluate(text) end

--- The names that something has, sorted: members of an object, functions of a class, keys of a table.
---@param content any
---@return string[]
function inspector.names(content) end

--- What a name means in a line; nil: nothing.
---@param name string
---@return any
function inspector.look(name) end

--- The names that a line sees, sorted.
---@return string[]
function inspector.globals() end

---@class InspectedPatch
---@field file string
---@field id string
---@field state "staged"|"trial"|"active"|"quarantined"|"refused"|"removed"
---@field cause string?
---@field version number?
---@field overrides string[]
---@field calls number
---@field errors integer
---@field in_effect boolean
---@field has_good boolean whether there is an earlier version to go back to

--- All patches that there were.
---@return InspectedPatch[]
function inspector.patches() end

--- Takes the patch of a file away before the next frame; its last good version comes back, if there is one.
---@param file string
---@return boolean was_in_effect
function inspector.take_back(file) end

return inspector
