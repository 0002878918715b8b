--- Shaking the picture, and lighting all of it up for a moment.

local graphics = require "graphics"
local palette = require "palette"
local settings = require "settings"

local shake = {}

local REACH = 7 -- pixels

local clock, strength, light, light_color = 0, 0, 0, palette.white

--- Shakes the picture; several shakes add up.
---@param more number from 0 to 1
function shake.add(more) strength = math.min(1, strength + more) end

--- Lights the picture up.
---@param how_much number from 0 to 1
---@param color number[] of palette
function shake.flash(how_much, color)
   if how_much > light then light, light_color = how_much, color end
end

---@param dt number
function shake.update(dt)
   clock = clock + dt
   strength = math.max(0, strength - 1.4 * dt)
   light = math.max(0, light - 2.2 * dt)
end

--- By how much the picture is off now, whole pixels.
---@return number x
---@return number y
function shake.offset()
   if strength == 0 or not settings.get "shake" then return 0, 0 end
   local reach = REACH * strength * strength
   return math.floor(reach * math.sin(clock * 71) + 0.5), math.floor(reach * math.sin(clock * 97 + 2) + 0.5)
end

--- Draws the light over everything.
function shake.draw()
   if light <= 0.01 then return end
   graphics.blend "add"
   graphics.color(light_color[1], light_color[2], light_color[3], light)
   graphics.rectangle("fill", 0, 0, graphics.width, graphics.height)
   graphics.blend "alpha"
   graphics.color(1, 1, 1)
end

function shake.clear() clock, strength, light = 0, 0, 0 end

return shake
