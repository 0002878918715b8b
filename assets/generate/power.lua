--- Powers that come out the same in interpreted and in compiled code.
---
--- LuaJIT rewrites a ^ b when it compiles it, which changes the last bit of the result, and when it
--- compiles differs from run to run. The generated files must not.

--- `base` to the power of `exponent`; 0 for a base that is not positive.
local function power(base, exponent)
   if base <= 0 then
      return 0
   end
   return math.exp(math.log(base) * exponent)
end

return power
