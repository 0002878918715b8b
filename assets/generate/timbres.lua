--- Sounds that several effects are made of: bells, horns, explosions, and the room around them.

local envelope = require "envelope"
local filter = require "filter"
local oscillator = require "oscillator"
local power = require "power"
local random = require "random"
local space = require "space"
local wave = require "wave"

local timbres = {}

--- Frequency of a MIDI note.
function timbres.note(number)
   return 440 * power(2, (number - 69) / 12)
end

--- Adds a room to a mono sound.
function timbres.in_room(sound, decay, amount)
   local room, dark = space.reverb(decay, 0.35), filter.high_pass()
   return sound:apply(function(sample)
      return sample + dark(room(sample), 220) * amount
   end)
end

--- Falling rocks and sparks: short bright grains at random times.
local function crackle(seconds, count, seed)
   local dice, sound = random.new(seed), wave.new(math.floor(seconds * wave.RATE))
   for i = 1, count do
      local hiss, band = oscillator.noise(seed + i), filter.band_pass()
      local pitch, decay = dice:between(900, 4200), dice:between(0.008, 0.05)
      local grain = wave.render(decay * 1.2, function(t)
         return band(hiss(), pitch, 0.75) * envelope.pluck(t, 0.0006, decay)
      end)
      local at = seconds * power(dice:unit(), 1.6) * 0.9
      sound:mix(grain, at, dice:between(0.3, 1) * (1 - at / seconds))
   end
   return sound
end

function timbres.explosion(seconds, pitch, brightness, seed)
   local hiss, thump, rumble = oscillator.noise(seed), oscillator.sine(), oscillator.noise(seed + 1)
   local fire, deep = filter.low_pass(), filter.low_pass()
   local blast = wave.render(seconds, function(t)
      local burn = fire(hiss(), envelope.glide(t, brightness, 170, seconds * 0.7), 0.15)
         * envelope.pluck(t, 0.002, seconds * 0.85)
      local boom = thump(envelope.glide(t, pitch * 3.2, pitch, 0.14))
         * envelope.pluck(t, 0.002, seconds * 0.62)
      local roll = deep(rumble(), 95, 0.3) * envelope.pluck(t, 0.05, seconds) * 2.4
      return filter.saturate(burn * 1.5 + boom * 1.25 + roll, 1.5)
   end)
   return blast:mix(crackle(seconds, math.floor(seconds * 34), seed + 20), 0.03,
      0.5):fade_out(seconds * 0.2)
end

--- A glassy bell: partials of a struck bar.
local function bell(frequency, seconds)
   local partials = { { 1, 1, 1 }, { 2, 0.32, 0.7 }, { 2.76, 0.34, 0.45 }, { 5.4, 0.2, 0.22 },
      { 8.93, 0.09, 0.1 } }
   local voices = {}
   for i in ipairs(partials) do
      voices[i] = oscillator.sine(i * 0.23)
   end
   return wave.render(seconds, function(t)
      local sum = 0
      for i, partial in ipairs(partials) do
         sum = sum + voices[i](frequency * partial[1]) * partial[2]
            * envelope.pluck(t, 0.0015, seconds * partial[3])
      end
      return sum
   end)
end

--- A quick run of bells: { note, start, loudness } each.
function timbres.bells(seconds, notes, decay)
   local sound = wave.new(math.floor(seconds * wave.RATE))
   for _, entry in ipairs(notes) do
      sound:mix(bell(timbres.note(entry[1]), decay), entry[2], entry[3] or 1)
   end
   return sound
end

--- A swelling brass-like chord.
function timbres.horns(seconds, notes, swell)
   local voices, soft = {}, filter.low_pass()
   for i, number in ipairs(notes) do
      voices[i] = { timbres.note(number), oscillator.saw(i * 0.13), oscillator.saw(i * 0.37) }
   end
   return wave.render(seconds, function(t)
      local sum = 0
      for i = 1, #voices do
         local voice = voices[i]
         sum = sum + voice[2](voice[1]) + voice[3](voice[1] * 1.005)
      end
      local level = power(math.min(1, t / swell), 1.5)
         * math.min(1, (seconds - t) / (seconds * 0.45))
      return soft(sum / #voices, 260 + 3000 * level, 0.25) * level
   end)
end

return timbres
