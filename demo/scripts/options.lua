--- What the player may set, and what the game remembers of the player. Kept from one run to the next.

local audio = native.audio
local graphics = native.graphics
local settings = require "settings"

local options = {}

--- Steps of the loudness settings.
options.LOUDEST = 10

--- Declares the settings and lets them take effect, now and whenever they change.
function options.load()
   for _, name in ipairs { "music", "effects" } do
      settings.declare(name, { default = options.LOUDEST, min = 0, max = options.LOUDEST, integer = true })
   end
   settings.declare("shake", { default = true })
   settings.declare("fullscreen", { default = false })
   settings.declare("taught", { default = false }) -- has seen the hints of the first wave
   settings.declare("initials", { default = "AAA" })
   local function apply_music(steps) audio.music_volume = steps / options.LOUDEST end
   local function apply_effects(steps) audio.effects_volume = steps / options.LOUDEST end
   local function apply_fullscreen(on) graphics.fullscreen = on end
   settings.on("music", apply_music)
   settings.on("effects", apply_effects)
   settings.on("fullscreen", apply_fullscreen)
   apply_music(settings.get "music")
   apply_effects(settings.get "effects")
   if settings.get "fullscreen" then apply_fullscreen(true) end
end

return options
