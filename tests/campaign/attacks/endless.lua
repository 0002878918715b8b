-- Loops without end, of all shapes that LuaJIT compiles, or does not compile.

local RUNAWAY = "runaway: Animal.damage ran longer than 60 ms (attack.lua:"

local SHAPES = {
   { "an empty loop", "while true do end" },
   { "a counting loop", "local i = 0 while true do i = i + 1 end" },
   { "repeat", "local i = 0 repeat i = i + 1 until i < 0" },
   { "a numeric for", "local sum = 0 for i = 1, 1e15 do sum = sum + i end" },
   { "goto", "::again:: goto again" },
   { "a loop in a loop", "while true do for i = 1, 10 do if i == 5 then break end end end" },
   { "a loop that was compiled before", [[
      local function work(n) local i = 0 while i < n do i = i + 1 end return i end
      for _ = 1, 100 do work(100) end
      work(math.huge)]] },
   { "a tail call", "local function f() return f() end f()" },
   { "tail calls in turn", "local f, g function f() return g() end function g() return f() end f()" },
   { "recursion of two branches", "local function f(n) if n < 2 then return n end return f(n - 1) + f(n - 2) end f(1000)" },
   { "closures", "while true do local f = function(g) return g end f(f) end" },
   { "tables", "local t = {} while true do t[#t % 100 + 1] = { t } end" },
   { "strings", "local i = 0 while true do i = i + 1 local s = ('x'):rep(10) .. i end" },
   { "pairs", "local t = { 1, 2, 3 } while true do for k in pairs(t) do t[k] = k end end" },
   { "an iterator without end", "for _ in function() return 1 end do end" },
   { "next", "local t = { a = 1 } while true do next(t) end" },
   { "unpack and select", "while true do select('#', unpack({ 1, 2, 3 })) end" },
   { "varargs", "local function f(...) return f(...) end f(1, 2, 3)" },
   { "__index", "local t = setmetatable({}, { __index = function(_, k) return k end }) while true do local x = t.a end" },
   { "__newindex", "local t = setmetatable({}, { __newindex = function() end }) while true do t.a = 1 end" },
   { "__call", "local t = setmetatable({}, { __call = function(self) return self end }) while true do t()() end" },
   { "__eq and __lt", "local m = { __eq = function() return true end, __lt = function() return true end }\n" ..
      "local a, b = setmetatable({}, m), setmetatable({}, m) while a == b and a < b do end" },
   { "__concat", "local t = setmetatable({}, { __concat = function(a) return a end }) while true do local x = t .. t end" },
   { "__tostring", "tostring(setmetatable({}, { __tostring = function() while true do end end }))" },
   { "__index of itself by function", "local t t = setmetatable({}, { __index = function(s, k) while true do end end }) return t.x" },
   { "metamethods in format", "('%s'):format(setmetatable({}, { __tostring = function() while true do end end }))" },
   { "64-bit integers", "local i = 0LL while true do i = i + 1LL end" },
   { "bit operations", "local x = 1 while true do x = bit.rol(bit.bxor(x, 5), 1) end" },
   { "math", "local x = 1 while true do x = math.sin(x) + math.random() end" },
   { "a native method", "while true do self:shout('x') end" },
   { "a native leaf", "while true do self:distance { x = 1, y = 2 } end" },
   { "a property", "while true do self.x = self.x + 1 self.awake = not self.awake end" },
   { "the original", "while true do original(self, 0) end" },
   { "fields of an object", "while true do self.mine = { self } end" },
   { "an error at each turn", "while true do pcall(error, 'x') end" },
   { "a loop in a coroutine", "coroutine.wrap(function() while true do end end)()" },
   { "a loop over a coroutine", "local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end" },
   { "new coroutines", "while true do coroutine.wrap(function() end)() end" },
   { "table.move without end", "table.move({}, 1, 2 ^ 53, 1)" },
   { "table.remove", "local t = {} while true do t[1] = 1 table.remove(t, 1) end" },
   { "table.insert before the list", "while true do pcall(table.insert, {}, -2 ^ 31, 1) end" },
   { "a comparator", "table.sort({ 1, 2, 3 }, function() while true do end end)" },
   { "a replacement", "('x'):gsub('x', function() while true do end end)" },
   { "an iterator of gmatch", "for _ in ('x'):rep(1e6):gmatch('x') do for _ = 1, 1e6 do end end" },
   { "print", "while true do print('x') end" },
}

local attacks = {}
for index, shape in ipairs(SHAPES) do attacks[index] = { name = shape[1], body = shape[2], cause = RUNAWAY } end

attacks[#attacks + 1] = {
   name = "a loop while the file is loaded", file = "while true do end", state = "refused",
   cause = "runaway: a function ran longer than 60 ms (attack.lua:1)",
}
attacks[#attacks + 1] = {
   name = "a loop in a hook before", cause = RUNAWAY,
   file = "require('patch').before(native.Animal, 'damage', function() while true do end end)",
}
attacks[#attacks + 1] = {
   name = "a loop in a hook after", cause = RUNAWAY,
   file = "require('patch').after(native.Animal, 'damage', function() while true do end end)",
}
attacks[#attacks + 1] = {
   name = "a loop in a listener", cause = RUNAWAY,
   file = [[native.toys.tidied:connect(function() while true do end end)
require("patch").before(native.Animal, "damage", function() native.toys.tidied:fire("me") end)]],
}
attacks[#attacks + 1] = {
   name = "a loop in a function that the game keeps", cause = RUNAWAY,
   file = [[require("game").keep(function() while true do end end)
require("patch").before(native.Animal, "damage", function() require("game").call_kept() end)]],
}
attacks[#attacks + 1] = {
   name = "many calls of one frame", cause = "8 errors, the last one: runaway: Animal.damage took 150 ms of one frame",
   body = "for i = 1, 2e5 do self:shout('x') end return 1",
}
return attacks
