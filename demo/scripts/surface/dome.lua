--- Draws the dome and its shield.

local art = require "art"
local effects = require "effects"
local graphics = require "graphics"

local dome_picture = {}

---@param dome Dome
function dome_picture.draw(dome)
   if dome.hp <= 0 then
      graphics.color(0.35, 0.33, 0.4)
      art.draw(art.dome_damaged, dome.x, dome.y)
   else
      art.draw(dome.hp < dome.max_hp * 0.5 and art.dome_damaged or art.dome, dome.x, dome.y)
   end
   if dome.flash > 0 then
      graphics.color(1, 1, 1, 0.75)
      art.draw(art.dome_flash, dome.x, dome.y)
   end
   graphics.color(1, 1, 1)
end

--- Draws the shield, which is above what stands at the dome.
---@param dome Dome
---@param time number seconds
function dome_picture.draw_shield(dome, time)
   if dome.shield <= 0 or dome.hp <= 0 then return end
   local part = dome.shield / dome.max_shield
   local breath = 0.04 * math.sin(time * 2.4)
   graphics.color(1, 1, 1, 0.3 + 0.4 * part + breath)
   art.draw(art.shield, dome.x, dome.y)
   if effects.shield > 0 then
      graphics.blend "add"
      graphics.color(0.5, 0.9, 1, 0.6 * effects.shield)
      art.draw(art.shield, dome.x, dome.y, 0, 1 + 0.04 * effects.shield)
      graphics.blend "alpha"
   end
   graphics.color(1, 1, 1)
end

return dome_picture
