--- The pause: the game stands still behind it.

local autopilot = require "autopilot"
local dialog = require "dialog"
local menu = require "menu"
local palette = require "palette"
local patches = require "patches"
local scene = require "scene"
local sounds = require "sounds"
local text = require "text"

local items = menu.new(320, 150, {
   { "RESUME", function() scene.pop() end },
   { "SETTINGS", function() scene.push(require "scenes.settings") end },
   { "START AGAIN", function() scene.switch(require "scenes.play") end },
   { "TO THE TITLE", function() scene.switch(require "scenes.title") end },
})

local pause = dialog.new {
   title = "PAUSED", title_y = 116, dim = 0.55, panel = { 220, 104, 200, 134 }, items = items,
   enter = function() sounds.select() end,
   draw = function() text.small(patches.words(), 320, 246, "center", palette.lime) end,
}

function pause.autoplay() autopilot.press "pause" end

return pause
