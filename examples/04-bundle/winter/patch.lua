-- Winter: assets/tree.png takes the place of the game's own, and this changes the weather. Pack it into the
-- folder of patches while the game runs, and delete it there:
--
--   moonpatch pack winter -o patch/winter.zip

local patch = require "patch"
local snow = require "snow" -- scripts/snow.lua, which only this bundle sees
local weather = require "weather"

patch.info { id = "winter", version = 1, description = "Snow" }

patch.override(weather, "sky", function() return { 0.55, 0.62, 0.72 } end)
patch.override(weather, "ground", function() return { 0.9, 0.93, 0.97 } end)
patch.after(weather, "update", snow.update)
patch.after(weather, "draw", snow.draw)
