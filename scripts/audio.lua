-- Sounds and music.
--
--   audio.play "sounds/shoot.ogg"
--   audio.music("music/title.ogg", 0.6)

local source = native.audio

local audio = {}

local sounds = {} ---@type table<string, Sound>

--- Loads a sound from assets/; the same path gives the same sound.
---@param path string
---@return Sound
function audio.sound(path)
   local sound = sounds[path]
   if not sound then
      local why
      sound, why = source:load_sound("assets/" .. path)
      if not sound then error(why, 2) end
      sounds[path] = sound
   end
   return sound
end

--- Plays a sound, by its path or as loaded.
---@param sound string|Sound
---@param volume number? from 0 to 1; 1
---@param pan number? from -1, left, to 1, right; 0
function audio.play(sound, volume, pan)
   if type(sound) == "string" then sound = sounds[sound] or audio.sound(sound) end
   source:play(sound, volume or 1, pan or 0)
end

--- Plays music from assets/ instead of what is playing.
---@param path string
---@param volume number? from 0 to 1; 1
---@param loop boolean? true
function audio.music(path, volume, loop)
   local ok, why = source:play_music("assets/" .. path, volume or 1, loop ~= false)
   if not ok then error(why, 2) end
end

--- Ends the music.
function audio.stop_music() source:stop_music() end

return audio
