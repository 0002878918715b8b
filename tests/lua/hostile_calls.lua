-- Calls every function that scripts can reach in `native` with every kind of wrong argument, and sets
-- every member to it, in a mixture that is the same in every run. Whatever comes: no crash, and an
-- error is a text of one line that is not about the bridge's own Lua.

local floor, unpack = math.floor, unpack

local hostile = {}

local THROWN = {} -- what functions of ours raise

local function throw() error(THROWN) end

local circle = {}
circle.self, circle[1] = circle, circle

--- Scripts can make all of these; nil is what is missing in a list of arguments.
local NUMBERS = {
   0, 1, 2, -1, 0.5, 0 / 0, 1 / 0, -1 / 0, 127, 128, 255, 256, 2 ^ 31 - 1, 2 ^ 31, -2 ^ 31 - 1, 2 ^ 32, 2 ^ 53, 2 ^ 63, 2 ^ 64, 1e300,
   1e-320, 1e9, 1e38, -1e38,
}
local TEXTS = { "", "x", "CALM", "fill", "../x", "a\0b", "\255\254", "%s%n%d", ("x"):rep(1e5), "SCOUT", "LARGE" }
local OTHERS = {
   true, false, {}, circle, { 1, 2, 3 }, { 1, nil, 3 }, { x = 1, y = 2 }, { x = 0 / 0, y = 1e300 }, { x = {}, y = type },
   { [2 ^ 53] = 1 }, 1LL, -1ULL, 2i, type, throw, function(...) return ... end, function() return function() end end,
   setmetatable({}, { __index = throw, __newindex = throw, __tostring = throw, __len = throw, __call = throw }),
   coroutine.create(function() end), coroutine.wrap(function() coroutine.yield() end),
}
local GROUPS = { NUMBERS, NUMBERS, TEXTS, OTHERS }

--- The names that a table of `native` answers to.
local function names_of(owner)
   local names = {}
   for index = 1, 5 do
      local name, names_of_owner = debug.getupvalue(debug.getmetatable(owner).__index, index)
      if name == "statics" or name == "members" then
         for key in pairs(names_of_owner or {}) do names[#names + 1] = key end
      end
   end
   table.sort(names, function(a, b) return tostring(a) < tostring(b) end)
   return names
end

--- {{owner's name, owner, name}, ...}, in an order that is always the same.
local function targets_of(native)
   local targets = {}
   for name, owner in pairs(debug.getmetatable(native).__index) do
      if type(owner) == "function" then
         targets[#targets + 1] = { name, owner }
      elseif type(owner) == "table" and debug.getmetatable(owner) and type(debug.getmetatable(owner).__index) == "function" then
         for _, member in ipairs(names_of(owner)) do
            targets[#targets + 1] = { name .. "." .. tostring(member), owner, member }
         end
      end
   end
   table.sort(targets, function(a, b) return a[1] < b[1] end)
   return targets
end

--- Numbers from 1 to n, the same in every run and on every machine.
local function generator(seed)
   return function(n)
      seed = (seed * 16807) % 2147483647
      return floor(seed / 2147483647 * n) + 1
   end
end

local function check(name, ok, problem)
   if ok or problem == THROWN then return end
   unit.assertEquals(type(problem), "string", name)
   unit.assertTrue(#problem < 4096, name .. ": " .. #problem .. " bytes")
   unit.assertNil(problem:find("\n", 1, true), name .. ": " .. problem)
   unit.assertNil(problem:find("attempt to", 1, true), name .. ": " .. problem)
end

local function index(object, key) return object[key] end
local function newindex(object, key, new) object[key] = new end

--- The objects that have a member.
local function objects_with(member, objects)
   local found = {}
   for _, object in ipairs(objects) do
      local ok, content = pcall(index, object, member)
      if ok and content ~= nil then found[#found + 1] = object end
   end
   return found[1] and found or objects
end

--- Arguments for a call. Most calls stick to one kind of value, or few would come through.
local function arguments_for(pick, fitting, objects)
   local arguments, count, group = {}, pick(8) - 1, GROUPS[pick(#GROUPS)]
   for place = 1, count do
      local from = pick(8)
      if from == 1 then
         arguments[place] = objects[pick(#objects)]
      elseif from == 2 then
         local other = GROUPS[pick(#GROUPS)]
         arguments[place] = other[pick(#other + 1)]
      else
         arguments[place] = group[pick(#group)]
      end
   end
   if count > 0 and pick(5) > 1 then arguments[1] = fitting[pick(#fitting)] end
   return arguments, count
end

--- make(): a list of live objects; called now and then, as what is called may end them. Returns how
--- many calls came through.
function hostile.call_everything(native, make, rounds)
   local targets, pick, passed = targets_of(native), generator(1), 0
   unit.assertTrue(#targets > 20, #targets)
   for _ = 1, rounds do
      local objects = make()
      for _, target in ipairs(targets) do
         local name, owner, member = unpack(target)
         local fitting = member and objects_with(member, objects) or objects
         local arguments, count = arguments_for(pick, fitting, objects)
         local called = member and owner[member] or owner
         if type(called) == "function" then
            local ok, problem = pcall(called, unpack(arguments, 1, count))
            check(name, ok, problem)
            if ok then passed = passed + 1 end
         end
         if type(member) == "string" then
            check(name, pcall(newindex, fitting[pick(#fitting)], member, arguments[2]))
            check(name, pcall(index, fitting[pick(#fitting)], member))
         end
      end
   end
   return passed
end

return hostile
