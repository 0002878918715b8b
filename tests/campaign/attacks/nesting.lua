-- Recursion, in Lua and through C.

local SHAPES = {
   { "recursion", "local function f() return 1 + f() end f()" },
   { "the override itself", "return self:damage(n)", "active" },
   { "gsub in gsub", "local function f() return (('x'):gsub('x', f)) end f()" },
   { "gsub over a table", "local t t = setmetatable({}, { __index = function(_, k) return (k:gsub('x', t)) end }) ; ('x'):gsub('x', t)" },
   { "sort in sort", "local function f() table.sort({ 1, 2 }, f) end f()" },
   { "coroutine in coroutine", "local function f() coroutine.wrap(f)() end f()" },
   { "resume in resume", "local function f() local ok, why = coroutine.resume(coroutine.create(f)) if not ok then error(why, 0) end end f()" },
   { "gsub and coroutine", "local f local function g() coroutine.wrap(f)() end function f() ('x'):gsub('x', g) end f()" },
   { "gsub and sort", "local f local function g() table.sort({ 1, 2 }, f) end function f() ('x'):gsub('x', g) end f()" },
   { "sort and coroutine", "local f local function g() table.sort({ 1, 2 }, f) end function f() coroutine.wrap(g)() end f()" },
   { "gsub and the original", "local function f() self:suffer(1) end ('x'):gsub('x', f)" },
   { "pcall in gsub", "local function f() pcall(string.gsub, 'x', 'x', f) return f() end ('x'):gsub('x', f)" },
   { "__index in __index", "local t = setmetatable({}, { __index = function(t, k) return t[k .. 'x'] end }) return t.x" },
   { "__tostring in __tostring", "local t t = setmetatable({}, { __tostring = function() return tostring(t) end }) tostring(t)" },
   { "__lt in sort", "local m m = { __lt = function(a, b) table.sort({ a, b }) return true end }\n" ..
      "table.sort({ setmetatable({}, m), setmetatable({}, m) })" },
   { "__concat in __concat", "local t t = setmetatable({}, { __concat = function(a, b) return a .. b end }) return t .. t" },
   { "xpcall in its handler", "local function h() xpcall(error, h) end xpcall(error, h)" },
   { "unpack of too much", "unpack({}, 1, 1e7)" },
   { "too many arguments", "local t = {} for i = 1, 7000 do t[i] = i end local function f(...) return f(1, ...) end f(unpack(t))" },
}

local attacks = {}
for _, shape in ipairs(SHAPES) do
   attacks[#attacks + 1] = { name = shape[1], body = shape[2], state = shape[3] }
end
--- Through C the C stack would be used up first on a small one.
for _, shape in ipairs(SHAPES) do
   if shape[1]:find "gsub" or shape[1]:find "sort" or shape[1]:find "coroutine" or shape[1]:find "resume" then
      attacks[#attacks + 1] = { name = shape[1] .. ", on a small stack", body = shape[2], small = true }
   end
end
return attacks
