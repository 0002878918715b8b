--- Filters. Each constructor returns a function from sample and settings to the filtered sample.

local wave = require "wave"

local filter = {}

--- A state-variable filter (trapezoidal, stays stable while the cutoff moves);
--- `resonance` 0 = dull .. 1 = whistling. Returns low, band and high.
local function state_variable()
   local first, second = 0, 0
   return function(sample, cutoff, resonance)
      local g = math.tan(math.pi * math.min(cutoff, wave.RATE * 0.45) / wave.RATE)
      local k = 2 - 1.9 * resonance
      local a1 = 1 / (1 + g * (g + k))
      local v3 = sample - second
      local band = a1 * first + g * a1 * v3
      local low = second + g * band
      first, second = 2 * band - first, 2 * low - second
      return low, band, sample - k * band - low
   end
end

function filter.low_pass()
   local run = state_variable()
   return function(sample, cutoff, resonance)
      local low = run(sample, cutoff, resonance or 0.3)
      return low
   end
end

function filter.band_pass()
   local run = state_variable()
   return function(sample, cutoff, resonance)
      local _, band = run(sample, cutoff, resonance or 0.6)
      return band
   end
end

function filter.high_pass()
   local run = state_variable()
   return function(sample, cutoff, resonance)
      local _, _, high = run(sample, cutoff, resonance or 0.3)
      return high
   end
end

--- Bends loud samples softly instead of cutting them off.
function filter.saturate(sample, drive)
   local bent = math.exp(2 * sample * drive)
   return (bent - 1) / (bent + 1)
end

return filter
