--- One game from its first wave to the fall of the dome: waves, points, crystals.
---
--- Phases: "coming" (the wave is announced), "fighting", "gathering" (the wave is over and the
--- crystals come in), "won" (the last wave is over), "building" (cards are chosen), "lost".

local balance = require "balance"
local combo = require "combo"
local palette = require "palette"
local random = require "random"
local sounds = require "sounds"
local text = require "text"
local upgrades = require "upgrades"
local waves = require "waves"
local words = require "effects.words"

local session = {}

--- How long a wave is announced, and how long crystals come in after it, seconds.
session.ANNOUNCE, session.GATHER = 2, 1.9

---@type "coming"|"fighting"|"gathering"|"won"|"building"|"lost"
session.phase = "lost"
session.wave = 0
session.score = 0
session.crystals = 0
--- Seconds since the phase began.
session.phase_time = 0
--- Whether the hull was not hit in this wave.
session.untouched = true
--- What is still to come in this wave, and the index of the next.
session.arrivals, session.next_arrival = {}, 1 ---@type Arrival[], integer

local function enter(phase) session.phase, session.phase_time = phase, 0 end

--- Announces the next wave.
function session.next_wave()
   session.wave = session.wave + 1
   session.untouched = true
   session.arrivals, session.next_arrival = waves.plan(session.wave), 1
   enter "coming"
   sounds.wave_start()
end

--- Ends the game while the dome stands.
function session.finish() enter "lost" end

--- Goes on after the last wave.
function session.go_on() enter "building" end

--- Begins a new game.
---@param world World
function session.start(world)
   world:reset(random.integer(0, 2147483647))
   upgrades.reset()
   combo.reset()
   session.wave, session.score, session.crystals = 0, 0, 0
   session.next_wave()
end

--- Raiders of this wave that fight or are still to come.
---@param world World
---@return integer
function session.raiders_left(world) return #session.arrivals - session.next_arrival + 1 + world.raider_count end

--- Adds points, and lets them rise from where they were earned.
---@param points integer
---@param x number
---@param y number
---@param color number[] of palette
local function earn(points, x, y, color)
   session.score = session.score + points
   words.add(x, y, text.number(points), color)
end

-- ---- phases ---------------------------------------------------------------------------------

local place = { x = 0, y = 0 }

---@param world World
local function let_raiders_in(world)
   local arrivals, toughness = session.arrivals, balance.toughness(session.wave)
   local due = arrivals[session.next_arrival]
   while due and due.at <= session.phase_time do
      place.x, place.y = due.x, due.y
      if not world:spawn_raider(due.kind, place, toughness) then return end -- no room: later
      session.next_arrival = session.next_arrival + 1
      due = arrivals[session.next_arrival]
   end
end

---@param world World
local function clear_wave(world)
   local dome = world.dome
   earn(balance.wave_bonus(session.wave), dome.x, dome.y - 36, palette.straw)
   if session.untouched then
      session.score = session.score + balance.untouched_bonus(session.wave)
      words.add(dome.x, dome.y - 20, "UNTOUCHED +" .. text.number(balance.untouched_bonus(session.wave)), palette.lime)
   end
   world:gather_crystals()
   enter "gathering"
   sounds.wave_clear()
end

local PHASES = {
   coming = function()
      if session.phase_time >= session.ANNOUNCE then enter "fighting" end
   end,
   fighting = function(world)
      let_raiders_in(world)
      if session.raiders_left(world) == 0 then clear_wave(world) end
   end,
   gathering = function()
      if session.phase_time < session.GATHER then return end
      enter(session.wave == balance.LAST_WAVE and "won" or "building")
   end,
}

--- Lets `dt` seconds of the game pass, before the world does.
---@param dt number
---@param world World
function session.update(dt, world)
   session.phase_time = session.phase_time + dt
   local phase = PHASES[session.phase]
   if phase then phase(world) end
   if session.phase == "fighting" then combo.update(dt) end
end

-- ---- what happens ---------------------------------------------------------------------------

local kind = native.EventKind

--- What a happening means for points and crystals: {[kind] = function(x, y, amount, size)}.
session.on = {
   [kind.FALL] = function(x, y, amount)
      combo.add()
      local factor = combo.factor()
      earn(math.floor(amount) * factor, x, y, factor > 1 and palette.straw or palette.cream)
   end,
   [kind.CRYSTAL] = function(x, y, amount)
      local value = math.floor(amount)
      combo.add()
      session.crystals = session.crystals + value
      earn(value * balance.CRYSTAL_POINTS * combo.factor(), x, y, palette.cyan)
   end,
   [kind.HULL_HIT] = function() session.untouched = false end,
   [kind.ROVER_DOWN] = function(x, y)
      combo.reset()
      words.add(x, y, "ROVER DOWN", palette.coral)
   end,
   [kind.DOME_DOWN] = function() enter "lost" end,
}

return session
