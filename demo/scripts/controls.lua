--- What the player's keys, mouse and gamepad mean: driving, aiming, menus.
---
--- The turret follows the mouse, or the right stick. Who uses neither, aims without doing anything:
--- the turret turns to the raider that is nearest.

local input = require "input"

local controls = {}

local BINDINGS = {
   left = { "key:a", "key:left", "pad:leftx-", "pad:dpleft" },
   right = { "key:d", "key:right", "pad:leftx+", "pad:dpright" },
   up = { "key:w", "key:up", "pad:lefty-", "pad:dpup" },
   down = { "key:s", "key:down", "pad:lefty+", "pad:dpdown" },
   aim_left = { "pad:rightx-" },
   aim_right = { "pad:rightx+" },
   aim_up = { "pad:righty-" },
   aim_down = { "pad:righty+" },
   fire = { "key:space", "pad:righttrigger", "pad:rightshoulder", "pad:a" },
   shoot = { "mouse:left" },
   boost = { "key:left shift", "key:right shift", "mouse:right", "pad:lefttrigger", "pad:leftshoulder", "pad:b" },
   confirm = { "key:return", "key:keypad enter", "key:space", "pad:a" },
   click = { "mouse:left" },
   pause = { "key:escape", "key:p", "pad:start" },
   back = { "pad:b" },
}

local BOLT_SPEED = 430 -- pixels a second, to aim at where a raider will be
local SIGHT = 330 -- pixels: how far the turret aims by itself
local MOUSE_PATIENCE = 3 -- seconds without the mouse until the space key aims by itself
local TURN = 12 -- radians a second

--- How the turret is aimed now: "mouse", "stick" or "self".
---@type "mouse"|"stick"|"self"
controls.mode = "self"
--- Where the mark of the turret's aim is drawn, pixels.
controls.mark_x, controls.mark_y = 320, 180

local mouse_x, mouse_y, mouse_idle = 0, 0, 0
local started = false

--- Binds all actions, as the player wants them.
function controls.load()
   input.bind(BINDINGS)
   input.load()
end

--- Whether the mouse was moved in this step.
---@return boolean
function controls.mouse_moved() return mouse_idle == 0 and started end

--- Watches the mouse; to be called in every step.
---@param dt number
function controls.update(dt)
   local x, y = input.mouse()
   local moved = started and (x ~= mouse_x or y ~= mouse_y)
   mouse_idle = moved and 0 or mouse_idle + math.max(dt, 1e-6)
   if moved then controls.mode = "mouse" end
   mouse_x, mouse_y, started = x, y, true
end

local function choose_mode()
   local across, down = input.axis("aim_left", "aim_right"), input.axis("aim_up", "aim_down")
   if across * across + down * down > 0.09 then
      controls.mode = "stick"
   elseif input.down "shoot" then
      controls.mode = "mouse"
   elseif controls.mode == "mouse" and mouse_idle > MOUSE_PATIENCE and input.down "fire" then
      controls.mode = "self"
   elseif controls.mode == "stick" and input.pressed "fire" and mouse_idle > MOUSE_PATIENCE then
      controls.mode = "self"
   end
   return across, down
end

--- The angle at which a bolt from x, y meets what is at tx, ty and moves with vx, vy.
---@param x number
---@param y number
---@param tx number
---@param ty number
---@param vx number pixels a second
---@param vy number
---@return number angle radians
---@return number at_x where they meet
---@return number at_y
function controls.lead(x, y, tx, ty, vx, vy)
   local dx, dy = tx - x, ty - y
   local time = math.sqrt(dx * dx + dy * dy) / BOLT_SPEED
   local at_x, at_y = tx + vx * time, ty + vy * time
   return math.atan2(at_y - y, at_x - x), at_x, at_y
end

--- `angle` turned towards `goal` by at most `most` radians.
local function turn(angle, goal, most)
   local difference = (goal - angle + math.pi) % (2 * math.pi) - math.pi
   return angle + math.max(-most, math.min(most, difference))
end

local here = native.Vec2(0, 0)

---@param rover Rover
---@param world World
---@param dt number
local function aim_by_itself(rover, world, dt)
   here.x, here.y = rover.x, rover.y
   local target = world:nearest_raider(here, SIGHT)
   if target then
      local angle, x, y = controls.lead(rover.x, rover.y, target.x, target.y, target.velocity_x, target.velocity_y)
      controls.mark_x, controls.mark_y = x, y
      rover.aim = turn(rover.aim, angle, TURN * dt)
      return
   end
   if rover.drive_x ~= 0 or rover.drive_y ~= 0 then
      rover.aim = turn(rover.aim, math.atan2(rover.drive_y, rover.drive_x), TURN * dt)
   end
   controls.mark_x, controls.mark_y = rover.x + math.cos(rover.aim) * 60, rover.y + math.sin(rover.aim) * 60
end

--- Passes on to the rover what the player wants.
---@param rover Rover
---@param world World
---@param dt number
function controls.drive(rover, world, dt)
   rover.drive_x, rover.drive_y = input.axis("left", "right"), input.axis("up", "down")
   rover.trigger = input.down "fire" or input.down "shoot"
   rover.boost = input.down "boost"
   local across, down = choose_mode()
   if controls.mode == "self" then
      aim_by_itself(rover, world, dt)
   elseif controls.mode == "mouse" then
      controls.mark_x, controls.mark_y = mouse_x, mouse_y
      rover.aim = math.atan2(mouse_y - rover.y, mouse_x - rover.x)
   else
      if across * across + down * down > 0.09 then rover.aim = math.atan2(down, across) end
      controls.mark_x, controls.mark_y = rover.x + math.cos(rover.aim) * 70, rover.y + math.sin(rover.aim) * 70
   end
end

--- Where the mouse is, pixels.
---@return number x
---@return number y
function controls.mouse() return mouse_x, mouse_y end

return controls
