--- Draws the rover.

local art = require "art"
local effects = require "effects"
local graphics = require "graphics"
local palette = require "palette"
local widgets = require "widgets"

local rover_picture = {}

local REPAIR_TIME, BOOST_WAIT = 4, 1.6 -- seconds, as in demo/src/rover.c

local function between(before, now, alpha) return before + (now - before) * alpha end

---@param rover Rover
---@param x number
---@param y number
local function draw_muzzle(rover, x, y)
   if effects.muzzle <= 0 then return end
   local cos, sin = math.cos(rover.aim), math.sin(rover.aim)
   art.draw(art.muzzle, x + cos * 15, y + sin * 15, rover.aim)
   graphics.blend "add"
   graphics.color(0.3, 0.8, 1, 0.6)
   art.draw(art.glow, x + cos * 18, y + sin * 18, 0, 0.7)
   graphics.blend "alpha"
   graphics.color(1, 1, 1)
end

---@param rover Rover
---@param x number
---@param y number
local function draw_rover_bars(rover, x, y)
   local left = math.floor(x) - 12
   if rover.wrecked then
      widgets.bar(left, y + 19, 24, 2, 1 - rover.repair_wait / REPAIR_TIME, palette.amber)
   elseif rover.hp < rover.max_hp then
      widgets.bar(left, y + 19, 24, 2, rover.hp / rover.max_hp, palette.lime)
   end
   if rover.boost_wait > 0 and not rover.wrecked then
      widgets.bar(left, y + 23, 24, 1, 1 - rover.boost_wait / BOOST_WAIT, palette.cyan, 0.7)
   end
end

--- Draws it between two steps.
---@param rover Rover
---@param alpha number
function rover_picture.draw(rover, alpha)
   local x = between(rover.previous_x, rover.x, alpha)
   local y = between(rover.previous_y, rover.y, alpha)
   local angle = between(rover.previous_angle, rover.angle, alpha)
   local wrecked = rover.wrecked
   art.draw(art.shadow, x + 2, y + 6)
   if wrecked then graphics.color(0.45, 0.42, 0.48) end
   local blinks = rover.safe > 0 and rover.boosting <= 0 and rover.safe % 0.16 < 0.06
   if not blinks or wrecked then
      art.draw(rover.flash > 0 and art.rover_flash or art.rover, x, y, angle)
      art.draw(art.turret, x, y, rover.aim)
   end
   graphics.color(1, 1, 1)
   draw_muzzle(rover, x, y)
   draw_rover_bars(rover, x, math.floor(y))
end

return rover_picture
