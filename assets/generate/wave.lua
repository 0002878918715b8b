--- Sound in memory: one or two channels of samples, nominally -1..1, and WAV files.

local ffi = require "ffi"

local wave = { RATE = 44100 }
wave.__index = wave

--- A silent sound of `frames` samples per channel.
function wave.new(frames, channels)
   local self = setmetatable({ frames = frames, channels = {} }, wave)
   for channel = 1, channels or 1 do
      self.channels[channel] = ffi.new("double[?]", frames)
   end
   return self
end

--- A mono sound whose sample at time t (seconds) is `voice(t)`.
function wave.render(seconds, voice)
   local self = wave.new(math.floor(seconds * wave.RATE), 1)
   local samples = self.channels[1]
   for i = 0, self.frames - 1 do
      samples[i] = voice(i / wave.RATE)
   end
   return self
end

--- Adds `other`, `at` seconds later, `gain` times as loud; what sticks out is cut off.
function wave:mix(other, at, gain)
   local offset = math.floor(at * wave.RATE)
   for channel, samples in ipairs(self.channels) do
      local source = other.channels[channel] or other.channels[1]
      for i = 0, math.min(other.frames, self.frames - offset) - 1 do
         samples[offset + i] = samples[offset + i] + source[i] * gain
      end
   end
   return self
end

--- Replaces every sample by `change(sample, index)`.
function wave:apply(change)
   for _, samples in ipairs(self.channels) do
      for i = 0, self.frames - 1 do
         samples[i] = change(samples[i], i)
      end
   end
   return self
end

--- The largest absolute sample.
function wave:peak()
   local peak = 0
   for _, samples in ipairs(self.channels) do
      for i = 0, self.frames - 1 do
         peak = math.max(peak, math.abs(samples[i]))
      end
   end
   return peak
end

--- Fades the last `seconds` to silence, so that no click ends the sound.
function wave:fade_out(seconds)
   local length = math.floor(seconds * wave.RATE)
   return self:apply(function(sample, i)
      local left = self.frames - 1 - i
      return left < length and sample * left / length or sample
   end)
end

local function little_endian(value, bytes)
   local text = {}
   for i = 1, bytes do
      text[i] = string.char(value % 256)
      value = math.floor(value / 256)
   end
   return table.concat(text)
end

--- Writes a 16-bit WAV file.
function wave:save(path)
   local count = #self.channels
   local data = ffi.new("int16_t[?]", self.frames * count)
   for channel, samples in ipairs(self.channels) do
      for i = 0, self.frames - 1 do
         local sample = math.max(-1, math.min(1, samples[i]))
         data[i * count + channel - 1] = math.floor(sample * 32767 + 0.5)
      end
   end
   local bytes = self.frames * count * 2
   local file = assert(io.open(path, "wb"))
   file:write("RIFF", little_endian(36 + bytes, 4), "WAVEfmt ", little_endian(16, 4),
      little_endian(1, 2),
      little_endian(count, 2), little_endian(wave.RATE, 4), little_endian(wave.RATE * count * 2, 4),
      little_endian(count * 2, 2), little_endian(16, 2), "data", little_endian(bytes, 4),
         ffi.string(data, bytes))
   file:close()
end

return wave
