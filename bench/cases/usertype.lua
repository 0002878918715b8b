-- The cases of sol2's suite that make sense in C.

local tools = ...

local ffi = require "ffi"

local ways = tools.load "ways"

local loops, hand, native = tools.loops, tools.hand, tools.native

-- ---- an object with many members ------------------------------------------------------------

ffi.cdef [[ typedef struct { bench_Object object; int a[40]; } bench_Large; ]]

local large, raw_large = native.large, ffi.cast("bench_Large *", tools.large)

local function bridge_first(n) for i = 1, n do large.a0 = i end end

local function raw_first(n) for i = 1, n do raw_large.a[0] = i end end

local function bridge_last(n)
   local sum = 0
   for _ = 1, n do sum = sum + large.d9 end
   return sum
end

local function raw_last(n)
   local sum = 0
   for _ = 1, n do sum = sum + raw_large.a[39] end
   return sum
end

-- ---- Lua and its tables ---------------------------------------------------------------------

local game = { subject = { hp = 100 } }
game.subject.next = game.subject

local function root(n)
   local sum = 0
   for _ = 1, n do sum = sum + native.subject.hp end
   return sum
end

local function field(n)
   local sum = 0
   for _ = 1, n do sum = sum + game.subject.hp end
   return sum
end

-- ---- C calls functions that it got from Lua -------------------------------------------------

local function call_from_c(func) return function(n) return loops.call(n, func) end end

local function named(module, name) return function(n) return loops.named(n, module, name) end end

local gameplay = { tick = function(number) return number end }

local function with_table(case)
   case.prepare = function() hand.calls.set_table(gameplay) end
   case.baseline_name = "lua_getfield + lua_pcall + traceback"
   return case
end

-- ---- the cases ------------------------------------------------------------------------------

local cases = ways.cases {
   { "member function: get", "sum = sum + o:take_weigh(0)", "hand" },
   { "member function: set", "o:damage(0)", "hand" },
   { "member variable, read and written", "o.hp = o.hp + 1", "ffi" },
   { "C function", "sum = sum + S.static_take_int(i)", "hand" },
   { "several results", "local a, b = o:take_both() sum = sum + a + b", "hand" },
   { "several results, as a value", "sum = sum + o:take_where().x", "hand" },
   { "chained members, read", "sum = sum + o.next.next.hp", "ffi" },
   { "chained members, written", "o.next.next.hp = i", "ffi" },
   { "object as a result", "if o:leaf_give() == token then sum = sum + 1 end", "hand" },
   { "derived where the base is expected", "sum = sum + S.static_take_base(o)", "hand" },
   { "the same for a leaf", "sum = sum + S.static_leaf_base(o)", "ffi" },
}

local more = {
   {
      name = "first of 40 members, written", run = bridge_first, baseline = raw_first, baseline_name = "raw FFI",
   },
   { name = "last of 40 members, read", run = bridge_last, baseline = raw_last, baseline_name = "raw FFI" },
   {
      name = "C function through Lua in C", run = call_from_c(native.Subject.static_take_int),
      baseline = call_from_c(hand.statics.static_take_int), baseline_name = "hand-written lua_CFunction",
   },
   { name = "global, read", run = root, baseline = field, baseline_name = "plain Lua tables" },
   { name = "global, written from C", run = loops.set_root, baseline = hand.calls.set_global, baseline_name = "lua_setglobal" },
   with_table { name = "Lua function from C", run = named("gameplay", "tick"), baseline = hand.calls.field },
   with_table { name = "optional: no such function", run = named("gameplay", "tock"), baseline = hand.calls.no_field },
   with_table { name = "optional: no such module", run = named("nothing", "tick"), baseline = hand.calls.no_field },
}
for _, case in ipairs(more) do cases[#cases + 1] = case end
return cases
