--- Makes every sound effect and the music and saves them as Ogg Vorbis.

local effects = require "effects"
local encoder = require "encoder"
local loudness = require "loudness"
local music_surface = require "music_surface"
local music_title = require "music_title"

local sound = {}

local EFFECT_QUALITY, MUSIC_QUALITY = 4, 1.5

--- Makes the effects below `root`, the repository's folder.
function sound.make_effects(root, report)
   encoder.require_tool()
   for _, effect in ipairs(effects.list) do
      local name, level, make = effect[1], effect[2], effect[3]
      local path = ("%s/demo/assets/sounds/%s.ogg"):format(root, name)
      encoder.save(loudness.set(make(), level), path, EFFECT_QUALITY)
      report(path)
   end
end

--- Makes the music below `root`.
function sound.make_music(root, report)
   encoder.require_tool()
   for _, entry in ipairs { { "title", music_title }, { "surface", music_surface } } do
      local path = ("%s/demo/assets/music/%s.ogg"):format(root, entry[1])
      encoder.save(entry[2].make(), path, MUSIC_QUALITY)
      report(path)
   end
end

return sound
