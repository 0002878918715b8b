--- What the game sounds like.

local audio = require "audio"

local sounds = {}

local kind = native.EventKind

local function play(name, x, volume) audio.play(name, volume, x and (x - 320) / 320 * 0.6 or 0) end

local CHIMES = { "sounds/crystal-1.ogg", "sounds/crystal-2.ogg", "sounds/crystal-3.ogg" }
local CHIME_PATIENCE = 0.7 -- seconds between two crystals for the next one to sound higher

local clock, chime, chimed_at = 0, 1, -1

local function ring(x)
   chime = clock - chimed_at < CHIME_PATIENCE and math.min(chime + 1, #CHIMES) or 1
   chimed_at = clock
   play(CHIMES[chime], x, 0.8)
end

--- What a happening sounds like: {[kind] = function(x, y, amount, size)}.
sounds.on = {
   [kind.SHOT] = function(x) play("sounds/shoot.ogg", x, 0.5) end,
   [kind.PLASMA] = function(x) play("sounds/shoot-plasma.ogg", x, 0.6) end,
   [kind.BOOST] = function(x) play("sounds/select.ogg", x, 0.6) end,
   [kind.HIT] = function(x) play("sounds/hit.ogg", x, 0.6) end,
   [kind.RAM] = function(x) play("sounds/hit.ogg", x, 1) end,
   [kind.FALL] = function(x, _, _, size)
      play(size > 14 and "sounds/explosion-large.ogg" or "sounds/explosion-small.ogg", x, 0.9)
   end,
   [kind.CRASH] = function(x) play("sounds/explosion-small.ogg", x, 0.9) end,
   [kind.CRYSTAL] = ring,
   [kind.SHIELD_HIT] = function(x) play("sounds/shield-hit.ogg", x, 0.8) end,
   [kind.SHIELD_DOWN] = function(x) play("sounds/shield-down.ogg", x, 1) end,
   [kind.HULL_HIT] = function(x) play("sounds/hull-hit.ogg", x, 0.9) end,
   [kind.DOME_DOWN] = function(x) play("sounds/explosion-large.ogg", x, 1) end,
   [kind.ROVER_HIT] = function(x) play("sounds/hull-hit.ogg", x, 0.7) end,
   [kind.ROVER_DOWN] = function(x) play("sounds/explosion-large.ogg", x, 1) end,
   [kind.LAUNCH] = function(x) play("sounds/shield-down.ogg", x, 0.5) end,
   [kind.ROVER_BACK] = function(x) play("sounds/confirm.ogg", x, 0.8) end,
}

---@param dt number
function sounds.update(dt) clock = clock + dt end

function sounds.wave_start() play "sounds/wave-start.ogg" end
function sounds.wave_clear() play "sounds/wave-clear.ogg" end
function sounds.upgrade() play "sounds/upgrade.ogg" end
function sounds.select() play("sounds/select.ogg", nil, 0.6) end
function sounds.confirm() play "sounds/confirm.ogg" end
function sounds.refuse() play("sounds/toast-bad.ogg", nil, 0.7) end
function sounds.victory()
   play "sounds/wave-clear.ogg"
   play "sounds/upgrade.ogg"
end
function sounds.game_over() play "sounds/game-over.ogg" end

function sounds.title_music() audio.music("music/title.ogg", 0.7) end
function sounds.surface_music() audio.music("music/surface.ogg", 0.55) end

return sounds
