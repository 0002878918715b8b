-- What the bridge costs, against the same work without it.

local tools = ...

local ways = tools.load "ways"

local loops, hand = tools.loops, tools.hand
local jit = tools.jit

--- What a claim about compiled code is where nothing is compiled: only a figure.
local function compiled(limit) return jit and limit or nil end

local function case(name, code, against, baseline_name, limit)
   return {
      name = name, limit = limit, baseline_name = baseline_name,
      run = ways.work_on_one("bridge", code), baseline = ways.work_on_one(against, code),
   }
end

--- The same with another object in each round, which compiled code has to look at each time.
local function in_turn(name, code, against, baseline_name)
   return {
      name = name .. ", in turn", baseline_name = baseline_name,
      run = ways.work("bridge", code), baseline = ways.work(against, code),
   }
end

-- ---- patched methods ------------------------------------------------------------------------

local PATCH = [[
local patch = require "patch"
patch.override(native.Subject, "damage", function(original, self, amount) return amount + 1 end)
]]

local function patched(c)
   c.prepare = function()
      tools.apply(PATCH)
      hand.calls.set_function(function(_, amount) return amount + 1 end)
   end
   c.finish = function() tools.apply(nil) end
   return c
end

-- ---- garbage --------------------------------------------------------------------------------

local function grown_by(work, n)
   local before = collectgarbage "count"
   work(n)
   return (collectgarbage "count" - before) * 1024
end

--- Bytes of garbage that one more call leaves, over a million when compiled: the slope, because the
--- loop itself may leave some bytes however long it is.
local function garbage_of(work)
   local n = (jit and not tools.quick) and 1e6 or 1e4
   for _ = 1, 32 do work(100) end -- until the compiler has nothing left to do
   collectgarbage()
   collectgarbage "stop"
   local once, twice = grown_by(work, n), grown_by(work, 2 * n)
   collectgarbage "restart"
   return (twice - once) / n
end

local function value_in_value_out(n)
   local subject, at = tools.native.subject, tools.native.Vec2(1, 1)
   for _ = 1, n do at = subject:halfway(at) end
   return at
end

-- ---- instructions ---------------------------------------------------------------------------

local CALLS = 100000

--- What callgrind counts in one of the loops of loops.c; nil if it cannot.
local function count_instructions(loop)
   local pipe = io.popen(("valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=%s '%s' %d 2>&1")
      :format(loop, tools.count, CALLS))
   local said = pipe:read "*a"
   pipe:close()
   return tonumber(said:match "Collected : (%d+)")
end

--- How many instructions more a call through a slot takes than a direct one.
local function extra_instructions()
   local slot, direct = count_instructions "loop_slot", count_instructions "loop_direct"
   return slot and direct and (slot - direct) / CALLS
end

-- ---- the cases ------------------------------------------------------------------------------

local LEAF, READ, WRITE = "sum = sum + o:distance(i, 1)", "sum = sum + o.x", "o.y = i"
local METHOD, PATCHED = "sum = sum + o:damage(0)", "sum = sum + o:damage(i)"

local cases = {
   case("leaf method", LEAF, "ffi", "raw FFI call", compiled(1.10)),
   case("property read", READ, "ffi", "raw FFI field", compiled(1.25)),
   case("property write", WRITE, "ffi", "raw FFI field", compiled(1.25)),
   case("default method", METHOD, "hand", "hand-written luaL_checkudata function", 1.00),
   patched(case("Lua to a patched method", PATCHED, "lua", "method of a Lua table", compiled(1.15))),
   patched {
      name = "C to a patched method", run = loops.slot,
      baseline = hand.calls.int, baseline_name = "lua_rawgeti + lua_pcall + traceback", limit = 1.20,
   },
   {
      name = "value in, value out", unit = "B/call", limit = compiled(0),
      figure = function() return garbage_of(value_in_value_out) end,
   },
}
if not jit then return cases end -- the rest is about compiled scripts, or about C alone

for _, more in ipairs {
   in_turn("leaf method", LEAF, "ffi", "raw FFI call"),
   in_turn("property read", READ, "ffi", "raw FFI field"),
   in_turn("property write", WRITE, "ffi", "raw FFI field"),
   patched(in_turn("Lua to a patched method", PATCHED, "lua", "method of a Lua table")),
   {
      name = "C through an unpatched slot", run = loops.slot,
      baseline = loops.direct, baseline_name = "direct call, not inlined", limit = 1.10,
   },
   {
      name = "C through an unpatched slot, plain header", run = loops.header,
      baseline = loops.direct, baseline_name = "direct call, not inlined", limit = 1.10,
   },
   {
      name = "C through an unpatched slot, more", unit = "instructions", limit = 3,
      figure = extra_instructions, rounds = 1, needs = "callgrind (package valgrind)",
   },
} do
   cases[#cases + 1] = more
end
return cases
