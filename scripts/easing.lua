-- Curves from 0 to 1, for tweens: which share of the way is done when a share of the time is.
--
--   easing.get "cubic_out" (0.5)     -- 0.875
--
-- "linear", "in", "out" and "smooth" are the plain ones. The others have a name and a side: "_in"
-- starts slowly, "_out" ends slowly, "_in_out" does both.

local easing = {}

---@alias Curve fun(t: number): number

local function bounce_out(t)
   local n, d = 7.5625, 2.75
   if t < 1 / d then return n * t * t end
   if t < 2 / d then return n * (t - 1.5 / d) ^ 2 + 0.75 end
   if t < 2.5 / d then return n * (t - 2.25 / d) ^ 2 + 0.9375 end
   return n * (t - 2.625 / d) ^ 2 + 0.984375
end

--- The curves of Robert Penner, from their slow side.
local INTO = {
   quad = function(t) return t * t end,
   cubic = function(t) return t * t * t end,
   quart = function(t) return t ^ 4 end,
   quint = function(t) return t ^ 5 end,
   sine = function(t) return 1 - math.cos(t * math.pi / 2) end,
   expo = function(t) return t <= 0 and 0 or 2 ^ (10 * (t - 1)) end,
   circ = function(t) return 1 - math.sqrt(math.max(0, 1 - t * t)) end,
   back = function(t) return t * t * (2.70158 * t - 1.70158) end,
   elastic = function(t)
      if t <= 0 or t >= 1 then return t end
      return -(2 ^ (10 * (t - 1))) * math.sin((t - 1.075) * 2 * math.pi / 0.3)
   end,
   bounce = function(t) return 1 - bounce_out(1 - t) end,
}

local curves = {
   linear = function(t) return t end,
   ["in"] = INTO.quad,
   out = function(t) return t * (2 - t) end,
   smooth = function(t) return t * t * (3 - 2 * t) end,
   bounce = function(t)
      local left = 1 - t
      return 1 - left * left * math.abs(math.cos(t * math.pi * 2.5))
   end,
}

local function from_behind(into)
   return function(t) return 1 - into(1 - t) end
end

local function both_ways(into)
   return function(t)
      if t < 0.5 then return into(2 * t) / 2 end
      return 1 - into(2 - 2 * t) / 2
   end
end

for name, into in pairs(INTO) do
   curves[name .. "_in"], curves[name .. "_out"], curves[name .. "_in_out"] = into, from_behind(into), both_ways(into)
end

--- The curve of that name; nil if there is none. A function is its own curve.
---@param name string|Curve|nil nil: "linear"
---@return Curve?
function easing.get(name)
   if type(name) == "function" then return name end
   return curves[name or "linear"]
end

--- The names of all curves, in the order of the alphabet.
---@return string[]
function easing.names()
   local names = {}
   for name in pairs(curves) do names[#names + 1] = name end
   table.sort(names)
   return names
end

return easing
