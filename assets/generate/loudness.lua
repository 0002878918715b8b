--- Levels: brings sounds to a wanted loudness without clipping.

local power = require "power"
local wave = require "wave"

local loudness = {}

--- Encoding to Vorbis may add a little to peaks, so they stay below this.
local CEILING = power(10, -2.2 / 20)

--- Loudness of the loudest tenth of a second in dB, with low rumble counted less, as ears do.
function loudness.measure(sound)
   local window = math.floor(wave.RATE / 10)
   local loudest = 1e-9
   for _, samples in ipairs(sound.channels) do
      local low, sum, energy = 0, 0, {}
      for i = 0, sound.frames + window - 1 do
         local sample = i < sound.frames and samples[i] or 0
         low = low + (sample - low) * 0.018
         local heard = sample - low * 0.85
         energy[i] = heard * heard
         sum = sum + energy[i] - (i >= window and energy[i - window] or 0)
         loudest = math.max(loudest, sum / window)
      end
   end
   return 10 * math.log10(loudest)
end

--- Rounds off what is above three quarters of the ceiling.
local function limit(sample)
   local knee = CEILING * 0.7
   local size = math.abs(sample)
   if size <= knee then
      return sample
   end
   local over = (size - knee) / (CEILING - knee)
   local bent = knee + (CEILING - knee) * over / (1 + over)
   return sample < 0 and -bent or bent
end

--- Makes a sound `target` dB loud; short peaks are rounded off.
function loudness.set(sound, target)
   local gain = power(10, (target - loudness.measure(sound)) / 20)
   return sound:apply(function(sample)
      return limit(sample * gain)
   end)
end

return loudness
