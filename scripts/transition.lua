-- How one scene gives way to the next: something covers the picture, and uncovers the new one.
--
--   transition.define("tiles", function(amount, coming) ... end)
--   scene.switch(play, { transition = "tiles", seconds = 0.8 })
--
-- The function draws over the scene. `amount` goes from 0, nothing is covered, to 1, everything is,
-- and back; `coming` is true on the way back, when the new scene is below.

local check = require "library.check"
local graphics = require "graphics"

local transition = {}

---@alias TransitionDraw fun(amount: number, coming: boolean)

local BLINDS = 9

local function fill(x, y, width, height)
   if width > 0 and height > 0 then graphics.rectangle("fill", x, y, width, height) end
end

local function fade(amount)
   graphics.color(0, 0, 0, amount)
   fill(0, 0, graphics.width, graphics.height)
end

local function wipe(amount, coming)
   graphics.color(0, 0, 0)
   local width = graphics.width * amount
   fill(coming and graphics.width - width or 0, 0, width, graphics.height)
end

local function curtain(amount)
   graphics.color(0, 0, 0)
   local width = graphics.width * amount / 2
   fill(0, 0, width, graphics.height)
   fill(graphics.width - width, 0, width, graphics.height)
end

local function blinds(amount, coming)
   graphics.color(0, 0, 0)
   local room = graphics.height / BLINDS
   local height = room * amount
   for index = 0, BLINDS - 1 do fill(0, index * room + (coming and room - height or 0), graphics.width, height) end
end

local draws = { fade = fade, wipe = wipe, curtain = curtain, blinds = blinds } ---@type table<string, TransitionDraw>

--- Gives a transition a name; again: it changes.
---@param name string
---@param draw TransitionDraw
function transition.define(name, draw)
   check.string(name, "transition.define", "name")
   check.call(draw, "transition.define", "draw")
   draws[name] = draw
end

--- The function that draws a transition; an error of `called` if there is none of that name. A function is its own.
---@param what string|TransitionDraw
---@param called string
---@return TransitionDraw
function transition.get(what, called)
   if type(what) == "function" then return what end
   return check.one_of(what, draws, called, "transition")
end

--- Draws a transition over all that is on the screen.
---@param draw TransitionDraw
---@param amount number from 0 to 1
---@param coming boolean
function transition.draw(draw, amount, coming)
   graphics.reset()
   draw(amount, coming)
   graphics.color(1, 1, 1)
end

return transition
