-- Small texts that last from one run to the next, in the player's own folder.

local files = native.storage

local storage = {}

--- The text kept under `name`; nil and why if there is none.
---@param name string letters, digits, ".", "_" and "-"
---@return string? text
---@return string? why
function storage.read(name) return files:read(name) end

--- Keeps `text` under `name`; nil and why if that fails.
---@param name string
---@param text string
---@return boolean? ok
---@return string? why
function storage.write(name, text) return files:write(name, text) end

return storage
