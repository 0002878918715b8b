--- The sound effects of the game. Every entry: name, loudness in dB, a function that makes it.

local envelope = require "envelope"
local filter = require "filter"
local oscillator = require "oscillator"
local power = require "power"
local random = require "random"
local timbres = require "timbres"
local wave = require "wave"

local effects = {}

local function shoot()
   local pulse, body, hiss = oscillator.pulse(0.32), oscillator.sine(), oscillator.noise(1)
   local soft = filter.low_pass()
   return wave.render(0.17, function(t)
      local pitch = envelope.glide(t, 1750, 260, 0.12)
      local zap = pulse(pitch) * envelope.pluck(t, 0.001, 0.15)
      local thump = body(pitch * 0.25) * envelope.pluck(t, 0.001, 0.11)
      local click = hiss() * envelope.pluck(t, 0.0005, 0.025)
      return soft(zap * 0.5 + click * 0.3, envelope.glide(t, 7000, 1100, 0.13), 0.35) + thump * 0.5
   end)
end

local function shoot_plasma()
   local carrier, modulator, hiss = oscillator.sine(), oscillator.sine(), oscillator.noise(2)
   local breath = filter.band_pass()
   return wave.render(0.34, function(t)
      local pitch = envelope.glide(t, 520, 95, 0.28)
      local growl = modulator(pitch * 0.51) * 2.6 * envelope.pluck(t, 0.004, 0.35)
      local tone = carrier(pitch * (1 + growl * 0.42)) * envelope.pluck(t, 0.004, 0.3)
      local wind = breath(hiss(), envelope.glide(t, 2600, 500, 0.3), 0.7)
         * envelope.pluck(t, 0.002, 0.22)
      return filter.saturate(tone * 0.9 + wind * 0.5, 1.4)
   end):fade_out(0.02)
end

--- Ringing metal: { frequency ratio, loudness, decay } of each mode.
local METAL = {
   { 1, 0.7, 0.2 }, { 1.51, 0.6, 0.16 }, { 2.37, 0.6, 0.13 }, { 3.18, 0.45, 0.1 },
   { 4.46, 0.4, 0.08 }, { 6.1, 0.3, 0.05 },
}

local function hit()
   local modes, hiss, dull = {}, oscillator.noise(3), filter.band_pass()
   for i in ipairs(METAL) do
      modes[i] = oscillator.sine(i * 0.17)
   end
   return wave.render(0.2, function(t)
      local sum = 0
      for i, mode in ipairs(METAL) do
         sum = sum + modes[i](610 * mode[1]) * mode[2] * envelope.pluck(t, 0.0006, mode[3])
      end
      return sum * 0.4 + dull(hiss(), 2600, 0.3) * 1.1 * envelope.pluck(t, 0.0004, 0.04)
   end):fade_out(0.02)
end

local function explosion_small()
   return timbres.explosion(0.62, 52, 5200, 5)
end

local function explosion_large()
   return timbres.in_room(timbres.explosion(1.7, 36, 6500, 9), 1.4, 0.3):fade_out(0.5)
end

local function crystal(root)
   return function()
      local chime = timbres.bells(0.75,
         { { root, 0, 0.8 }, { root + 7, 0.055, 1 }, { root + 12, 0.11, 0.6 } }, 0.6)
      return timbres.in_room(chime, 0.7, 0.18):fade_out(0.15)
   end
end

local function shield_hit()
   local ring, carrier, hiss, body = oscillator.sine(), oscillator.sine(), oscillator.noise(12),
      oscillator.sine()
   local band = filter.band_pass()
   local zap = wave.render(0.45, function(t)
      local wobble = 1 + 0.05 * math.sin(t * 2 * math.pi * 31)
      local tone = carrier(envelope.glide(t, 1250, 640, 0.3) * wobble) * ring(173)
         * envelope.pluck(t, 0.002, 0.4)
      local low = body(envelope.glide(t, 330, 190, 0.2)) * envelope.pluck(t, 0.002, 0.24)
      local spark = band(hiss(), 3400 + 1200 * math.sin(t * 190), 0.8)
         * envelope.pluck(t, 0.001, 0.16)
      return tone * 0.8 + low * 0.5 + spark * 0.5
   end)
   return timbres.in_room(zap, 0.5, 0.2):fade_out(0.08)
