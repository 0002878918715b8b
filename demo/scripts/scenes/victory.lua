--- The mothership is down: the game is won. Who wants goes on.

local autopilot = require "autopilot"
local controls = require "controls"
local effects = require "effects"
local menu = require "menu"
local palette = require "palette"
local particles = require "effects.particles"
local random = require "random"
local scene = require "scene"
local session = require "session"
local sounds = require "sounds"
local text = require "text"
local widgets = require "widgets"

local victory = {}

local world = native.world

local DEAF = 1.2 -- seconds: who still fires chooses nothing by accident
local ROCKET_PAUSE = 0.35
local COLORS = { palette.straw, palette.cyan, palette.lime, palette.lavender, palette.coral }

local time, next_rocket = 0, 0

local function go_on()
   scene.pop()
   session.go_on()
end

local function finish()
   session.finish()
   scene.switch(require "scenes.over", true)
end

local items = menu.new(320, 232, {
   { "FIGHT ON", go_on },
   { "REST ON THE LAURELS", finish },
})

function victory.enter()
   time, next_rocket = 0, 0
   items:reset()
   sounds.victory()
end

local function light_firework()
   if time < next_rocket then return end
   next_rocket = time + ROCKET_PAUSE
   particles.burst(random.range(60, 580), random.range(60, 200), 40, 170, COLORS[random.integer(1, #COLORS)])
end

---@param dt number
function victory.update(dt)
   time = time + dt
   light_firework()
   effects.update(dt, world)
   items:update(dt, controls)
end

function victory.draw()
   local shown = math.min(1, time * 2)
   widgets.dim(0.35 * shown)
   effects.draw(1)
   text.large("THE MOON IS YOURS", 320, 84, "center", palette.straw, shown, 2)
   text.small("The mothership is down, and the dome stands.", 320, 136, "center", palette.cream, shown)
   text.large(text.number(session.score), 320, 160, "center", palette.lime, shown, 2)
   if time > DEAF then
      widgets.panel(210, 222, 220, 54)
      items:draw()
   end
end

---@param action string
function victory.pressed(action)
   if time > DEAF then items:pressed(action) end
end

function victory.autoplay()
   if time > DEAF + 1.5 then autopilot.press "confirm" end
end

return victory
