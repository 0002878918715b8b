-- Events: rockets tell that they burst, and know nobody who listens.

local event = require "event"
local graphics = require "graphics"
local random = require "random"
local timer = require "timer"

local main = {}

local COLORS = { { 1, 0.55, 0.3 }, { 0.3, 0.85, 1 }, { 1, 0.85, 0.35 }, { 0.75, 0.5, 1 }, { 0.5, 1, 0.5 } }
local rockets, sparks, count, sky = {}, {}, 0, 0

-- ---- who listens ----------------------------------------------------------------------------

event.on("burst", function(x, y, color)
   for index = 1, 110 do
      local angle, speed = index * 2.4, random.range(20, 170)
      sparks[#sparks + 1] = {
         x = x, y = y, speed_x = speed * math.cos(angle), speed_y = speed * math.sin(angle),
         life = random.range(1, 2), color = color,
      }
   end
end)

event.on("burst", function() sky = 1 end)

event.on("burst", function() count = count + 1 end)

-- ---- who tells ------------------------------------------------------------------------------

local function launch()
   local color = COLORS[random.integer(1, #COLORS)]
   rockets[#rockets + 1] = { x = random.range(90, 550), y = 360, fuse = random.range(0.7, 1.1), color = color }
end

local function fly(rocket, dt)
   rocket.y, rocket.fuse = rocket.y - 260 * dt, rocket.fuse - dt
   if rocket.fuse <= 0 then event.emit("burst", rocket.x, rocket.y, rocket.color) end
   return rocket.fuse > 0
end

local function glow(spark, dt)
   spark.x, spark.y = spark.x + spark.speed_x * dt, spark.y + spark.speed_y * dt
   spark.speed_x, spark.speed_y = spark.speed_x * 0.98, spark.speed_y * 0.98 + 50 * dt
   spark.life = spark.life - dt
   return spark.life > 0
end

-- Calls `move` for each, and keeps those for which it is true.
local function step_all(list, move, dt)
   local kept = 0
   for index = 1, #list do
      local each = list[index]
      list[index] = nil
      if move(each, dt) then
         kept = kept + 1
         list[kept] = each
      end
   end
end

function main.load() timer.every(0.2, launch) end

function main.update(dt)
   step_all(rockets, fly, dt)
   step_all(sparks, glow, dt)
   sky = math.max(0, sky - 2 * dt)
end

function main.draw()
   graphics.clear(0.03 + 0.05 * sky, 0.03 + 0.05 * sky, 0.1 + 0.08 * sky)
   graphics.blend "add"
   for _, each in ipairs(rockets) do
      graphics.color(1, 0.9, 0.6)
      graphics.rectangle("fill", each.x - 1, each.y, 2, 12)
   end
   for _, each in ipairs(sparks) do
      graphics.color(each.color[1], each.color[2], each.color[3], math.min(1, each.life))
      graphics.rectangle("fill", each.x - 1, each.y - 1, 3, 3)
   end
   graphics.blend "alpha"
   graphics.color(1, 1, 1)
   graphics.print(count .. " rockets", 320, 336, "center")
end

return main
