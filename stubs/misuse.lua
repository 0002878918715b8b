---@meta misuse
-- What a library of scripts tells its callers with, by require "misuse"; scripts/library/check.lua is made of it. Patches do
-- not get it.

---@class misuse
local misuse = {}

--- Raises, blamed on the innermost line that is not the host's library's: on the game that called it.
---@param text string
function misuse.raise(text) end

--- ' (did you mean "left"?)', or which names there are, if few; or "".
---@param name any
---@param known string[]
---@return string
function misuse.suggest(name, known) end

return misuse
