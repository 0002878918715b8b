--- Oscillators. Each constructor returns a function that gives the next sample, -1..1,
--- for a frequency in Hz, which may change from sample to sample.

local random = require "random"
local wave = require "wave"

local oscillator = {}

local TWO_PI = 2 * math.pi

function oscillator.sine(phase)
   phase = phase or 0
   return function(frequency)
      local sample = math.sin(phase * TWO_PI)
      phase = (phase + frequency / wave.RATE) % 1
      return sample
   end
end

function oscillator.triangle(phase)
   phase = phase or 0
   return function(frequency)
      local sample = 4 * math.abs(phase - 0.5) - 1
      phase = (phase + frequency / wave.RATE) % 1
      return sample
   end
end

--- Rounds the jump of a saw or square over one sample, against aliasing (PolyBLEP).
local function blep(phase, step)
   if phase < step then
      local t = phase / step
      return t + t - t * t - 1
   elseif phase > 1 - step then
      local t = (phase - 1) / step
      return t * t + t + t + 1
   end
   return 0
end

function oscillator.saw(phase)
   phase = phase or 0
   return function(frequency)
      local step = frequency / wave.RATE
      local sample = 2 * phase - 1 - blep(phase, step)
      phase = (phase + step) % 1
      return sample
   end
end

--- `width` is the share of the period that is high, 0.5 = square; the mean is taken off.
function oscillator.pulse(width, phase)
   phase = phase or 0
   return function(frequency)
      local step = frequency / wave.RATE
      local sample = (phase < width and 1 or -1) + blep(phase, step)
         - blep((phase + 1 - width) % 1, step)
      phase = (phase + step) % 1
      return sample - (2 * width - 1)
   end
end

--- White noise; takes no frequency.
function oscillator.noise(seed)
   local dice = random.new(seed)
   return function()
      return dice:unit() * 2 - 1
   end
end

return oscillator
