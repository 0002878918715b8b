-- Ways out of the sandbox: each fails, or changes only what is the patch's own.

local PROBES = {
   { "compiled code", [[assert(not rawget(_G, "loadstring") and not rawget(_G, "load") and not rawget(_G, "dofile") and not rawget(_G, "loadfile"))]] },
   { "string.dump", "assert(not string.dump and not ('').dump)" },
   { "getfenv", [[assert(not rawget(_G, "getfenv") and not rawget(_G, "setfenv"))]] },
   { "the debug library", [[assert(not rawget(_G, "debug") and not rawget(_G, "package") and not rawget(_G, "io") and not rawget(_G, "os") and not rawget(_G, "jit") and not rawget(_G, "ffi"))]] },
   { "require of libraries", "for _, name in ipairs { 'ffi', 'jit', 'io', 'os', 'debug', 'package', 'jit.util', 'string.buffer', 'boot' } do assert(not pcall(require, name)) end" },
   { "require of paths", "for _, name in ipairs { '../game', '/etc/passwd', 'a..b', '', '.', 'game.lua/..' } do assert(not pcall(require, name)) end" },
   { "newproxy", [[assert(not rawget(_G, "newproxy") and not rawget(_G, "collectgarbage") and not rawget(_G, "rawset") and not rawget(_G, "module"))]] },
   { "the metatable of strings", "assert(getmetatable('') == false) assert(not pcall(setmetatable, '', {}))" },
   { "the metatable of objects", "assert(getmetatable(self) == false) assert(not pcall(setmetatable, self, {}))" },
   { "the metatable of globals", "assert(getmetatable(_G) == false) assert(not pcall(setmetatable, _G, {}))" },
   { "a library of its own", "string.format = nil math.floor = function() return 'mine' end table.sort = nil coroutine.wrap = nil" },
   { "functions that the game uses", "assert(not pcall(function() tostring = nil end))" },
   { "globals", "assert(not pcall(function() mine = 1 end)) assert(not pcall(function() return yours end))" },
   { "rawget of globals", [[assert(not rawget(_G, 'debug') and not rawget(_G, 'io'))]] },
   { "next over globals", "for k in next, _G do assert(k ~= 'debug' and k ~= 'io' and k ~= 'os' and k ~= 'ffi') end" },
   { "the environment of the game", "for k in next, _G do local v = _G[k] assert(v ~= nil) end assert(_G._G == _G)" },
   { "a call of a handle", "assert(not pcall(self)) assert(not pcall(function() return self + 1 end)) assert(not pcall(function() return #self end))" },
   { "numbers as fields of an object", "assert(not pcall(function() return self[1e9] end) or self[1e9] == nil)" },
   { "a 64-bit integer as an object", "assert(not pcall(native.Animal.damage, 1LL, 1)) assert(not pcall(native.Animal.damage, 2i, 1))" },
   { "an index of a complex number", "pcall(function() return (1i)[5] end)" },
   { "a method of another object", "assert(not pcall(native.Animal.damage, native.toys, 1)) assert(not pcall(native.Animal.damage, {}, 1))" },
   { "writing into native", "pcall(function() native.Animal = nil end) assert(native.Animal)" },
   { "the coroutine of the game", "local co = coroutine.running() if co then assert(not coroutine.resume(co)) end" },
   { "a yield through C", "assert(not pcall(string.gsub, 'x', 'x', coroutine.yield))" },
   { "gmatch's own state", "local f = ('abc'):gmatch('.') f() f() f() assert(f() == nil and f() == nil)" },
   { "resumers", "assert(not coroutine.resumers)" },
}

local attacks = {}
for index, probe in ipairs(PROBES) do
   attacks[index] = { name = probe[1], body = probe[2] .. "\nprint('came through') return original(self, n)", state = "active", cause = "came through" }
end

for _, case in ipairs {
   { "compiled code as a file", "\27LJ\2", "compiled code is refused" },
   { "compiled code behind a mark", "\239\187\191\27LJ\2", "attack.lua" },
   { "compiled code behind a comment", "#!lua\n\27LJ\2", "attack.lua" },
   { "a text with a zero", "local x = 1 %z", "" },
} do
   attacks[#attacks + 1] = { name = case[1], file = case[2], state = "refused", cause = case[3] }
end
return attacks
