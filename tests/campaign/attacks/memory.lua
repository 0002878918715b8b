-- Scripts that take memory until there is none left.

local MEMORY = "memory: with Animal.damage scripts hold more than 48 MB (attack.lua:"
local AT_ONCE = "not enough memory: "

local SHAPES = {
   { "a table of tables", "local t = {} while true do t[#t + 1] = { 1, 2, 3, 4 } end", MEMORY },
   { "a list of numbers", "local t, i = {}, 0 while true do i = i + 1 t[i] = i end", MEMORY },
   { "a list of texts", "local t, i = {}, 0 while true do i = i + 1 t[i] = 'text ' .. i end", MEMORY },
   { "twice the text", "local s = 'x' while true do s = s .. s end", MEMORY },
   { "twice the text in pcall", "while true do local s = 'x' pcall(function() while true do s = s .. s end end) end", "attack.lua:" },
   { "a hash", "local t, i = {}, 0 while true do i = i + 1 t['k' .. i] = true end", MEMORY },
   { "closures", "local t = {} while true do local x = #t t[#t + 1] = function() return x end end", MEMORY },
   { "coroutines", "local t = {} while true do t[#t + 1] = coroutine.create(function() end) end", MEMORY },
   { "coroutines that wait", "local t = {} while true do local co = coroutine.wrap(coroutine.yield) co() t[#t + 1] = co end", MEMORY },
   { "a bomb that is swallowed", "local t = {} while true do pcall(function() while true do t[#t + 1] = { 1, 2, 3 } end end) end", MEMORY },
   { "fields of an object", "self.bomb = {} while true do local b = self.bomb b[#b + 1] = { 1, 2, 3 } end", MEMORY },
   { "a list of a module", "local m = require 'game' m.bomb = {} while true do m.bomb[#m.bomb + 1] = { 1 } end", MEMORY },
   { "varargs", "local t = {} for i = 1, 5000 do t[i] = i end local all = {} while true do all[#all + 1] = { unpack(t) } end", MEMORY },
   { "64-bit integers", "local t = {} while true do t[#t + 1] = 1LL * #t end", MEMORY },
   { "rep at once", "('x'):rep(2 ^ 30)", AT_ONCE },
   { "rep with a separator", "('x'):rep(1000, ('y'):rep(1e6))", AT_ONCE },
   { "rep of rep", "('x'):rep(1e6):rep(1e6)", AT_ONCE },
   { "concat of one text many times", "local s, t = ('x'):rep(2 ^ 20), {} for i = 1, 4096 do t[i] = s end table.concat(t)", AT_ONCE },
   { "a separator many times", "local t = {} for i = 1, 1e5 do t[i] = 1 end table.concat(t, ('x'):rep(1e6))", AT_ONCE },
   { "gsub that expands", "('x'):rep(1e6):gsub('x', ('y'):rep(1e4))", AT_ONCE },
   { "gsub with captures", "('x'):rep(1e5):gsub('(.*)', ('%1'):rep(1e4))", AT_ONCE },
   { "gsub with a function", "local s = ('y'):rep(1e6) ; ('x'):rep(1e6):gsub('x', function() return s end)", AT_ONCE },
   { "texts that are garbage at once", "local t = {} for i = 1, 1e9 do t[1] = ('x'):rep(1e5) .. i end", "runaway: Animal.damage" },
}

local attacks = {}
for index, shape in ipairs(SHAPES) do attacks[index] = { name = shape[1], body = shape[2], cause = shape[3], budget = 2000 } end
attacks[#attacks + 1] = {
   name = "a bomb while the file is loaded", state = "refused", cause = "memory: with a function scripts hold more than 48 MB (attack.lua:1)",
   budget = 2000, file = "local t = {} while true do t[#t + 1] = { 1, 2, 3 } end",
}
return attacks
