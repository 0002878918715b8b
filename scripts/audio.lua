-- Sounds and music.
--
--   audio.play "sounds/shoot.ogg"
--   audio.music("music/title.ogg", 0.6)

local asset = require "asset"
local check = require "library.check"

local source = native.audio

local audio = {}

--- Loads a sound from assets/; the same path gives the same sound.
---@type fun(path: string): Sound
audio.sound = asset("audio.sound", function(path) return source:load_sound(path) end)

--- Plays a sound, by its path or as loaded.
---@param sound string|Sound
---@param volume number? from 0 to 1; 1
---@param pan number? from -1, left, to 1, right; 0
function audio.play(sound, volume, pan)
   if type(sound) == "string" then
      sound = audio.sound(sound)
   elseif not native.Sound.is(sound) then
      check.expected(sound, "audio.play", "sound", "sound or its path")
   end
   source:play(sound, volume or 1, pan or 0)
end

--- Plays music from assets/ instead of what is playing.
---@param path string
---@param volume number? from 0 to 1; 1
---@param loop boolean? true
function audio.music(path, volume, loop)
   check.string(path, "audio.music", "path")
   local ok, why = source:play_music("assets/" .. path, volume or 1, loop ~= false)
   if not ok then check.fail("audio.music: %s", why) end
end

--- Ends the music.
function audio.stop_music() source:stop_music() end

return audio
