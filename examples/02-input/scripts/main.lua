-- Input: actions with names, which keys, the mouse and gamepads work alike. Drive, and plant flags.

local graphics = require "graphics"
local input = require "input"

local main = {}

local rover = { x = 90, y = 250, angle = 0 }
local flags, steps = {}, 0
local picture, tracks, track

function main.load()
   input.bind {
      left = { "key:left", "key:a", "pad:leftx-" },
      right = { "key:right", "key:d", "pad:leftx+" },
      ahead = { "key:up", "key:w", "pad:righttrigger" },
      back = { "key:down", "key:s", "pad:lefttrigger" },
      plant = { "key:space", "mouse:left", "pad:a" },
   }
   picture = graphics.texture "rover.png"
   track = graphics.texture "track.png"
   tracks = graphics.canvas(graphics.width, graphics.height) -- what stays of every step
end

-- Held actions are asked for ...
function main.update(dt)
   local speed = 130 * input.axis("back", "ahead") -- from -1 to 1, and between them with a stick
   rover.angle = rover.angle + 2.2 * input.axis("left", "right") * dt
   rover.x = (rover.x + speed * math.cos(rover.angle) * dt) % graphics.width
   rover.y = (rover.y + speed * math.sin(rover.angle) * dt) % graphics.height
end

-- ... and pressed ones are told.
function main.pressed(action)
   if action == "plant" then flags[#flags + 1] = { x = rover.x, y = rover.y } end
end

local function draw_tracks()
   graphics.target(tracks)
   graphics.color(0.6, 0.58, 0.65)
   graphics.draw(track, rover.x, rover.y, rover.angle, 0.7, 0.7, 3, 14)
   graphics.target()
end

local function draw_flag(flag)
   graphics.color(0.96, 0.94, 0.87)
   graphics.rectangle("fill", flag.x, flag.y - 22, 2, 22)
   graphics.color(0.25, 0.8, 0.9)
   graphics.polygon("fill", { flag.x + 2, flag.y - 22, flag.x + 16, flag.y - 17, flag.x + 2, flag.y - 12 })
end

local function draw_ground()
   graphics.clear(0.33, 0.32, 0.39)
   for index = 1, 24 do -- craters
      local x, y, radius = index * index * 71 % 640, index * 149 % 360, 5 + index * 7 % 20
      graphics.color(0.41, 0.4, 0.47)
      graphics.circle("fill", x - 1, y - 2, radius + 2)
      graphics.color(0.28, 0.27, 0.34)
      graphics.circle("fill", x, y, radius)
   end
end

function main.draw()
   draw_tracks()
   draw_ground()
   graphics.color(1, 1, 1)
   graphics.draw(tracks, 0, 0)
   for _, flag in ipairs(flags) do draw_flag(flag) end
   graphics.color(1, 1, 1)
   graphics.draw(picture, rover.x, rover.y, rover.angle, 1.5, 1.5, 14, 14)
   graphics.print("drive with the arrow keys or a stick, plant flags with space", 320, 334, "center")
end

-- With --autoplay, what a player would hold.
function main.autoplay()
   steps = steps + 1
   native.input:hold("ahead", 1)
   native.input:hold(steps % 240 < 120 and "left" or "right", 0.9)
   if steps % 48 == 30 then native.input:hold("plant", 1) end
end

return main