end

local function shield_down()
   local saws, soft = { oscillator.saw(), oscillator.saw(0.3), oscillator.saw(0.6) },
      filter.low_pass()
   local hiss, band = oscillator.noise(14), filter.band_pass()
   local fall = wave.render(1.15, function(t)
      local pitch = envelope.glide(t, 660, 48, 0.95)
      local sum = saws[1](pitch) + saws[2](pitch * 1.006) + saws[3](pitch * 1.498)
      local flutter = 0.72 + 0.28 * (math.sin(t * 2 * math.pi * (26 - 16 * t)) > 0 and 1 or -0.6)
      local spark = band(hiss(), 3000, 0.8) * (math.sin(t * 61) > 0.8 and 0.7 or 0)
         * envelope.pluck(t, 0.01, 0.9)
      return soft(sum * 0.3, envelope.glide(t, 4800, 160, 0.95), 0.55) * flutter
         * envelope.pluck(t, 0.006, 1.7) + spark * 0.35
   end)
   return timbres.in_room(fall, 0.9, 0.22):fade_out(0.25)
end

local function hull_hit()
   local thud, hiss, horn = oscillator.sine(), oscillator.noise(16), oscillator.pulse(0.5)
   local dull, mellow = filter.low_pass(), filter.low_pass()
   local sound = wave.render(0.62, function(t)
      local blow = thud(envelope.glide(t, 210, 46, 0.12)) * envelope.pluck(t, 0.001, 0.42)
      local crunch = dull(hiss(), envelope.glide(t, 3200, 260, 0.16), 0.25)
         * envelope.pluck(t, 0.001, 0.2)
      local sounding = t > 0.14 and t < 0.52 and (t - 0.14) % 0.2 < 0.12
      local beep = mellow(sounding and horn(t < 0.33 and 740 or 622) or 0, 1900, 0.3)
      return filter.saturate(blow * 1.2 + crunch * 1.1, 1.6) + beep * 0.26
   end)
   return sound:fade_out(0.05)
end

local function wave_start()
   local sound = timbres.horns(1.5, { 50, 57, 62, 65 }, 0.55)
   local drum, hiss, dull = oscillator.sine(), oscillator.noise(18), filter.low_pass()
   local hitter = wave.render(0.8, function(t)
      return drum(envelope.glide(t, 160, 62, 0.1)) * envelope.pluck(t, 0.001, 0.7)
         + dull(hiss(), 900, 0.2) * envelope.pluck(t, 0.001, 0.2)
   end)
   sound:mix(hitter, 0, 0.7):mix(hitter, 0.3, 0.45):mix(hitter, 0.6, 0.8)
   return timbres.in_room(sound, 1.2, 0.25):fade_out(0.2)
end

local function wave_clear()
   local run = timbres.bells(1.9,
      { { 62, 0, 0.7 }, { 69, 0.1, 0.8 }, { 74, 0.2, 0.9 }, { 78, 0.3, 0.9 }, { 81, 0.42, 1 },
      { 86, 0.56, 0.8 } }, 1.2)
   run:mix(timbres.horns(1.5, { 50, 62, 66, 69 }, 0.3), 0.36, 0.5)
   return timbres.in_room(run, 1.4, 0.3):fade_out(0.4)
end

local function upgrade()
   local notes = {}
   for i, step in ipairs { 0, 4, 7, 11, 12, 16, 19, 24 } do
      notes[i] = { 67 + step, (i - 1) * 0.06, 0.55 + i * 0.05 }
   end
   local sweep, soft = oscillator.saw(), filter.band_pass()
   local sound = timbres.bells(1.4, notes, 0.8)
   sound:mix(wave.render(0.7, function(t)
      return soft(sweep(envelope.glide(t, 98, 392, 0.6)), envelope.glide(t, 400, 5200, 0.6), 0.8)
         * math.sin(math.min(1, t / 0.7) * math.pi)
   end), 0, 0.5)
   return timbres.in_room(sound, 1.1, 0.3):fade_out(0.3)
