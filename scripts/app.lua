-- The program that the game runs in.

local app = {}

local quitting = false

--- Ends the program after this frame.
function app.quit() quitting = true end

--- Whether quit() was called.
---@return boolean
function app.is_quitting() return quitting end

return app
