-- Rooms: who is together, and what they do there.

local match = require "match"
local rules = require "rules"

---@class Player
---@field client Client
---@field name? string   nil until it has joined
---@field room? Room
---@field ready? boolean

---@class Room
---@field name string
---@field players Player[]
---@field match? Match  while one is played
local Room = {}
Room.__index = Room

local room = {}

local rooms = {} ---@type table<string, Room>

--- Lets a player into a room, which is made if nobody is there yet.
---@param name string
---@param player Player
function room.enter(name, player)
   local entered = rooms[name] or setmetatable({ name = name, players = {} }, Room)
   rooms[name] = entered
   player.room, player.ready = entered, false
   table.insert(entered.players, player)
   entered:tell("entered " .. rules.badge(player))
end

--- Takes a player out; the last one to go closes the room.
---@param player Player
function Room:leave(player)
   for index, other in ipairs(self.players) do
      if other == player then table.remove(self.players, index) end
   end
   player.room = nil
   if #self.players == 0 then rooms[self.name] = nil end
   self:tell("left " .. rules.badge(player))
end

--- Tells everybody in the room.
---@param line string
function Room:tell(line)
   for _, player in ipairs(self.players) do player.client:write(line) end
end

---@param player Player
---@param text string
function Room:say(player, text) self:tell(("said %s %s"):format(rules.badge(player), rules.wording(text))) end

---@param player Player
function Room:make_ready(player)
   player.ready = true
   self:tell("ready " .. rules.badge(player))
   if self.match or not rules.can_start(self.players) then return end
   self.match = match.new()
   self:tell "start"
end

local function update(self, dt)
   local report, over = self.match:update(dt)
   if report then self:tell(report) end
   if not over then return end
   self.match = nil
   for _, player in ipairs(self.players) do player.ready = false end
end

--- One tick of all matches.
---@param dt number seconds
function room.update(dt)
   for _, each in pairs(rooms) do
      if each.match then update(each, dt) end
   end
end

--- The names of all rooms, in order.
---@return string[]
function room.names()
   local names = {}
   for name in pairs(rooms) do names[#names + 1] = name end
   table.sort(names)
   return names
end

return room
