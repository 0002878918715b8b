-- Coroutines: a story that is written down in the order in which it happens.

local graphics = require "graphics"
local timer = require "timer"

local main = {}

local rover = { x = -40, y = 210 }
local raider = { x = 690, y = 150 }
local speaker, words, shown = nil, "", 0

local function say(who, text)
   speaker, words = who, text
   for letter = 1, #text do
      shown = letter
      wait(0.04)
   end
   wait(1)
   speaker = nil
end

local function go(who, x, seconds)
   timer.tween(seconds, who, { x = x }, "smooth")
   wait(seconds)
end

local function story()
   go(rover, 210, 1.2)
   say(rover, "A quiet day on the Moon.")
   go(raider, 450, 1)
   say(raider, "Not any more. Your crystals, please!")
   go(rover, 120, 0.6)
   say(rover, "Do you know what a patch is?")
   say(raider, "No ...")
   go(raider, 700, 2)
   say(rover, "It does now.")
end

function main.load()
   rover.picture, raider.picture = graphics.texture "rover.png", graphics.texture "raider-brute.png"
   timer.run(story)
end

local function draw_bubble(x, y, text)
   local width = graphics.text_width(words, 2) + 24
   local left = math.max(12, math.min(x - width / 2, 628 - width))
   graphics.color(0.96, 0.94, 0.87)
   graphics.rectangle("fill", left, y - 92, width, 36)
   graphics.polygon("fill", { x - 8, y - 56, x + 8, y - 56, x, y - 44 })
   graphics.color(0.1, 0.1, 0.2)
   graphics.print(text, left + 12, y - 81, "left", 2)
end

function main.draw()
   graphics.clear(0.05, 0.06, 0.14)
   for index = 1, 70 do
      graphics.color(1, 1, 1, 0.2 + index % 5 * 0.15)
      graphics.rectangle("fill", index * 331 % 640, index * 97 % 150, 1, 1)
   end
   graphics.color(0.26, 0.25, 0.31)
   graphics.circle("fill", 320, 1380, 1250)
   graphics.color(1, 1, 1)
   graphics.draw(rover.picture, rover.x, rover.y, 0, 3, 3, 14, 14)
   graphics.draw(raider.picture, raider.x, raider.y, math.pi, 3, 3, 20, 20)
   if speaker then draw_bubble(speaker.x, speaker.y, words:sub(1, shown)) end
end

return main
