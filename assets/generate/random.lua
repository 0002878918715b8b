--- Seeded random numbers, the same on every machine (a Park-Miller generator).

local random = {}
random.__index = random

local MODULUS, FACTOR = 2147483647, 48271

function random.new(seed)
   local self = setmetatable({ state = seed % (MODULUS - 1) + 1 }, random)
   for _ = 1, 8 do
      self:unit()
   end
   return self
end

--- The next number in [0, 1).
function random:unit()
   self.state = self.state * FACTOR % MODULUS
   return (self.state - 1) / (MODULUS - 1)
end

--- The next number in [low, high).
function random:between(low, high)
   return low + (high - low) * self:unit()
end

--- The next whole number in low..high, both included.
function random:integer(low, high)
   return low + math.floor(self:unit() * (high - low + 1))
end

--- One element of `list`.
function random:pick(list)
   return list[self:integer(1, #list)]
end

return random
