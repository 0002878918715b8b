-- What objects, VMs and patches cost to make, to find and to leave.

local tools = ...

local hand = tools.hand
local band = bit.band

-- ---- many objects ---------------------------------------------------------------------------

local MANY, FEW = 1000000, 1000

local sample -- handles of some of the objects, at random

local function populate(side) sample = tools.crowd(side == "run" and MANY or FEW) end

local function leave() sample = tools.crowd(0) end

-- The sample has 256 handles, whatever the number of objects: what is looked at in one frame.
local function read_sample(n)
   local handles, sum = sample, 0
   for i = 1, n do sum = sum + handles[band(i, 255) + 1].id end
   return sum
end

local function resolve_case(name, work)
   return {
      name = name, limit = 2.0, before = populate, finish = leave,
      run = work, baseline = work, baseline_name = "with 1,000 live objects",
   }
end

-- ---- patches --------------------------------------------------------------------------------

local HEAD = 'local patch = require "patch"\n'
local LINE = "patch.override(native.Subject, %q, function(original, ...) return original(...) end)\n"

local METHODS = { "damage", "take_int", "take_object", "take_pair", "take_place", "take_two", "take_enum", "take_string",
   "take_give", "take_where" }

local ONE = HEAD .. LINE:format "damage"
local TEN = HEAD
for _, name in ipairs(METHODS) do TEN = TEN .. LINE:format(name) end

local function apply_and_revert(text)
   return function(n)
      for _ = 1, n do
         tools.apply(text)
         tools.apply(nil)
      end
   end
end

-- ---- the cases ------------------------------------------------------------------------------

local HELD = 10000

return {
   {
      name = "create and destroy an object", run = tools.create,
      baseline = hand.calls.create, baseline_name = "userdata with a metatable",
   },
   resolve_case("resolve, 1,000,000 live, from Lua", read_sample),
   resolve_case("resolve, 1,000,000 live, in C", tools.resolve),
   {
      name = "close a VM with 10,000 references", unit = "ms",
      figure = function() return tools.close_vm(HELD) * 1e3 end,
      baseline_figure = function() return tools.close_state(HELD) * 1e3 end,
      baseline_name = "plain Lua state with 10,000 userdata",
   },
   { name = "apply and revert a patch", unit = "us", run = apply_and_revert(ONE) },
   { name = "apply and revert one of 10 methods", unit = "us", run = apply_and_revert(TEN) },
}
