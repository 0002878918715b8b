--- What lies behind the shop all but stands still: it is drawn and kept, in the end with the darkness over it. Renderers
--- without a graphics card take as long to darken all of the picture as to draw what is behind it.

local graphics = require "graphics"
local scene = require "scene"
local widgets = require "widgets"

local backdrop = {}

local DARKNESS = 0.6
local LIFE = 120 -- frames: what fades behind goes, and what is reloaded, scripts or pictures, comes

local canvas ---@type Canvas?
local left = 0 -- frames for which what the canvas shows is still good
local is_dark = false -- the canvas

--- What lies behind has changed.
function backdrop.forget() left = 0 end

local function keep(draw, value)
   graphics.target(canvas)
   draw(value)
   graphics.target()
end

--- Draws the scenes below the current one, which is opaque.
---@param dusk number how far they are darkened, from 0 to 1
function backdrop.draw(dusk)
   canvas = canvas or graphics.canvas(graphics.width, graphics.height)
   if left == 0 or canvas.lost then
      keep(scene.draw_below, 1)
      left, is_dark = LIFE, false
   end
   left = left - 1
   if dusk == 1 and not is_dark then
      keep(widgets.dim, DARKNESS)
      is_dark = true
   end
   graphics.blend "replace"
   graphics.draw(canvas, 0, 0)
   graphics.blend "alpha"
   if not is_dark then widgets.dim(DARKNESS * dusk) end
end

return backdrop
