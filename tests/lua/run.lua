-- Loads the specs named in one string and runs them with LuaUnit; prints TAP.

local files = ...

unit = require "luaunit"

--- The fewest bytes that `steps` calls of `step` left behind. Compiling takes memory too, which is not
--- the step's: so it is measured until nothing is left once, at most 100 times.
function garbage_of(steps, step)
   local least = math.huge
   collectgarbage()
   collectgarbage "stop"
   for _ = 1, 100 do
      local before = collectgarbage "count"
      for _ = 1, steps do step() end
      least = math.min(least, (collectgarbage "count" - before) * 1024)
      if least == 0 then break end
   end
   collectgarbage "restart"
   return least
end

for file in files:gmatch "%S+" do assert(loadfile(file))() end

local runner = unit.LuaUnit.new()
runner:setOutputType "tap"
return runner:runSuite()
