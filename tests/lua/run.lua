-- Loads the specs named in one string and runs them with LuaUnit; prints TAP.

local files = ...

unit = require "luaunit"

--- After a first round, `steps` calls of `step` leave nothing behind. Compiled code is only run: compiling
--- takes memory too, and a call through the FFI that the compiler gave up boxes its numbers.
function expect_no_garbage(steps, step)
   local function round()
      for _ = 1, steps do step() end
   end
   round()
   collectgarbage()
   collectgarbage "stop"
   local before = collectgarbage "count"
   round()
   local bytes = (collectgarbage "count" - before) * 1024
   collectgarbage "restart"
   if not jit.status() then unit.assertEquals(bytes, 0) end
end

for file in files:gmatch "%S+" do assert(loadfile(file))() end

local runner = unit.LuaUnit.new()
runner:setOutputType "tap"
return runner:runSuite()
