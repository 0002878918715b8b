--- What can be built between two waves.

local random = require "random"

local upgrades = {}

---@class Upgrade
---@field id string            also the name of its icon
---@field name string
---@field lines string[]       what it does, in lines that fit on a card
---@field cost integer         crystals, for the first level
---@field limit integer        highest level
---@field apply fun(rover: Rover, dome: Dome)
---@field wanted nil|fun(rover: Rover, dome: Dome): boolean  whether it makes sense now

---@type Upgrade[]
local CATALOGUE = {
   {
      id = "rapid", name = "RAPID FIRE", lines = { "The gun reloads", "35% faster" }, cost = 15, limit = 4,
      apply = function(rover) rover.rapid = rover.rapid + 1 end,
   },
   {
      id = "damage", name = "HOT BOLTS", lines = { "Bolts do 5 more", "damage" }, cost = 16, limit = 5,
      apply = function(rover) rover.power = rover.power + 1 end,
   },
   {
      id = "shield", name = "SHIELD", lines = { "25 more shield,", "grows back faster" }, cost = 14, limit = 4,
      apply = function(_, dome)
         dome.max_shield = dome.max_shield + 25
         dome.shield = dome.max_shield
         dome.growth = dome.growth + 2
      end,
   },
   {
      id = "repair", name = "REPAIR", lines = { "Gives the hull", "40 points back" }, cost = 12, limit = 99,
      apply = function(_, dome) dome:repair(40) end,
      wanted = function(_, dome) return dome.hp < dome.max_hp * 0.9 end,
   },
   {
      id = "speed", name = "ENGINE", lines = { "The rover drives", "faster" }, cost = 10, limit = 3,
      apply = function(rover) rover.speed = rover.speed + 1 end,
   },
   {
      id = "magnet", name = "MAGNET", lines = { "Pulls crystals in", "from farther away" }, cost = 8, limit = 3,
      apply = function(rover) rover.magnet = rover.magnet + 1 end,
   },
}

local levels = {} -- {[id] = how often it was taken}

--- Forgets all levels: a new game.
function upgrades.reset()
   for _, upgrade in ipairs(CATALOGUE) do levels[upgrade.id] = 0 end
end
upgrades.reset()

--- How often an upgrade was taken in this game.
---@param upgrade Upgrade
---@return integer
function upgrades.level(upgrade) return levels[upgrade.id] end

--- What the next level costs, crystals.
---@param upgrade Upgrade
---@return integer
function upgrades.price(upgrade) return upgrade.cost + upgrade.cost * levels[upgrade.id] end

---@param upgrade Upgrade
---@param rover Rover
---@param dome Dome
local function is_offered(upgrade, rover, dome)
   return levels[upgrade.id] < upgrade.limit and (not upgrade.wanted or upgrade.wanted(rover, dome))
end

--- Three cards by chance, fewer when there is not more to build.
---@param rover Rover
---@param dome Dome
---@return Upgrade[]
function upgrades.draw_cards(rover, dome)
   local cards = {}
   for _, upgrade in ipairs(CATALOGUE) do
      if is_offered(upgrade, rover, dome) then cards[#cards + 1] = upgrade end
   end
   random.shuffle(cards)
   for index = #cards, 4, -1 do cards[index] = nil end
   return cards
end

--- Builds an upgrade.
---@param upgrade Upgrade
---@param rover Rover
---@param dome Dome
function upgrades.build(upgrade, rover, dome)
   levels[upgrade.id] = levels[upgrade.id] + 1
   upgrade.apply(rover, dome)
end

--- All upgrades, in the order in which the HUD shows them.
---@return Upgrade[]
function upgrades.all() return CATALOGUE end

return upgrades
