--- The pause: the game stands still behind it.

local autopilot = require "autopilot"
local controls = require "controls"
local menu = require "menu"
local palette = require "palette"
local patches = require "patches"
local scene = require "scene"
local sounds = require "sounds"
local text = require "text"
local widgets = require "widgets"

local pause = {}

local items = menu.new(320, 150, {
   { "RESUME", function() scene.pop() end },
   { "SETTINGS", function() scene.push(require "scenes.settings") end },
   { "START AGAIN", function() scene.switch(require "scenes.play") end },
   { "TO THE TITLE", function() scene.switch(require "scenes.title") end },
})

function pause.enter()
   items:reset()
   sounds.select()
end

---@param dt number
function pause.update(dt) items:update(dt, controls) end

function pause.draw()
   widgets.dim(0.55)
   widgets.panel(220, 104, 200, 134)
   text.large("PAUSED", 320, 116, "center", palette.straw)
   items:draw()
   text.small(patches.words(), 320, 246, "center", palette.lime)
end

---@param action string
function pause.pressed(action)
   if action == "pause" or action == "back" then
      scene.pop()
   else
      items:pressed(action)
   end
end

function pause.autoplay() autopilot.press "pause" end

return pause
