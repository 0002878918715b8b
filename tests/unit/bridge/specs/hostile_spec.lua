-- Wrong arguments to everything there is.

local hostile = dofile(debug.getinfo(1, "S").source:match "^@(.*/)" .. "../../../lua/hostile_calls.lua")

TestHostile = {}

--- Objects that live, one that is dead, and parts of one.
local function make()
   for _, object in ipairs(TestHostile.made or {}) do pcall(zoo.finish, object) end
   local lion, animal, dead, crate = zoo.lion(100), zoo.animal(50), zoo.animal(1), zoo.crate()
   zoo.finish(dead)
   TestHostile.made = { lion, animal }
   local list = { lion, animal, dead, crate, zoo.caller(), native.Vec2(1, 2) }
   for _, class in ipairs { "Ball", "Kite", "Balloon" } do
      local ok, object = pcall(native[class].new)
      if ok and object then list[#list + 1] = object end
   end
   return list
end

function TestHostile:tearDown()
   for _, object in ipairs(self.made or {}) do pcall(zoo.finish, object) end
   zoo.break_crate()
   zoo.break_caller()
   zoo.log()
end

function TestHostile:test_wrong_arguments_to_every_function()
   local passed = hostile.call_everything(native, make, 100)
   unit.assertTrue(passed > 500, passed)
   for _ = 1, 3 do zoo.step() end
   local lion = zoo.lion(100)
   unit.assertEquals(lion:damage(10), 95)
   zoo.finish(lion)
end

function TestHostile:test_reading_what_can_only_be_written_names_it()
   local caller = zoo.caller()
   unit.assertErrorMsgContains("Caller.namer is write only", function() return caller.namer end)
end
