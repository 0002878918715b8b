--- The game is over, because the dome has fallen or because the player won: what it came to, and three
--- letters for the table of scores.

local attract = require "attract"
local autopilot = require "autopilot"
local blasts = require "effects.blasts"
local effects = require "effects"
local happenings = require "happenings"
local highscore = require "highscore"
local hud = require "hud"
local initials = require "initials"
local palette = require "palette"
local random = require "random"
local scene = require "scene"
local session = require "session"
local sounds = require "sounds"
local surface = require "surface"
local text = require "text"
local widgets = require "widgets"

local over = {}

local world = native.world

local PATIENCE = 2 -- seconds until a key leads on
local SLOWNESS = 0.35
local BURNING, BLAST_PAUSE = 1.8, 0.17 -- seconds

local time, next_blast, place, is_won = 0, 0, nil, false ---@type number, number, integer?, boolean
local listeners = { effects, sounds }

--- `won`: the dome stands.
---@param won boolean?
function over.enter(won)
   time, next_blast, is_won = 0, 0.3, won == true
   place = not attract.active and highscore.place(session.score) or nil
   initials.start()
   if not is_won then sounds.game_over() end
end

--- The dome burns for a while.
local function burn()
   if is_won or time < next_blast or time > BURNING then return end
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
   initials.update(dt)
end

local function draw_record(shown)
   if time % 0.8 < 0.55 then
      text.large(place == 1 and "NEW RECORD" or "HIGH SCORE", 320, 204, "center", palette.lime, shown)
   end
   initials.draw(320, 232, shown)
   text.small("Your letters", 320, 288, "center", palette.sand, shown)
end

local function draw_best(shown)
   text.small("Best " .. text.number(highscore.best()), 320, 204, "center", palette.amber, shown)
   if time > PATIENCE and time % 1.1 < 0.75 then
      text.small("Press SPACE or click", 320, 244, "center", palette.cream)
   end
end

---@param alpha number
function over.draw(alpha)
   if is_won then surface.draw(world, alpha) end
   local shown = math.max(0, math.min(1, (time - (is_won and 0 or 1.2)) * 2))
   if shown == 0 then return end
   widgets.dim(0.6 * shown)
   text.large(is_won and "THE DOME STANDS" or "THE DOME HAS FALLEN", 320, 92, "center",
      is_won and palette.lime or palette.coral, shown)
   text.large(text.number(session.score), 320, 130, "center", palette.straw, shown, 2)
   text.small(("Wave %d"):format(session.wave), 320, 182, "center", palette.cream, shown)
   if place then draw_record(shown) else draw_best(shown) end
end

local function leave()
   local kept = place and highscore.offer(session.score, session.wave, initials.name())
   place = nil
   sounds.confirm()
   scene.switch(require "scenes.title")
   if kept then scene.push(require "scenes.scores", kept) end
end

---@param action string
function over.pressed(action)
   if time < PATIENCE then return end
   if place then
      if initials.pressed(action) then leave() end
   elseif action == "confirm" or action == "click" or action == "back" then
      leave()
   end
end

--- Who closes the window does not lose the score.
function over.leave()
   if place then highscore.offer(session.score, session.wave, initials.name()) end
   place = nil
end

local PACE = 0.4 -- seconds between two presses of the autopilot

---@param dt number
function over.autoplay(dt)
   if time > PATIENCE + 1 and math.floor(time / PACE) ~= math.floor((time - dt) / PACE) then
      autopilot.press "confirm"
   end
end

return over
