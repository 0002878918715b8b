--- The dome has fallen: what it came to.

local autopilot = require "autopilot"
local blasts = require "effects.blasts"
local effects = require "effects"
local happenings = require "happenings"
local highscore = require "highscore"
local hud = require "hud"
local palette = require "palette"
local random = require "random"
local scene = require "scene"
local session = require "session"
local sounds = require "sounds"
local text = require "text"
local widgets = require "widgets"

local over = {}

local world = native.world

local PATIENCE = 2 -- seconds until a key leads on
local SLOWNESS = 0.35
local BURNING, BLAST_PAUSE = 1.8, 0.17 -- seconds

local time, next_blast, is_record = 0, 0, false
local listeners = { effects, sounds }

function over.enter()
   time, next_blast = 0, 0.3
   is_record = highscore.offer(session.score)
   sounds.game_over()
end

--- The dome burns for a while.
local function burn()
   if time < next_blast or time > BURNING then return end
   next_blast = next_blast + BLAST_PAUSE
   local dome, angle, distance = world.dome, random.range(0, 6.2832), random.range(4, 34)
   blasts.add(dome.x + math.cos(angle) * distance, dome.y + math.sin(angle) * distance, random.range(8, 16))
end

---@param dt number
function over.update(dt)
   time = time + dt
   burn()
   local rover = world.rover
   rover.drive_x, rover.drive_y, rover.trigger, rover.boost = 0, 0, false, false
   world:step(dt * SLOWNESS)
   happenings.tell(world, listeners)
   effects.update(dt, world)
   hud.update(dt, world)
end

function over.draw()
   local shown = math.max(0, math.min(1, (time - 1.2) * 2))
   if shown == 0 then return end
   widgets.dim(0.6 * shown)
   text.large("THE DOME HAS FALLEN", 320, 92, "center", palette.coral, shown)
   text.large(text.number(session.score), 320, 130, "center", palette.straw, shown, 2)
   text.small(("Wave %d"):format(session.wave), 320, 182, "center", palette.cream, shown)
   if is_record then
      if time % 0.8 < 0.55 then text.large("NEW RECORD", 320, 204, "center", palette.lime, shown) end
   else
      text.small("Best " .. text.number(highscore.best()), 320, 204, "center", palette.amber, shown)
   end
   if time > PATIENCE and time % 1.1 < 0.75 then
      text.small("Press SPACE or click", 320, 244, "center", palette.cream)
   end
end

---@param action string
function over.pressed(action)
   if time < PATIENCE then return end
   if action == "confirm" or action == "back" then
      sounds.confirm()
      scene.switch(require "scenes.title")
   end
end

function over.autoplay()
   if time > PATIENCE + 1 then autopilot.press "confirm" end
end

return over
