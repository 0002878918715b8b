-- Loads the specs named on the command line and runs them with LuaUnit; prints TAP.

local in_coroutine = ...
local files = { select(2, ...) }

package.path = debug.getinfo(1, "S").source:match "^@(.*)run%.lua$" .. "?.lua;" .. package.path

local unit = require "luaunit"
_G.unit = unit

-- Scripts see the sandboxed names; a spec's helper that runs text as one of them.
function zoo.script(text)
   local chunk = assert(load(text, "@script.lua", "t", zoo.environment))
   return chunk()
end

for _, file in ipairs(files) do assert(loadfile(file))() end

local function run()
   local runner = unit.LuaUnit.new()
   runner:setOutputType "tap"
   return runner:runSuite()
end

if not in_coroutine then return run() end
local co = coroutine.create(run)
local ok, failures = coroutine.resume(co)
if not ok then error(debug.traceback(co, tostring(failures)), 0) end
return failures
