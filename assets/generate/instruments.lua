--- The band: every function plays one note into a mixer.
---
--- Common arguments: `at` = start in seconds, `pitch` = MIDI note, `length` = seconds, `gain`.

local envelope = require "envelope"
local filter = require "filter"
local oscillator = require "oscillator"
local power = require "power"

local instruments = {}

local function frequency(pitch)
   return 440 * power(2, (pitch - 69) / 12)
end

--- A soft wide pad: detuned saws on either side, a filter that opens and closes slowly.
function instruments.pad(mix, at, pitch, length, gain, brightness)
   for side = -1, 1, 2 do
      local low, high, soft = oscillator.saw(pitch * 0.37 % 1),
         oscillator.saw((pitch * 0.73 + side * 0.2) % 1), filter.low_pass()
      local sub = oscillator.sine()
      local base = frequency(pitch) * (1 + side * 0.0022)
      local where = { at = at, length = length + 1.6, gain = gain, pan = side * 0.75, room = 0.55,
         duck = true }
      mix:play(where, function(t)
         local drift = 1 + 0.0016 * math.sin(t * 4.1 + side + pitch)
         local raw = low(base * drift) + high(base * 1.0045 * drift) + sub(base) * 0.7
         local open = brightness * (0.55 + 0.45 * math.sin(math.min(1, t / length) * math.pi))
         return soft(raw * 0.3, 180 + open, 0.12) * envelope.adsr(t, length, 0.9, 1, 0.85, 1.6)
      end)
   end
end

--- Round bass: saw and sub through a filter that snaps shut.
function instruments.bass(mix, at, pitch, length, gain, bite)
   local saw, pulse, sub, soft = oscillator.saw(), oscillator.pulse(0.42), oscillator.sine(),
      filter.low_pass()
   local base = frequency(pitch)
   mix:play({ at = at, length = length + 0.12, gain = gain, duck = true }, function(t)
      local cutoff = 120 + bite * math.exp(-t * 9)
      local raw = soft(saw(base) * 0.5 + pulse(base * 1.003) * 0.35, cutoff, 0.35)
      return (raw + sub(base) * 0.55) * envelope.adsr(t, length, 0.004, 0.3, 0.7, 0.12)
   end)
end

--- Short bright string for arpeggios.
function instruments.pluck(mix, at, pitch, gain, cutoff, pan)
   local saw, pulse, soft = oscillator.saw(), oscillator.pulse(0.3, 0.4), filter.low_pass()
   local base = frequency(pitch)
   local where = { at = at, length = 0.55, gain = gain, pan = pan, echo = 0.5, room = 0.25,
      duck = true }
   mix:play(where, function(t)
      local raw = saw(base) * 0.5 + pulse(base * 1.004) * 0.4
      return soft(raw, 160 + cutoff * math.exp(-t * 11), 0.4) * envelope.pluck(t, 0.002, 0.6)
   end)
end

--- Glass bell, far away.
function instruments.bell(mix, at, pitch, gain, pan)
   local one, two, three = oscillator.sine(), oscillator.sine(0.3), oscillator.sine(0.7)
   local base = frequency(pitch)
   local where = { at = at, length = 2.4, gain = gain, pan = pan, echo = 0.35, room = 0.6 }
   mix:play(where, function(t)
      local shimmer = two(base * 3.01) * 1.3 * envelope.pluck(t, 0.001, 0.9)
      return one(base * (1 + shimmer * 0.0016)) * envelope.pluck(t, 0.003, 2.6)
         + shimmer * 0.14 + three(base * 5.42) * 0.1 * envelope.pluck(t, 0.001, 0.35)
   end)
end

--- Singing lead with late vibrato.
function instruments.lead(mix, at, pitch, length, gain)
   local saw, pulse, soft = oscillator.saw(), oscillator.pulse(0.46), filter.low_pass()
   local base = frequency(pitch)
   local where = { at = at, length = length + 0.35, gain = gain, pan = 0.08, echo = 0.42,
      room = 0.4 }
   mix:play(where, function(t)
      local vibrato = 1 + 0.005 * math.min(1, math.max(0, t - 0.25) * 2.5) * math.sin(t * 33)
      local raw = saw(base * vibrato) * 0.5 + pulse(base * 0.997 * vibrato) * 0.4
      return soft(raw, 900 + 1500 * math.exp(-t * 4) + 300 * math.sin(t * 2), 0.25)
         * envelope.adsr(t, length, 0.03, 0.5, 0.75, 0.35)
   end)
end

function instruments.kick(mix, at, gain)
   local body, hiss, dull = oscillator.sine(), oscillator.noise(60), filter.low_pass()
   mix:play({ at = at, length = 0.36, gain = gain, room = 0.03 }, function(t)
      return body(envelope.glide(t, 150, 47, 0.09)) * envelope.pluck(t, 0.001, 0.42)
         + dull(hiss(), 2400, 0.1) * 0.35 * envelope.pluck(t, 0.0005, 0.018)
   end)
end

--- Snare whose room is shut after a fifth of a second.
function instruments.snare(mix, at, gain)
   local body, hiss, band, thin = oscillator.triangle(), oscillator.noise(61), filter.band_pass(),
      filter.high_pass()
   mix:play({ at = at, length = 0.34, gain = gain, room = 0.22 }, function(t)
      local noise = hiss()
      local gate = t < 0.2 and 1 or math.max(0, 1 - (t - 0.2) * 14)
      return body(envelope.glide(t, 330, 176, 0.05)) * 0.5 * envelope.pluck(t, 0.001, 0.16)
         + (band(noise, 1900, 0.2) * 0.9 + thin(noise, 4200) * 0.25)
            * (envelope.pluck(t, 0.001, 0.22) + 0.13 * gate)
   end)
end

--- `decay` short = closed, long = open.
function instruments.hat(mix, at, gain, decay, pan)
   local hiss, thin = oscillator.noise(62), filter.high_pass()
   mix:play({ at = at, length = decay * 1.2, gain = gain, pan = pan, room = 0.08 }, function(t)
      return thin(hiss(), 7200, 0.3) * envelope.pluck(t, 0.0008, decay)
   end)
end

function instruments.tom(mix, at, pitch, gain, pan)
   local body, hiss, band = oscillator.sine(), oscillator.noise(63), filter.band_pass()
   mix:play({ at = at, length = 0.5, gain = gain, pan = pan, room = 0.35 }, function(t)
      return body(envelope.glide(t, pitch * 1.9, pitch, 0.1)) * envelope.pluck(t, 0.001, 0.5)
         + band(hiss(), 900, 0.3) * 0.3 * envelope.pluck(t, 0.001, 0.1)
   end)
end

--- Wind over the plain: filtered noise that swells and fades within `length`.
function instruments.wind(mix, at, length, gain, pan, seed)
   local hiss, band = oscillator.noise(seed), filter.band_pass()
   mix:play({ at = at, length = length, gain = gain, pan = pan, room = 0.5 }, function(t)
      local swell = math.sin(t / length * math.pi)
      return band(hiss(), 420 + 900 * swell + 160 * math.sin(t * 1.3), 0.72) * swell * swell
   end)
end

return instruments
