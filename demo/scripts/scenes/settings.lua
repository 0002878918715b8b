--- Settings: loudness, shaking, the whole screen; and the way to the key bindings.

local controls = require "controls"
local menu = require "menu"
local options = require "options"
local palette = require "palette"
local scene = require "scene"
local settings = require "settings"
local sounds = require "sounds"
local text = require "text"
local widgets = require "widgets"

local screen = {}

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

function screen.enter() items:reset() end

---@param dt number
function screen.update(dt) items:update(dt, controls) end

function screen.draw()
   widgets.dim(0.6)
   widgets.panel(190, 74, 260, 220)
   text.large("SETTINGS", 320, 88, "center", palette.straw)
   items:draw()
end

---@param action string
function screen.pressed(action)
   if action == "pause" or action == "back" then
      scene.pop()
   else
      items:pressed(action)
   end
end

function screen.autoplay() scene.pop() end

return screen
