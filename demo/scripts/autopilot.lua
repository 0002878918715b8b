--- Plays the game by itself, through the same actions as a player: it holds keys and moves the mouse.

local controls = require "controls"

local autopilot = {}

local input = native.input
local sqrt = math.sqrt

local POST = 104 -- pixels from the dome: where it waits for a target
local FEAR = 62 -- pixels: what comes nearer is fled from
local ARM = 150 -- pixels: crystals nearer than this are fetched while raiders come
local SIGHT = 260 -- pixels: how far it shoots
local HAND = 0.12 -- how much of the way to its goal the mouse moves in a step

local CHOICES = { "damage", "repair", "shield", "magnet", "speed", "rapid" }

-- ---- fighting -------------------------------------------------------------------------------

---@param a Actor
---@param x number
---@param y number
local function distance(a, x, y)
   local dx, dy = a.x - x, a.y - y
   return sqrt(dx * dx + dy * dy)
end

--- The raider that should fall first: near to the dome, and near to the rover.
---@param world World
---@param rover Rover
---@param dome Dome
local function choose_target(world, rover, dome)
   local best ---@type Raider?
   local least = math.huge
   for index = 0, world.raider_count - 1 do
      local raider = world:raider(index)
      local worry = distance(raider, dome.x, dome.y) + 0.7 * distance(raider, rover.x, rover.y) + raider.hp
      if worry < least then best, least = raider, worry end
   end
   return best
end

--- Moves the mouse as a hand would, not at once, to where the target will be.
---@param rover Rover
---@param target Raider
local function shoot(rover, target)
   local _, x, y = controls.lead(rover.x, rover.y, target.x, target.y, target.velocity_x, target.velocity_y)
   local from_x, from_y = controls.mouse()
   input:point(from_x + (x - from_x) * HAND, from_y + (y - from_y) * HAND)
   if distance(target, rover.x, rover.y) < SIGHT then input:hold("shoot", 1) end
end

local here = native.Vec2(0, 0)

--- A crystal worth fetching now; nil: none.
---@param world World
---@param rover Rover
---@param target Raider?
local function choose_crystal(world, rover, target)
   here.x, here.y = rover.x, rover.y
   if target and distance(target, rover.x, rover.y) < FEAR + 30 then return nil end
   return world:nearest_crystal(here, target and ARM or 1000)
end

--- Where it wants to be.
---@param world World
---@param rover Rover
---@param dome Dome
---@param target Raider?
local function choose_goal(world, rover, dome, target)
   local crystal = rover.hp > rover.max_hp * 0.4 and choose_crystal(world, rover, target)
   if crystal then return crystal.x, crystal.y end
   if not target then return dome.x, dome.y + POST end
   local dx, dy = target.x - dome.x, target.y - dome.y
   local length = math.max(1, sqrt(dx * dx + dy * dy))
   local post = rover.hp < rover.max_hp * 0.4 and -64 or POST -- hurt: behind the dome, where it is mended
   return dome.x + dx / length * post, dome.y + dy / length * post
end

--- The way round the dome instead of through it.
---@param rover Rover
---@param dome Dome
---@param wish_x number
---@param wish_y number
local function go_round(rover, dome, wish_x, wish_y)
   local dx, dy = rover.x - dome.x, rover.y - dome.y
   local away = sqrt(dx * dx + dy * dy)
   if away > 78 or wish_x * dx + wish_y * dy > 0 then return wish_x, wish_y end
   local side = dx * wish_y - dy * wish_x >= 0 and 1 or -1
   return -dy / away * side + dx / away * 0.3, dx / away * side + dy / away * 0.3
end

--- Away from all raiders and plasma that are too near; and how near the nearest is, from 0 to 1.
---@param world World
---@param rover Rover
local function fear(world, rover)
   local x, y, most = 0, 0, 0
   local function flee(what, reach)
      local dx, dy = rover.x - what.x, rover.y - what.y
      local gap = sqrt(dx * dx + dy * dy)
      if gap < reach and gap > 0 then
         local strength = (reach - gap) / reach
         x, y, most = x + dx / gap * strength * 2, y + dy / gap * strength * 2, math.max(most, strength)
      end
   end
   for index = 0, world.raider_count - 1 do flee(world:raider(index), FEAR) end
   for index = 0, world.bullet_count - 1 do
      local bullet = world:bullet(index)
      if bullet.hostile then flee(bullet, FEAR * 0.7) end
   end
   return x, y, most
end

local function hold_axis(negative, positive, value)
   if value < -0.05 then input:hold(negative, math.min(1, -value)) end
   if value > 0.05 then input:hold(positive, math.min(1, value)) end
end

--- One step of driving and shooting.
---@param world World
function autopilot.drive(world)
   local rover, dome = world.rover, world.dome
   local target = choose_target(world, rover, dome)
   if target then shoot(rover, target) end
   local goal_x, goal_y = choose_goal(world, rover, dome, target)
   local dx, dy = goal_x - rover.x, goal_y - rover.y
   local far = math.max(14, sqrt(dx * dx + dy * dy))
   local x, y = go_round(rover, dome, dx / far, dy / far)
   local away_x, away_y, danger = fear(world, rover)
   x, y = x + away_x, y + away_y
   hold_axis("left", "right", x)
   hold_axis("up", "down", y)
   if danger > 0.5 then input:hold("boost", 1) end
end

-- ---- menus ----------------------------------------------------------------------------------

--- Who gets what it presses in menus; nil: the input, as from a key.
---@type fun(action: string)?
autopilot.send = nil

--- Presses an action for this step.
---@param action string
function autopilot.press(action)
   if autopilot.send then
      autopilot.send(action)
   else
      input:hold(action, 1)
   end
end

--- Which of these cards it would take, by index; 1 when there is none.
---@param cards Upgrade[]
---@param dome Dome
---@return integer
function autopilot.choose_card(cards, dome)
   local hurt = dome.hp < dome.max_hp * 0.6
   local best, least = 1, math.huge
   for index, card in ipairs(cards) do
      for place, id in ipairs(CHOICES) do
         local rank = hurt and id == "repair" and 0 or place
         if id == card.id and rank < least then best, least = index, rank end
      end
   end
   return best
end

return autopilot
