-- What a commit of a patch costs the frame between which it happens.

local tools = ...

local HEAD = 'local patch = require "patch"\n'
local LINE = "patch.override(native.Subject, %q, function(original, ...) return original(...) end)\n"
local IN_LUA = 'patch.override(require "thousand", "f%d", function(original, ...) return original(...) end)\n'

local METHODS = { "damage", "take_int", "take_object", "take_pair", "take_place", "take_two", "take_enum", "take_string",
   "take_give", "take_where" }
local FRAME = 1000 / 60 -- ms

--- A patch of `count` functions: ten methods of C, the rest functions of a Lua module.
local function patch_of(count)
   local lines = { HEAD }
   for index = 1, math.min(count, #METHODS) do lines[#lines + 1] = LINE:format(METHODS[index]) end
   for index = #METHODS + 1, count do lines[#lines + 1] = IN_LUA:format(index) end
   return table.concat(lines)
end

local function stall(count)
   local text = patch_of(count)
   return function()
      tools.apply(nil)
      local start = tools.clock()
      tools.apply(text)
      return (tools.clock() - start) * 1e3
   end
end

local function leave() tools.apply(nil) end

--- What each of so many files costs that come at once.
local function stall_of_files(count)
   count = tools.quick and count / 100 or count
   local text = HEAD .. IN_LUA:format(1)
   return function()
      local start = tools.clock()
      tools.apply_files(count, text)
      local took = tools.clock() - start
      tools.apply_files(count, nil)
      return took / count * 1e6
   end
end

-- A method that was patched and freed of it again and again, against one that never was.
local PATCH = HEAD .. LINE:format "damage"

local function patch_often()
   for _ = 1, tools.quick and 100 or 10000 do
      tools.apply(PATCH)
      tools.apply(nil)
   end
end

local often = tools.loops.slot

return {
   { name = "commit of 1 override", unit = "ms", figure = stall(1), finish = leave },
   { name = "commit of 100 overrides", unit = "ms", figure = stall(100), finish = leave },
   { name = "commit of 1,000 overrides", unit = "ms", figure = stall(1000), finish = leave, limit = FRAME / 2 },
   {
      name = "each of 4,000 files at once", unit = "us", figure = stall_of_files(4000), rounds = tools.quick and 1 or 5,
      baseline_figure = stall_of_files(500), baseline_name = "each of 500", limit = 2,
   },
   {
      name = "C to C after 10,000 patches came and went", prepare = patch_often, run = often,
      baseline = tools.loops.direct, baseline_name = "direct call, not inlined", limit = 1.10,
   },
}
