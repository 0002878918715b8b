--- Envelopes: loudness or pitch over time (seconds).

local power = require "power"

local envelope = {}

--- Rises for `attack`, then falls to 1/1000 within `decay`.
function envelope.pluck(t, attack, decay)
   if t < 0 then
      return 0
   elseif t < attack then
      return t / attack
   end
   return math.exp(-6.9 * (t - attack) / decay)
end

--- Attack, decay to `sustain`, held until `length`, then released.
function envelope.adsr(t, length, attack, decay, sustain, release)
   local level
   if t < attack then
      level = t / attack
   else
      level = sustain + (1 - sustain) * math.exp(-4 * (t - attack) / decay)
   end
   if t > length then
      level = level * power(1 - (t - length) / release, 2)
   end
   return level
end

--- Glides from `from` to `to` within `time`, evenly for the ear.
function envelope.glide(t, from, to, time)
   if t >= time then
      return to
   end
   return from * power(to / from, t / time)
end

return envelope
