--- Attract mode: when nobody comes to the title for a while, the autopilot shows the game. Any key, click or
--- button ends it. Nothing of it counts.

local autopilot = require "autopilot"
local graphics = require "graphics"
local palette = require "palette"
local scene = require "scene"
local text = require "text"

local attract = {}

local LENGTH = 60 -- seconds

--- Whether it is under way.
attract.active = false

local time = 0

local function send(action) scene.event("pressed", action) end

--- Starts a game that the autopilot plays.
function attract.start()
   attract.active, time = true, 0
   autopilot.send = send
   scene.switch(require "scenes.play", { transition = "fade", seconds = 0.8 })
end

--- Takes note that the title is back.
function attract.reset()
   attract.active = false
   autopilot.send = nil
end

--- Back to the title.
function attract.stop() scene.switch(require "scenes.title", true) end

--- Lets `dt` seconds pass.
---@param dt number
function attract.update(dt)
   if not attract.active then return end
   time = time + dt
   if time > LENGTH then
      attract.stop()
   else
      scene.event("autoplay", dt)
   end
end

function attract.draw()
   if not attract.active then return end
   local ink = palette.ink
   graphics.color(ink[1], ink[2], ink[3], 0.6)
   graphics.rectangle("fill", 0, 332, graphics.width, 28)
   graphics.color(1, 1, 1)
   if time % 1.1 < 0.75 then text.small("DEMO - PRESS ANY KEY", 320, 340, "center", palette.straw) end
end

return attract
