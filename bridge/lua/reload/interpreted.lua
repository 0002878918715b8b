-- Functions that run with the compiler at rest: what compiled code of a walk took for a constant, the
-- collector could not take any more.

local core = ...

local jit = require "jit"

local function finish(ok, ...)
   jit.on()
   if not ok then error((...), 0) end
   return ...
end

--- The same function, interpreted.
return function(func)
   if not core.jit then return func end
   return function(...)
      jit.off()
      return finish(pcall(func, ...))
   end
end
