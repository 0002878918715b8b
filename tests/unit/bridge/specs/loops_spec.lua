-- Loops over pairs() go round as often as there are entries, also when LuaJIT gives up compiling them while they run:
-- 2.1.0-beta3, of Debian 12, ends such a round too early by itself.

TestLoops = {}

-- A function with varargs that is hot: the loops around it are tried and given up. It is the case of LuaJIT's issue 827.
local COUNT = [[
local function hot(...) for _ = 1, 100 do end end

local list = { 1, 2, 3, 4, 5 }
local names = { a = list, b = list, c = list, d = list, e = list }
local wrong = 0
for _ = 1, 100000 do
   hot()
   local count = 0
   for _, inner in %s do
      for _ in %s do end
      count = count + 1
   end
   if count ~= 5 then wrong = wrong + 1 end
end
return wrong
]]

local number = 0

--- What a script of the game returns.
local function run(text)
   number = number + 1
   local name = "counted" .. number
   zoo.files["scripts/" .. name .. ".lua"] = text
   return zoo.script(("return require '%s'"):format(name))
end

function TestLoops:test_pairs_within_pairs_has_every_round()
   unit.assertEquals(run(COUNT:format("pairs(names)", "pairs(inner)")), 0)
end

function TestLoops:test_so_has_next()
   unit.assertEquals(run(COUNT:format("next, names", "next, inner")), 0)
end

function TestLoops:test_functions_in_functions_are_looked_at_too()
   unit.assertEquals(run("local function outer() return (function() " .. COUNT:format("pairs(names)", "pairs(inner)")
      .. " end)() end return outer()"), 0)
end

function TestLoops:test_a_loop_may_be_left_and_may_change_what_it_goes_over()
   local seen = run [[
      local t, seen = { a = 1, b = 2, c = 3 }, 0
      for name in pairs(t) do
         t[name] = nil
         seen = seen + 1
      end
      for _ in pairs { 1, 2, 3 } do
         seen = seen + 10
         if seen > 20 then break end
      end
      return seen
   ]]
   unit.assertEquals(seen, 23)
end

function TestLoops:test_the_old_compiler_does_not_know_next()
   if not zoo.jit or jit.version ~= "LuaJIT 2.1.0-beta3" then return end -- others compile it well
   for where, func in next, { scripts = zoo.script "return next", pairs = zoo.script "return (pairs {})", bridge = (pairs {}) } do
      unit.assertNil(require("jit.util").funcinfo(func).ffid, where) -- the number of a function that it knows
   end
end