end

local function blip(steps, length)
   local tone, over = oscillator.triangle(), oscillator.sine()
   return wave.render(length * #steps + 0.06, function(t)
      local step = math.min(#steps, math.floor(t / length) + 1)
      local since = t - (step - 1) * length
      local pitch = timbres.note(steps[step])
      return (tone(pitch) * 0.8 + over(pitch * 3) * 0.12)
         * envelope.pluck(since, 0.002, step == #steps and 0.13 or 0.12)
   end):fade_out(0.015)
end

local function select()
   return blip({ 81 }, 0.03)
end

local function confirm()
   return timbres.in_room(blip({ 76, 83, 88 }, 0.055), 0.4, 0.15)
end

local function game_over()
   local sound = wave.new(math.floor(3.1 * wave.RATE))
   for i, chord in ipairs { { 57, 60, 64 }, { 55, 58, 62 }, { 53, 56, 60 }, { 45, 52, 57 } } do
      sound:mix(timbres.horns(i == 4 and 1.6 or 0.7, chord, 0.06), (i - 1) * 0.46, 0.8)
   end
   sound:mix(timbres.explosion(1.4, 32, 700, 31), 1.38, 0.4)
   return timbres.in_room(sound, 1.9, 0.35):fade_out(0.6)
end

--- A loop: every part of it repeats exactly after two seconds.
local function engine_hum()
   local dice, partials = random.new(40), {}
   for harmonic = 1, 14 do
      partials[#partials + 1] = { 44 * harmonic, 0.9 / power(harmonic, 1.25), dice:unit() }
   end
   for _ = 1, 90 do
      partials[#partials + 1] = { dice:integer(160, 1300) * 0.5, 0.022, dice:unit() }
   end
   return wave.render(2, function(t)
      local sum = 0
      for i = 1, #partials do
         local partial = partials[i]
         sum = sum + math.sin((partial[1] * t + partial[3]) * 2 * math.pi) * partial[2]
      end
      return sum * (0.8 + 0.2 * math.sin(t * 2 * math.pi * 11)
         + 0.1 * math.sin(t * 2 * math.pi * 1.5))
   end)
end

local function toast()
   local chime = timbres.bells(1.1, { { 79, 0, 0.9 }, { 86, 0.09, 1 }, { 91, 0.18, 0.5 } }, 0.9)
   return timbres.in_room(chime, 0.9, 0.22):fade_out(0.25)
end

local function toast_bad()
   local low, high, soft = oscillator.pulse(0.4), oscillator.pulse(0.5), filter.low_pass()
   return wave.render(0.5, function(t)
      local second = t >= 0.17
      local pitch = timbres.note(second and 51 or 56)
      local since = second and t - 0.17 or t
      return soft(low(pitch) + high(pitch * 1.5) * 0.5, 1500, 0.35)
         * envelope.pluck(since, 0.004, second and 0.42 or 0.25)
   end):fade_out(0.05)
end

effects.list = {
   { "shoot", -23, shoot },
   { "shoot-plasma", -20, shoot_plasma },
   { "hit", -21, hit },
   { "explosion-small", -15.5, explosion_small },
   { "explosion-large", -12.5, explosion_large },
   { "crystal-1", -20, crystal(84) },
   { "crystal-2", -20, crystal(86) },
   { "crystal-3", -20, crystal(89) },
   { "shield-hit", -18, shield_hit },
   { "shield-down", -15, shield_down },
   { "hull-hit", -14.5, hull_hit },
   { "wave-start", -15, wave_start },
   { "wave-clear", -16, wave_clear },
   { "upgrade", -17, upgrade },
   { "select", -22, select },
   { "confirm", -20, confirm },
   { "game-over", -14, game_over },
   { "engine-hum", -25, engine_hum },
   { "toast", -19, toast },
   { "toast-bad", -19, toast_bad },
}

return effects
