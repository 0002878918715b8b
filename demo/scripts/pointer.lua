--- The mouse pointer in menus; in the game itself the mark of the turret's aim stands for it. It is not in the way of a
--- menu that came without it: there it is seen as soon as the mouse is moved.

local art = require "art"
local controls = require "controls"
local graphics = require "graphics"
local scene = require "scene"

local pointer = {}

local moved_in ---@type Scene?  where the mouse was moved last

--- To be called in every step.
function pointer.update()
   if controls.mouse_moved() then moved_in = scene.current() end
end

--- Draws it, when the mouse is in use.
function pointer.draw()
   if controls.mode ~= "mouse" or moved_in ~= scene.current() then return end
   local x, y = controls.mouse()
   graphics.color(1, 1, 1)
   art.draw(art.pointer, math.floor(x), math.floor(y))
end

return pointer
