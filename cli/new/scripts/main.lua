-- The gameplay. Everything that flies is in C, in src/lander.c; native.lander is that object.

local graphics = require "graphics"
local input = require "input"
local random = require "random"

local main = {} ---@type Game

local GROUND, PAD, PAD_WIDTH, SOFT = 300, 470, 90, 30 -- pixels; pixels a second

local lander = native.lander
local stars = {}

local function is_on_pad() return math.abs(lander.x - PAD) < PAD_WIDTH / 2 end

local function has_won() return lander.impact > 0 and lander.impact < SOFT and is_on_pad() end

function main.load()
   input.bind {
      left = { "key:left", "key:a", "pad:leftx-" },
      right = { "key:right", "key:d", "pad:leftx+" },
      thrust = { "key:up", "key:w", "key:space", "pad:a" },
      again = { "key:return", "pad:start" },
   }
   for index = 1, 80 do
      stars[index] = { x = random.range(0, graphics.width), y = random.range(0, GROUND), light = random.range(0.2, 0.9) }
   end
end

function main.update(dt)
   lander:step(input.axis("left", "right"), input.down "thrust", dt)
end

function main.pressed(action)
   if action == "again" then lander:reset() end
end

local function draw_ground()
   for _, star in ipairs(stars) do
      graphics.color(star.light, star.light, 1)
      graphics.rectangle("fill", star.x, star.y, 1, 1)
   end
   graphics.color(0.35, 0.36, 0.42)
   graphics.rectangle("fill", 0, GROUND, graphics.width, graphics.height - GROUND)
   graphics.color(0.45, 0.46, 0.53)
   graphics.rectangle("fill", 0, GROUND, graphics.width, 3)
   graphics.color(0.3, 0.85, 0.9)
   graphics.rectangle("fill", PAD - PAD_WIDTH / 2, GROUND, PAD_WIDTH, 5)
end

local function draw_lander()
   graphics.push()
   graphics.translate(lander.x, lander.y)
   graphics.scale(1.5)
   if lander.is_burning then
      graphics.color(1, 0.7, 0.25)
      graphics.polygon("fill", { -5, -7, 5, -7, 0, 9 })
   end
   graphics.color(0.6, 0.62, 0.7)
   graphics.line(-6, -10, -12, 0, 2)
   graphics.line(6, -10, 12, 0, 2)
   graphics.color(0.93, 0.9, 0.82)
   graphics.polygon("fill", { -9, -8, -7, -20, 0, -28, 7, -20, 9, -8 })
   graphics.color(0.2, 0.55, 0.8)
   graphics.circle("fill", 0, -17, 3)
   graphics.pop()
end

local function headline()
   if lander.impact == 0 then return ("fuel %.1f"):format(lander.fuel) end
   if has_won() then return "the ship has landed" end
   return lander.impact < SOFT and "beside the pad" or "too fast"
end

function main.draw()
   graphics.clear(0.03, 0.04, 0.09)
   draw_ground()
   draw_lander()
   graphics.color(1, 1, 1)
   graphics.print(headline(), graphics.width / 2, 20, "center", 2)
end

--- Figures of a run, for --report.
function main.report() return { score = has_won() and math.floor(lander.fuel * 100) or 0 } end

--- The autopilot, for --autoplay: holds what a player would press.
function main.autoplay()
   local wanted = math.max(-60, math.min((PAD - lander.x) * 0.6, 60))
   if lander.speed_x < wanted - 3 then native.input:hold("right", 1) end
   if lander.speed_x > wanted + 3 then native.input:hold("left", 1) end
   if lander.speed_y > 15 + (GROUND - lander.y) * 0.2 then native.input:hold("thrust", 1) end
end

return main
