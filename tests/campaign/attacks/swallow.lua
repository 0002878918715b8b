-- Scripts that catch the error that stops them, and go on.

local RUNAWAY = "runaway: Animal.damage" -- in one call, or in one frame

local SHAPES = {
   { "pcall", "while true do pcall(function() while true do end end) end" },
   { "pcall in pcall", "local function f() while true do pcall(f) end end f()" },
   { "pcall of pcall", "while true do pcall(pcall, pcall, function() while true do end end) end" },
   { "xpcall", "while true do xpcall(function() while true do end end, function(m) return m end) end" },
   { "a handler that never returns", "xpcall(function() while true do end end, function() while true do end end)" },
   { "a handler that fails", "while true do xpcall(function() while true do end end, function() error('x') end) end" },
   { "a handler that recurses", "local function h() return h() end while true do xpcall(function() while true do end end, h) end" },
   { "xpcall without a handler", "while true do pcall(xpcall, function() while true do end end) end" },
   { "coroutine.resume", "while true do coroutine.resume(coroutine.create(function() while true do end end)) end" },
   { "coroutine.wrap in pcall", "while true do pcall(coroutine.wrap(function() while true do end end)) end" },
   { "the same coroutine again", "local co = coroutine.create(function() while true do pcall(function() while true do end end) end end)\n" ..
      "while true do coroutine.resume(co) end" },
   { "the evader of the stack's limit", "local function r() pcall(r) return r() end r()" },
   { "the evader with xpcall", "local function r() xpcall(r, function() end) return r() end r()" },
   { "the evader as its own handler", "local function r() xpcall(r, r) return r() end r()" },
   { "a handler of a stack overflow", "local function f() f() end xpcall(f, function() while true do end end)" },
   { "a handler of handlers", "local function h() xpcall(error, h) return h() end xpcall(error, h)" },
   { "a handler in handlers", "local function h() return xpcall(error, h) end while true do xpcall(error, h) end" },
   { "the evader with arguments", "local function r(...) pcall(r, 1, 2, 3, ...) return r(...) end r(1)" },
   { "the evader with coroutines", "local function r() coroutine.resume(coroutine.create(r)) return r() end r()" },
   { "the evader with wrap", "local function r() pcall(coroutine.wrap(r)) return r() end r()" },
   { "the evader with gsub", "local function r() pcall(string.gsub, 'x', 'x', r) return r() end r()" },
   { "the evader with sort", "local function r() pcall(table.sort, { 1, 2 }, r) return r() end r()" },
   { "the evader with __index", "local t t = setmetatable({}, { __index = function(_, k) pcall(function() return t[k] end) return t[k] end }) return t.x" },
   { "tostring in pcall", "local t = setmetatable({}, { __tostring = function() while true do end end }) while true do pcall(tostring, t) end" },
   { "gsub in pcall", "while true do pcall(string.gsub, 'x', 'x', function() while true do end end) end" },
   { "sort in pcall", "while true do pcall(table.sort, { 1, 2, 3 }, function() while true do end end) end" },
   { "pcall in a comparator", "while true do pcall(table.sort, { 1, 2 }, function() pcall(function() while true do end end) end) end" },
   { "pcall around the original", "while true do pcall(original, self, 0) pcall(original, self, 'x') end" },
   { "a yield out of pcall", "local co = coroutine.wrap(function() while true do pcall(coroutine.yield) end end) while true do co() end" },
}

local attacks = {}
for index, shape in ipairs(SHAPES) do attacks[index] = { name = shape[1], body = shape[2], cause = RUNAWAY } end

attacks[#attacks + 1] = {
   name = "pcall while the file is loaded", state = "refused", cause = "runaway: a function ran longer than 60 ms",
   file = "while true do pcall(function() while true do end end) end",
}
attacks[#attacks + 1] = {
   name = "the evader while the file is loaded", state = "refused",
   file = "local function r() pcall(r) return r() end r()",
}
attacks[#attacks + 1] = {
   name = "overrides of one another", cause = "attack.lua",
   file = [[local patch = require "patch"
patch.override(native.Animal, "damage", function(original, self, n) pcall(self.suffer, self, 1) return self:damage(n) end)
patch.override(native.Animal, "suffer", function(original, self) pcall(self.damage, self, 1) return self:suffer() end)]],
}
return attacks
