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

--- The same is nothing. For steps with many calls of native objects: where the compiler gives one of them up, the
--- FFI boxes its numbers, so that what is left is certain only if nothing is compiled.
function expect_no_garbage_interpreted(steps, step)
   local garbage = garbage_of(steps, step)
   if not jit.status() then unit.assertEquals(garbage, 0) end
end

for file in files:gmatch "%S+" do assert(loadfile(file))() end

local runner = unit.LuaUnit.new()
runner:setOutputType "tap"
return runner:runSuite()
