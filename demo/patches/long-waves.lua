-- Doubles the raiders of every wave.
--
-- Patches change Lua the same way as C: `balance` is one of the game's scripts
-- (demo/scripts/balance.lua).
--
-- Try it: copy this file into the folder patch/. It counts from the next wave on.

local patch = require "patch"
local balance = require "balance"

patch.info { id = "long-waves", version = 1, description = "Twice as many raiders" }

patch.override(balance, "budget", function(original, wave)
   return original(wave) * 2
end)
