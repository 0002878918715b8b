-- A match: the server alone knows what is true. Players ask for things to happen, it decides, and
-- tells everybody twice a second what came of it.

local rules = require "rules"

---@class Match
---@field oxygen number  seconds left
---@field crystals integer
---@field package next_report number
local Match = {}
Match.__index = Match

local match = {}

local REPORT_EVERY = 0.5 -- seconds

---@return Match
function match.new() return setmetatable({ oxygen = rules.oxygen, crystals = 0, next_report = 0 }, Match) end

--- A crystal costs oxygen. Returns whether there was enough.
---@return boolean
function Match:dig()
   local cost = rules.dig_cost()
   if self.oxygen < cost then return false end
   self.oxygen = self.oxygen - cost
   self.crystals = self.crystals + 1
   return true
end

--- Time goes by. Returns a line to tell everybody, if it is time for one, and whether it is over.
---@param dt number seconds
---@return string? report
---@return boolean over
function Match:update(dt)
   self.oxygen = math.max(0, self.oxygen - dt)
   self.next_report = self.next_report - dt
   local over = self.oxygen == 0
   if not over and self.next_report > 0 then return nil, false end
   self.next_report = REPORT_EVERY
   return ("%s %d crystals, %.1f seconds of oxygen"):format(over and "over" or "state", self.crystals, self.oxygen), over
end

return match
