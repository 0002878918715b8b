--- Echo and room: delay lines, and a small reverb of combs and all-passes after Schroeder.

local ffi = require "ffi"
local power = require "power"
local wave = require "wave"

local space = {}

--- A delay of `seconds`; give it a sample, get the delayed one.
function space.delay(seconds)
   local length = math.max(1, math.floor(seconds * wave.RATE + 0.5))
   local line, at = ffi.new("double[?]", length), 0
   return function(sample)
      local delayed = line[at]
      line[at] = sample
      at = at + 1
      if at == length then
         at = 0
      end
      return delayed
   end
end

--- A comb whose echoes get duller each time round.
local function comb(seconds, feedback, damping)
   local length = math.floor(seconds * wave.RATE)
   local line, at, dull = ffi.new("double[?]", length), 0, 0
   return function(sample)
      local echo = line[at]
      dull = echo + (dull - echo) * damping
      line[at] = sample + dull * feedback
      at = at + 1
      if at == length then
         at = 0
      end
      return echo
   end
end

local function all_pass(seconds)
   local length = math.floor(seconds * wave.RATE)
   local line, at = ffi.new("double[?]", length), 0
   return function(sample)
      local echo = line[at]
      local output = echo - 0.5 * sample
      line[at] = sample + 0.5 * output
      at = at + 1
      if at == length then
         at = 0
      end
      return output
   end
end

local COMBS = { 0.0297, 0.0371, 0.0411, 0.0437, 0.0341, 0.0463 }

--- A room; `decay` is the time in seconds until echoes have died, `shift` tells left from right.
function space.reverb(decay, damping, shift)
   local combs = {}
   for i, seconds in ipairs(COMBS) do
      local length = seconds * 1.15 + (shift or 0) * 0.0007
      combs[i] = comb(length, power(0.001, length / decay), damping)
   end
   local first, second = all_pass(0.0053 + (shift or 0) * 0.0003), all_pass(0.0127)
   return function(sample)
      local sum = 0
      for i = 1, #combs do
         sum = sum + combs[i](sample)
      end
      return second(first(sum / #combs))
   end
end

return space
