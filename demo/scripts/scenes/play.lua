--- The game itself.

local attract = require "attract"
local autopilot = require "autopilot"
local controls = require "controls"
local effects = require "effects"
local happenings = require "happenings"
local hints = require "hints"
local hud = require "hud"
local scene = require "scene"
local session = require "session"
local sounds = require "sounds"
local surface = require "surface"

local play = {}

local world = native.world
local kind = native.EventKind

-- Big things make time stand still for a moment.
local stillness = 0
local impact = {
   on = {
      [kind.FALL] = function(_, _, _, size)
         if size > 14 then stillness = 0.06 end
      end,
      [kind.ROVER_DOWN] = function() stillness = 0.12 end,
   },
}

local LISTENERS = { session, effects, sounds, impact, hints }

function play.enter()
   effects.clear()
   hud.reset()
   stillness = 0
   hints.start()
   session.start(world)
   sounds.surface_music()
end

---@param dt number
function play.update(dt)
   if stillness > 0 then
      stillness = stillness - dt
      effects.update(dt, world)
      return
   end
   controls.drive(world.rover, world, dt)
   session.update(dt, world)
   world:step(dt)
   happenings.tell(world, LISTENERS)
   effects.update(dt, world)
   hud.update(dt, world)
   if not attract.active then hints.update(world.rover, dt) end
   if session.phase == "building" then
      scene.push(require "scenes.build")
   elseif session.phase == "won" then
      scene.push(require "scenes.victory")
   elseif session.phase == "lost" then
      scene.push(require "scenes.over")
   end
end

---@param alpha number
function play.draw(alpha)
   local is_covered = scene.current() ~= play
   surface.draw(world, is_covered and 1 or alpha) -- what is covered stands still
   hud.draw(world)
   if is_covered then return end
   surface.draw_mark()
   if not attract.active then hints.draw() end
end

---@param action string
function play.pressed(action)
   if action == "pause" then scene.push(require "scenes.pause") end
end

---@param has_focus boolean
function play.focus(has_focus)
   if not has_focus then scene.push(require "scenes.pause") end
end

function play.autoplay() autopilot.drive(world) end

return play
