-- What the budgets cost where nothing runs away: plain Lua against a machine that nobody watches, and
-- the library functions that scripts get in another make against Lua's own.

local tools = ...

local ways = tools.load "ways"

local cases = {}

-- ---- plain Lua ------------------------------------------------------------------------------

--- What being watched may cost compiled code: 2 to 6 % were measured, more is the noise of a busy machine.
local WATCHED = 1.1

local function watch(name, text, limit)
   cases[#cases + 1] = {
      name = "watched: " .. name, run = loadstring(text)(), limit = tools.jit and limit or nil,
      baseline = tools.plain(text, tools.jit), baseline_name = "a machine that nobody watches",
   }
end

watch("100 particles of a frame", [[
local particles = {}
for index = 1, 100 do particles[index] = { x = index, y = index % 7, vx = 1, vy = index % 3, life = index } end
local function update(particle, seconds)
   particle.vy = particle.vy + 9.81 * seconds
   particle.x = particle.x + particle.vx * seconds
   particle.y = particle.y + particle.vy * seconds
   if particle.y > 100 then
      particle.y = 100
      particle.vy = -particle.vy * 0.8
   end
   particle.life = particle.life - seconds
   if particle.life < 0 then particle.life = 10 end
end
return function(n)
   for _ = 1, n do
      for index = 1, #particles do update(particles[index], 1 / 60) end
   end
end]], WATCHED)

