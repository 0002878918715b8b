-- Loads the specs named in one string and runs them with LuaUnit; prints TAP.

local files = ...

unit = require "luaunit"

for file in files:gmatch "%S+" do assert(loadfile(file))() end

local runner = unit.LuaUnit.new()
runner:setOutputType "tap"
return runner:runSuite()
