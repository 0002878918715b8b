--- Settings: loudness, shaking, the whole screen; and the way to the key bindings.

local dialog = require "dialog"
local menu = require "menu"
local options = require "options"
local scene = require "scene"
local settings = require "settings"
local sounds = require "sounds"

local function loudness(words, name)
   local function change(step)
      settings.set(name, math.max(0, math.min(options.LOUDEST, settings.get(name) + step)))
      sounds.select()
   end
   local function turn() change(settings.get(name) == options.LOUDEST and -options.LOUDEST or 1) end
   return { words, turn, change = change, value = function() return settings.get(name) / options.LOUDEST end }
end

local function switch(words, name, is_on)
   is_on = is_on or function() return settings.get(name) end
   local function turn()
      settings.set(name, not is_on())
      sounds.select()
   end
   return { words, turn, change = turn, value = function() return is_on() and "ON" or "OFF" end }
end

local function fullscreen() return native.graphics.fullscreen end

local function forget_hints()
   settings.set("taught", false)
   sounds.upgrade()
end

local items = menu.new(320, 126, {
   loudness("MUSIC", "music"),
   loudness("SOUNDS", "effects"),
   switch("SCREEN SHAKE", "shake"),
   switch("FULLSCREEN", "fullscreen", fullscreen),
   { "CONTROLS", function() scene.push(require "scenes.bindings") end },
   { "SHOW HINTS AGAIN", forget_hints },
   { "BACK", function() scene.pop() end },
})

return dialog.new {
   title = "SETTINGS", title_y = 88, dim = 0.6, panel = { 190, 74, 260, 220 }, items = items,
}
