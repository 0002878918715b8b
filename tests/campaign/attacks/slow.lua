-- Library functions that take long with the right arguments.

local RUNAWAY = "runaway: Animal.damage ran longer than 60 ms (attack.lua:"

local SHAPES = {
   { "optional letters", "('a'):rep(30):find(('a?'):rep(30) .. ('a'):rep(30))" },
   { "two lazy items", "('x'):rep(2e5):find('.-.-b')" },
   { "many lazy items", "('x'):rep(3e3):match(('.-'):rep(20) .. 'b')" },
   { "greedy items", "('x'):rep(3e3):match(('.*'):rep(20) .. 'b')" },
   { "a lazy gsub", "('a'):rep(3e5):gsub('.-b', '')" },
   { "a balanced pair that is never closed", "('('):rep(1e5):gsub('%b()', '')" },
   { "back references", "('a'):rep(2e4):find('(.-)%1%1b')" },
   { "a set in a lazy item", "('x'):rep(1e5):gsub('[^b]-b', '')" },
   { "gmatch", "for _ in ('x'):rep(2e5):gmatch('.-.-b') do end" },
   { "a frontier", "('x '):rep(5e4):gsub('%f[%w].-.-b', '')" },
   { "a pattern in pcall", "while true do pcall(string.find, ('a'):rep(30), ('a?'):rep(30) .. ('a'):rep(30)) end" },
   { "a pattern in a comparator", "table.sort({ 1, 2, 3 }, function() return (('a'):rep(30):find(('a?'):rep(30) .. ('a'):rep(30))) end)" },
   { "a large sort", "local t = {} for _ = 1, 100 do for i = 1, 5e5 do t[i] = (i * 7919) % 500009 end table.sort(t) end" },
   { "a slow comparator", "local t = {} for i = 1, 1000 do t[i] = i end table.sort(t, function(a, b) for _ = 1, 1e6 do end return a < b end)" },
   { "concat of much, again and again", "local t = {} for i = 1, 1e5 do t[i] = 'x' end while true do table.concat(t) end" },
   { "rep, again and again", "while true do ('x'):rep(4e6) end" },
   { "rep of little, again and again", "while true do local s = ('x'):rep(100) end" },
   { "insert at the front", "local t = {} for i = 1, 1e6 do t[i] = i end while true do table.insert(t, 1, 0) end" },
   { "remove at the front", "local t = {} for i = 1, 1e6 do t[i] = i end while true do table.remove(t, 1) t[1000000] = 1 end" },
   { "byte and char", "local s = ('x'):rep(1000) while true do s = string.char(s:byte(1, -1)) end" },
   { "upper, lower, reverse", "local s = ('x'):rep(1e6) while true do s = s:upper():lower():reverse() end" },
   { "format", "while true do ('%99.99f'):format(1e300) end" },
   { "maxn", "local t = {} for i = 1, 1e6 do t[i] = i end while true do table.maxn(t) end" },
   { "tonumber of long text", "local s = ('1'):rep(1e6) while true do tonumber(s) end" },
   { "print of much", "local s = ('x'):rep(1e6) while true do print(s) end" },
}

local attacks = {}
for index, shape in ipairs(SHAPES) do attacks[index] = { name = shape[1], body = shape[2], cause = RUNAWAY } end

--- What used to be slow, and is not any more.
local FAST = {
   { "plain find of a half in a whole", "local s = ('a'):rep(1e6) s:find(('a'):rep(5e5) .. 'b', 1, true)" },
   { "a crafted sort", [[
      local n, next_free, values = 16000, 0, {} -- elements get their values where they make it worst
      local t = {} for i = 1, n do t[i] = i end
      table.sort(t, function(a, b)
         if not values[a] and not values[b] then next_free = next_free + 1 values[a] = next_free end
         return (values[a] or 1e9) < (values[b] or 1e9)
      end)]] },
   { "insert far before the list", "pcall(table.insert, {}, -2 ^ 31, 1)" },
   { "a comparator that says yes", "local t = {} for i = 1, 1000 do t[i] = i end table.sort(t, function() return true end)" },
   { "a comparator without a plan", "local t = {} for i = 1, 1000 do t[i] = i end table.sort(t, function() return math.random() < 0.5 end)" },
   { "sort of not a number", "local t = {} for i = 1, 1000 do t[i] = i % 3 == 0 and 0 / 0 or i end table.sort(t)" },
}
for _, shape in ipairs(FAST) do
   attacks[#attacks + 1] = {
      name = shape[1], state = "active",
      body = ("if not self.done then self.done = true %s end return original(self, n)"):format(shape[2]),
   }
end
return attacks
