--- The last step of a piece of music: no rumble, an even level, no peak above the ceiling.

local power = require "power"
local wave = require "wave"

local master = {}

local CEILING = power(10, -2 / 20)
--- How far ahead the limiter sees a peak coming.
local AHEAD = 0.004

--- Mean level in dB.
function master.level(sound)
   local sum = 0
   for _, samples in ipairs(sound.channels) do
      for i = 0, sound.frames - 1 do
         sum = sum + samples[i] * samples[i]
      end
   end
   return 10 * math.log10(sum / (sound.frames * #sound.channels))
end

--- Takes off everything below about 28 Hz; runs round the loop twice to leave no seam.
local function remove_rumble(sound)
   for _, samples in ipairs(sound.channels) do
      local low = 0
      for round = 1, 2 do
         for i = 0, sound.frames - 1 do
            low = low + (samples[i] - low) * 0.004
            if round == 2 then
               samples[i] = samples[i] - low
            end
         end
      end
   end
end

--- A limiter for both channels together, with a short look-ahead and a slow release.
local function limit(sound)
   local left, right = sound.channels[1], sound.channels[2]
   local ahead, frames = math.floor(AHEAD * wave.RATE), sound.frames
   local wanted, gain, smooth = {}, 1, 1
   for i = 0, frames - 1 do
      local peak = math.max(math.abs(left[i]), math.abs(right[i]))
      wanted[i] = peak > CEILING and CEILING / peak or 1
   end
   local gains = {}
   for _ = 1, 2 do
      local hold = 0
      for i = 0, frames - 1 do
         local target = wanted[(i + ahead) % frames]
         if target < gain then
            gain, hold = target, ahead
         elseif hold > 0 then
            hold = hold - 1
         else
            gain = gain + (1 - gain) * 0.00012
         end
         smooth = smooth + (gain - smooth) * 0.03
         gains[i] = math.min(smooth, wanted[i])
      end
   end
   for i = 0, frames - 1 do
      left[i], right[i] = left[i] * gains[i], right[i] * gains[i]
   end
end

--- Makes a stereo loop `target` dB loud on average.
function master.finish(sound, target)
   remove_rumble(sound)
   local gain = power(10, (target - master.level(sound)) / 20)
   sound:apply(function(sample)
      return sample * gain
   end)
   limit(sound)
   return sound
end

return master
