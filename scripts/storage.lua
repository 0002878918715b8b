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

--- Whether there is something under `name`, readable or not.
---@param name string
---@return boolean
function storage.exists(name) return files:exists(name) end

--- Keeps what is under `name` under `other` instead, in place of what was there.
---@param name string
---@param other string
---@return boolean? ok
---@return string? why
function storage.rename(name, other) return files:rename(name, other) end

return storage
