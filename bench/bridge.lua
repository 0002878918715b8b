-- What the bridge costs, against the same work without it.

local tools = ...

local ffi = require "ffi"

ffi.cdef [[
typedef struct { uint8_t object[16]; float x, y; int hp; } bench_Subject;
]]

local subject = tools.native.subject
local raw = ffi.cast("bench_Subject *", tools.subject)
local raw_distance = ffi.cast("float (*)(const void *, float, float)", tools.subject_distance_direct)
local hand = tools.hand_subject()
local Vec2 = tools.native.Vec2

local plain = { hp = 100 }
function plain:damage(amount) return amount + 1 end

local PATCH = [[
local patch = require "patch"
patch.override(native.Subject, "damage", function(original, self, amount) return amount + 1 end)
]]

local function loop_patched(n)
   local sum = 0
   for _ = 1, n do sum = sum + subject:damage(1) end
   return sum
end

local function garbage_of(work, n)
   work(n)
   collectgarbage()
   collectgarbage "stop"
   local before = collectgarbage "count"
   work(n)
   local grown = (collectgarbage "count" - before) * 1024
   collectgarbage "restart"
   -- The loop itself may cost one function call's worth; less than a byte in a hundred calls is none.
   return math.floor(grown / n * 100) / 100
end

return {
   {
      name = "leaf method", baseline_name = "raw FFI call", limit = 1.10,
      run = function(n) local sum = 0 for i = 1, n do sum = sum + subject:distance(i, 1) end return sum end,
      baseline = function(n) local sum = 0 for i = 1, n do sum = sum + raw_distance(raw, i, 1) end return sum end,
   },
   {
      name = "property read", baseline_name = "raw FFI field", limit = 1.25,
      run = function(n) local sum = 0 for _ = 1, n do sum = sum + subject.x end return sum end,
      baseline = function(n) local sum = 0 for _ = 1, n do sum = sum + raw.x end return sum end,
   },
   {
      name = "property write", baseline_name = "raw FFI field", limit = 1.25,
      run = function(n) for i = 1, n do subject.y = i end end,
      baseline = function(n) for i = 1, n do raw.y = i end end,
   },
   {
      name = "default method", baseline_name = "hand-written luaL_checkudata function", limit = 1.00,
      run = function(n) local sum = 0 for _ = 1, n do sum = sum + subject:damage(0) end return sum end,
      baseline = function(n) local sum = 0 for _ = 1, n do sum = sum + hand:damage(0) end return sum end,
   },
   {
      name = "C through an unpatched slot", baseline_name = "direct call", limit = 1.10,
      run = tools.loop_slot, baseline = tools.loop_direct,
   },
   {
      name = "C to a patched method", baseline_name = "lua_rawgeti + lua_pcall + traceback", limit = 1.20,
      prepare = function()
         tools.apply(PATCH)
         tools.set_hand_written(function(_, amount) return amount + 1 end)
      end,
      run = tools.loop_slot, baseline = tools.loop_hand_written,
      finish = function() tools.apply(nil) end,
   },
   {
      name = "Lua to a patched method", baseline_name = "method of a Lua table", limit = 1.15,
      prepare = function() tools.apply(PATCH) end,
      run = loop_patched,
      baseline = function(n) local sum = 0 for _ = 1, n do sum = sum + plain:damage(1) end return sum end,
      finish = function() tools.apply(nil) end,
   },
   {
      name = "value in, value out", unit = "B/call", limit = 0,
      measure = function()
         return garbage_of(function(n)
            local at = Vec2(1, 1)
            for _ = 1, n do at = subject:halfway(at) end
            return at
         end, 1e6)
      end,
   },
}