watch("a search over a grid", [[
local SIZE = 24
return function(n)
   for _ = 1, n do
      local distance, queue, head = { [1] = 0 }, { 1 }, 1
      while queue[head] do
         local place = queue[head]
         head = head + 1
         local x = (place - 1) % SIZE
         local function visit(neighbour)
            if not distance[neighbour] and neighbour % 5 ~= 0 then
               distance[neighbour] = distance[place] + 1
               queue[#queue + 1] = neighbour
            end
         end
         if x > 0 then visit(place - 1) end
         if x < SIZE - 1 then visit(place + 1) end
         if place > SIZE then visit(place - SIZE) end
         if place <= SIZE * (SIZE - 1) then visit(place + SIZE) end
      end
   end
end]], WATCHED)

watch("objects with methods", [[
local Shape, Circle = {}, {}
Shape.__index, Circle.__index = Shape, Circle
setmetatable(Circle, Shape)
function Shape:grow(by) self.size = (self.size + by) % 50 end
function Circle:area() return 3.14 * self.size * self.size end
local shapes = {}
for index = 1, 50 do shapes[index] = setmetatable({ size = index }, Circle) end
return function(n)
   local sum = 0
   for _ = 1, n do
      for _, shape in ipairs(shapes) do
         shape:grow(1)
         sum = sum + shape:area()
      end
   end
   return sum
end]], WATCHED)

watch("lines of text", [[
local names = { "Ada", "Bo", "Cy", "Di" }
return function(n)
   local lines = {}
   for i = 1, n do
      local name = names[i % 4 + 1]
      lines[i % 20 + 1] = ("%s: %d"):format(name, i % 1000) .. (i % 2 == 0 and " won" or " lost")
      if i % 20 == 0 then lines[1] = table.concat(lines, "\n") end
   end
end]], WATCHED)

-- The worst of it: loops of a few instructions, each on a line of its own.

local LINES = "return function(n) local sum, list = 0, { 1, 2, 3, 4, 5, 6, 7, 8 } for i = 1, n do\n%s\nend end"

watch("a loop of 3 lines", LINES:format "local k = i % 8 + 1\nlist[k] = list[k] + 1\nsum = sum + list[k]")
watch("a loop of 2 lines", LINES:format "sum = (sum + i * 3) % 1021\nsum = sum + 1")

-- ---- gameplay -------------------------------------------------------------------------------

local ACTORS = tools.quick and 30 or 9999

--- What callgrind counts in the steps of a world of so many actors; nil if it cannot.
local function count_instructions(arguments)
   local pipe = io.popen(("valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=mp_native_world_step "
      .. "'%s' %d %s 2>&1"):format(tools.programs.actors, ACTORS, arguments))
   local said = pipe:read "*a"
   pipe:close()
   return tonumber(said:match "Collected : (%d+)")
end

local in_c

--- What the updates of all actors take, which a patch has brought into Lua.
local function patched_updates(options)
   local patched = count_instructions(("'%s/games/actors.lua' %s"):format(tools.folder, options))
   return patched and patched - in_c
end

if tools.jit then
   cases[#cases + 1] = {
      name = "watched: updates of 10,000 actors, patched", unit = "instructions", limit = 1.03, rounds = tools.quick and 1 or 3,
      needs = "callgrind (package valgrind)",
      prepare = function()
         in_c = count_instructions ""
         return in_c ~= nil
      end,
      figure = function() return patched_updates "" end,
      baseline_figure = function() return patched_updates "--unwatched" end,
      baseline_name = "a machine that nobody watches",
   }
end

-- ---- the bridge -----------------------------------------------------------------------------

-- The loops of group `bridge`, of one statement each.
if tools.jit then
   for _, row in ipairs { { "property read", "sum = sum + o.x" }, { "property write", "o.y = i" } } do
      local name, code = row[1], row[2]
      cases[#cases + 1] = {
         name = "watched: " .. name, run = ways.work_on_one("bridge", code),
         baseline = tools.plain(ways.raw_elsewhere(code), true), baseline_name = "raw FFI in a machine that nobody watches",
      }
   end
end

-- ---- garbage --------------------------------------------------------------------------------

local FRAMES = tools.quick and 50 or 1500
local SLICE = 1000 -- microseconds

--- The longest of many frames, in milliseconds of CPU time, each of which leaves garbage behind, beside
--- some 20 MB that stay.
local function longest_frame(collect)
   local held = {}
   for index = 1, 1.5e5 do held[index] = { index, {} } end
   local longest = 0
   for frame = 1, FRAMES do
      local start = os.clock()
      for index = 1, 2000 do held[(frame * 2000 + index) % #held + 1] = { index, { index } } end
      collect(SLICE)
      longest = math.max(longest, os.clock() - start)
   end
   collectgarbage "restart"
   return longest * 1000
end

cases[#cases + 1] = {
   name = "longest of 1500 frames: mp_vm_collect", unit = "ms", rounds = tools.quick and 1 or 3, baseline_name = "LuaJIT's own collector",
   figure = function() return longest_frame(tools.collect) end,
   baseline_figure = function() return longest_frame(function() end) end,
}

-- ---- library functions ----------------------------------------------------------------------

local LOOP = "local string, table, coroutine, xpcall = ... " ..
   "return function(n) local sum = 0 for i = 1, n do %s end return sum end"

local function compare(name, code)
   local function make(from)
      return loadstring(LOOP:format(code))(from.string, from.table, from.coroutine, from.xpcall)
   end
   cases[#cases + 1] = {
      name = name, run = make(tools.environment), baseline = make(_G), baseline_name = "Lua's own",
   }
end

compare("find: plain", "sum = sum + string.find('the quick brown fox', 'fox', 1, true)")
compare("find: a pattern", "sum = sum + string.find('the quick brown fox', '%a+x')")
compare("match", "sum = sum + #string.match('key = value', '^(%w+)%s*=')")
compare("gmatch", "for word in string.gmatch('the quick brown fox', '%a+') do sum = sum + #word end")
compare("gsub: text", "sum = sum + #string.gsub('the quick brown fox', 'o', '0')")
compare("gsub: a function", "sum = sum + #string.gsub('the quick brown fox', '%a+', string.upper)")
compare("rep", "sum = sum + #string.rep('ab', 10)")
compare("insert at the end: 20", "local list = {} for k = 1, 20 do table.insert(list, k) end sum = sum + #list")
compare("insert at the front: 20", "local list = {} for k = 1, 20 do table.insert(list, 1, k) end sum = sum + #list")
compare("concat: 4", "sum = sum + #table.concat({ 'the', 'quick', 'brown', 'fox' }, ' ')")
compare("sort: 100 numbers", "local list = {} for k = 1, 100 do list[k] = k * 7919 % 101 end table.sort(list)")
compare("sort: 100 by a function",
   "local list = {} for k = 1, 100 do list[k] = k * 7919 % 101 end table.sort(list, function(a, b) return a > b end)")
compare("xpcall", "local _, x = xpcall(math.abs, math.abs, i) sum = sum + x")
compare("resume: 10", "local co = coroutine.wrap(function() while true do coroutine.yield(1) end end) " ..
   "for _ = 1, 10 do sum = sum + co() end")

return cases
