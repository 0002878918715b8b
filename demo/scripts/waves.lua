--- Which raiders come when and from where.
---
--- A wave is made of groups of one kind that come from one place, a moment apart. The wave's
--- number says how much may be spent on them; chance says on what, from where and in which order.

local balance = require "balance"
local random = require "random"

local waves = {}

local kind = native.RaiderKind
local SCOUT, GUNNER, BRUTE, BOSS = kind.SCOUT, kind.GUNNER, kind.BRUTE, kind.BOSS

---@class Group what the kinds come in
---@field kind RaiderKind
---@field cost integer   of one raider
---@field from integer   first wave that has it
---@field most integer   raiders in one group
---@field gap number     seconds between two of them
---@field weight number  how often it is chosen, against the others

---@type Group[]
local GROUPS = {
   { kind = SCOUT, cost = 1, from = 1, most = 5, gap = 0.45, weight = 5 },
   { kind = GUNNER, cost = 3, from = 3, most = 3, gap = 0.9, weight = 3 },
   { kind = BRUTE, cost = 6, from = 5, most = 2, gap = 2.2, weight = 1.5 },
   { kind = BOSS, cost = 60, from = 10, most = 1, gap = 0, weight = 0 }, -- never by chance
}

-- Whose first wave it is, they open it, so that the player meets them.
local FIRST_MEETING = { [3] = GROUPS[2], [5] = GROUPS[3] }

local function opening_of(wave)
   if wave % balance.LAST_WAVE == 0 then return GROUPS[4] end
   return FIRST_MEETING[wave]
end

local LEFT, RIGHT, BOTTOM, TOP = 1, 2, 3, 4

--- A place at the edge of the surface; those from above come over the ridge.
local function place(side)
   if side == LEFT then return -20, random.range(80, 330) end
   if side == RIGHT then return 660, random.range(80, 330) end
   if side == BOTTOM then return random.range(50, 590), 380 end
   return random.range(40, 600), 38
end

local function choose_side(before)
   local side
   repeat side = random.integer(LEFT, TOP) until side ~= before
   return side
end

local function choose_group(wave, budget)
   local sum = 0
   for _, group in ipairs(GROUPS) do
      if group.from <= wave and group.cost <= budget then sum = sum + group.weight end
   end
   local mark = random.float() * sum
   for _, group in ipairs(GROUPS) do
      if group.from <= wave and group.cost <= budget then
         mark = mark - group.weight
         if mark < 0 then return group end
      end
   end
   return GROUPS[1]
end

--- How many raiders of a group come together.
---@param group Group
---@param budget integer
local function choose_size(group, budget)
   local most = math.min(group.most, math.floor(budget / group.cost))
   return math.max(1, random.integer(math.ceil(most / 2), most))
end

---@class Arrival
---@field at number          seconds after the wave's start
---@field kind RaiderKind
---@field x number           pixels
---@field y number

---@param arrivals Arrival[]
---@param group Group
---@param size integer
---@param at number
---@param side integer
local function add_group(arrivals, group, size, at, side)
   local x, y = place(side)
   for index = 1, size do
      arrivals[#arrivals + 1] = {
         at = at + (index - 1) * group.gap, kind = group.kind,
         x = x + random.range(-14, 14), y = y + (side == TOP and 0 or random.range(-14, 14)),
      }
   end
end

local function by_time(a, b)
   if a.at ~= b.at then return a.at < b.at end
   return a.x < b.x
end

--- The arrivals of a wave, the first one first.
---@param wave integer from 1
---@return Arrival[]
function waves.plan(wave)
   local arrivals, budget, at, side = {}, balance.budget(wave), 0.8, nil
   local opening = opening_of(wave)
   while budget > 0 do
      local group = opening or choose_group(wave, budget)
      local size = opening and 1 or choose_size(group, budget)
      opening = nil
      side = choose_side(side)
      add_group(arrivals, group, size, at, side)
      budget = budget - size * group.cost
      at = at + balance.pause(wave) * random.range(0.7, 1.2)
   end
   table.sort(arrivals, by_time)
   return arrivals
end

return waves
