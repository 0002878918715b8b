-- The game's state in another shape.
local patch = require "patch"
local game = require "game"

patch.migrate {
   up = function() game.scores = { VERSION, list = {} } end,
   down = function() game.scores = nil end,
}
