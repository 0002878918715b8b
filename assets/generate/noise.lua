--- Smooth value noise on the plane: the shape of dust, rock, clouds and flames.

local bit = require "bit"

local noise = {}

--- A fixed pseudo-random number in [0, 1) for a lattice point.
local function lattice(x, y, seed)
   local h = bit.bxor(bit.tobit(x * 374761393), bit.tobit(y * 668265263), bit.tobit(seed * 974711))
   h = bit.bxor(h, bit.rshift(h, 13))
   h = bit.tobit(bit.band(h, 0xffff) * 31153 + bit.rshift(h, 7) * 263)
   h = bit.bxor(h, bit.rshift(h, 11), bit.lshift(h, 5))
   return bit.band(h, 0xffff) / 65536
end

local function smooth(t)
   return t * t * (3 - 2 * t)
end

noise.lattice = lattice

--- Noise in [0, 1] that changes over about one unit.
function noise.value(x, y, seed)
   local left, top = math.floor(x), math.floor(y)
   local u, v = smooth(x - left), smooth(y - top)
   local a = lattice(left, top, seed)
   local b = lattice(left + 1, top, seed)
   local c = lattice(left, top + 1, seed)
   local d = lattice(left + 1, top + 1, seed)
   return (a + (b - a) * u) * (1 - v) + (c + (d - c) * u) * v
end

--- `octaves` layers of noise, each half as large and half as strong; in [0, 1].
function noise.layered(x, y, octaves, seed)
   local sum, weight, total = 0, 1, 0
   for octave = 1, octaves do
      sum = sum + weight * noise.value(x, y, seed + octave * 17)
      total = total + weight
      x, y, weight = x * 2 + 5.3, y * 2 + 1.7, weight * 0.5
   end
   return sum / total
end

return noise
