--- What is only there to be seen: what each happening looks like. Nothing here changes the game.

local blasts = require "effects.blasts"
local palette = require "palette"
local particles = require "effects.particles"
local shake = require "effects.shake"
local tracks = require "effects.tracks"
local words = require "effects.words"

local effects = {}

local STEP = 1 / 60
local kind = native.EventKind

--- Seconds for which the muzzle still flashes.
effects.muzzle = 0
--- How brightly the shield shines because it was hit, from 0 to 1.
effects.shield = 0

--- The mothership goes in a chain of explosions.
local function collapse(x, y)
   for index = 0, 6 do
      local angle, far = index * 2.4, 6 + index * 4
      blasts.add(x + math.cos(angle) * far, y + math.sin(angle) * far, 16)
   end
   particles.burst(x, y, 70, 280, palette.lavender)
   shake.flash(0.5, palette.cream)
   shake.add(0.8)
end

--- What a happening looks like: {[kind] = function(x, y, amount, size)}.
effects.on = {
   [kind.SHOT] = function() effects.muzzle = 0.05 end,
   [kind.PLASMA] = function(x, y, angle) particles.spray(x, y, angle, 3, 90, palette.amber) end,
   [kind.BOOST] = function(x, y) particles.burst(x, y, 14, 120, palette.ice) end,
   [kind.HIT] = function(x, y) particles.burst(x, y, 5, 110, palette.cyan) end,
   [kind.RAM] = function(x, y)
      particles.burst(x, y, 10, 150, palette.cream)
      shake.add(0.25)
   end,
   [kind.FALL] = function(x, y, _, size)
      blasts.add(x, y, size)
      if size > 20 then collapse(x, y) end
      particles.burst(x, y, math.floor(size * 0.8), 90 + size * 5, palette.straw)
      particles.smoke(x, y, math.floor(size / 4), palette.stone)
      shake.add(size / 60)
   end,
   [kind.LAUNCH] = function(x, y) particles.burst(x, y, 18, 140, palette.amber) end,
   [kind.CRASH] = function(x, y, _, size)
      blasts.add(x, y, size)
      particles.burst(x, y, 10, 130, palette.coral)
   end,
   [kind.CRYSTAL] = function(x, y) particles.burst(x, y, 6, 60, palette.ice) end,
   [kind.SHIELD_HIT] = function(x, y)
      effects.shield = 1
      particles.burst(x, y, 6, 80, palette.cyan)
   end,
   [kind.SHIELD_DOWN] = function(x, y)
      particles.burst(x, y, 24, 160, palette.cyan)
      shake.add(0.3)
   end,
   [kind.HULL_HIT] = function(x, y, amount)
      particles.burst(x, y, 8, 110, palette.amber)
      particles.smoke(x, y, 2, palette.stone)
      shake.add(0.15 + amount / 60)
      shake.flash(0.06 + amount / 200, palette.red)
   end,
   [kind.DOME_DOWN] = function(x, y)
      for index = 0, 5 do
         local angle = index * 1.0472
         blasts.add(x + math.cos(angle) * 26, y + math.sin(angle) * 26, 24)
      end
      particles.burst(x, y, 90, 260, palette.straw)
      particles.smoke(x, y, 24, palette.stone)
      shake.add(1)
      shake.flash(0.55, palette.cream)
   end,
   [kind.ROVER_HIT] = function(x, y)
      particles.burst(x, y, 10, 120, palette.coral)
      shake.add(0.35)
      shake.flash(0.1, palette.red)
   end,
   [kind.ROVER_DOWN] = function(x, y, _, size)
      blasts.add(x, y, size + 8)
      particles.burst(x, y, 30, 180, palette.straw)
      shake.add(0.6)
   end,
   [kind.ROVER_BACK] = function(x, y) particles.burst(x, y, 16, 90, palette.lime) end,
}

--- Smoke from a wreck, and from a dome whose hull is nearly gone.
---@param rover Rover
---@param dome Dome
---@param step integer
local function smoulder(rover, dome, step)
   if rover.wrecked and step % 5 == 0 then particles.smoke(rover.x, rover.y, 1, palette.stone) end
   if dome.hp < dome.max_hp * 0.3 and step % (dome.hp > 0 and 12 or 2) == 0 then
      particles.smoke(dome.x + 18 * math.sin(step), dome.y - 10 + 8 * math.cos(step * 1.7), 1, palette.stone)
   end
end

--- The marks and the dust that the rover's wheels leave.
---@param rover Rover
local function raise_dust(rover)
   local angle = tracks.drive(rover.x, rover.y)
   if angle then
      particles.puff(rover.x - 11 * math.cos(angle), rover.y - 11 * math.sin(angle), angle + math.pi, 14,
         palette.sand, true)
   end
end

local BREATH = 8 -- steps between two breaths of an engine

--- What the raiders' engines breathe out.
---@param world World
---@param step integer
local function breathe(world, step)
   for index = step % BREATH, world.raider_count - 1, BREATH do
      local raider = world:raider(index)
      local angle, back = raider.angle, raider.radius
      particles.puff(raider.x - back * math.cos(angle), raider.y - back * math.sin(angle), angle + math.pi, 34,
         palette.amber, false)
   end
end

--- Lets `dt` seconds pass.
---@param dt number
---@param world World
function effects.update(dt, world)
   effects.muzzle = math.max(0, effects.muzzle - dt)
   effects.shield = math.max(0, effects.shield - 2.5 * dt)
   local step = math.floor(world.time / STEP + 0.5)
   smoulder(world.rover, world.dome, step)
   raise_dust(world.rover)
   breathe(world, step)
   tracks.update(dt)
   blasts.update(dt)
   particles.update(dt)
   words.update(dt)
   shake.update(dt)
end

--- Draws what lies on the ground.
function effects.draw_ground()
   blasts.draw_ground()
   tracks.draw()
end

--- Draws what flies above it.
---@param alpha number
function effects.draw(alpha)
   local behind = (1 - alpha) * STEP
   particles.draw_smoke(behind)
   blasts.draw()
   particles.draw_sparks(behind)
   words.draw()
end

--- Takes everything away: a new game.
function effects.clear()
   effects.muzzle, effects.shield = 0, 0
   blasts.clear()
   particles.clear()
   shake.clear()
   tracks.clear()
   words.clear()
end

return effects
