--- The mouse pointer in menus; in the game itself the mark of the turret's aim stands for it.

local art = require "art"
local controls = require "controls"
local graphics = require "graphics"

local pointer = {}

--- Draws it, when the mouse is in use.
function pointer.draw()
   if controls.mode ~= "mouse" then return end
   local x, y = controls.mouse()
   graphics.color(1, 1, 1)
   art.draw(art.cursor, math.floor(x) + 0.5, math.floor(y) + 0.5)
end

return pointer
