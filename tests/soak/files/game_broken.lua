-- An edit of the game that fails while it is loaded.
local game = { bonus = function() return 99 end }
native.toys.tidied:connect(function() end)
error "not yet"
return game
