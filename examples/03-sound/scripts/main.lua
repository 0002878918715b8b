-- Sound: a drum machine. Click on its fields; each row has a sound, and its column says when.

local audio = require "audio"
local graphics = require "graphics"
local input = require "input"
local timer = require "timer"

local main = {}

local COLUMNS, SIZE, LEFT, TOP = 16, 34, 62, 98 -- pixels
local rows = {
   { sound = "crystal-3.ogg", color = { 0.71, 0.96, 0.95 }, fields = "x.......x...x..." },
   { sound = "crystal-2.ogg", color = { 0.25, 0.80, 0.90 }, fields = "..x...x...x...x." },
   { sound = "crystal-1.ogg", color = { 0.62, 0.38, 0.83 }, fields = "x.....x..x......" },
   { sound = "select.ogg", color = { 0.96, 0.65, 0.23 }, fields = "....x.......x.xx" },
   { sound = "hit.ogg", color = { 0.86, 0.27, 0.31 }, fields = "x..x..x.x..x..x." },
}
local column = 0

local function play_column()
   column = column % COLUMNS + 1
   for _, row in ipairs(rows) do
      if row.on[column] then
         audio.play(row.sound, 0.7, (column - 8.5) / 10) -- how loud, and from where: -1 is left, 1 right
         row.light = 1
      end
   end
end

function main.load()
   input.bind { toggle = { "mouse:left" } }
   for _, row in ipairs(rows) do
      row.on, row.light = {}, 0
      for index = 1, COLUMNS do row.on[index] = row.fields:sub(index, index) == "x" end
   end
   timer.every(0.13, play_column)
end

function main.update(dt)
   for _, row in ipairs(rows) do row.light = math.max(0, row.light - 3 * dt) end
end

function main.pressed()
   local x, y = input.mouse()
   local row, index = rows[math.floor((y - TOP) / SIZE) + 1], math.floor((x - LEFT) / SIZE) + 1
   if row and index >= 1 and index <= COLUMNS then row.on[index] = not row.on[index] end
end

local function draw_field(row, index, x, y)
   local r, g, b = row.color[1], row.color[2], row.color[3]
   local strength = row.on[index] and (index == column and 1 or 0.75) or (index == column and 0.25 or 0.12)
   graphics.color(r * strength, g * strength, b * strength)
   graphics.rectangle("fill", x + 2, y + 2, SIZE - 4, SIZE - 4)
   if row.on[index] and index == column then
      graphics.color(1, 1, 1, row.light)
      graphics.rectangle("fill", x + 6, y + 6, SIZE - 12, SIZE - 12)
   end
end

function main.draw()
   graphics.clear(0.05, 0.06, 0.12)
   for line, row in ipairs(rows) do
      for index = 1, COLUMNS do draw_field(row, index, LEFT + (index - 1) * SIZE, TOP + (line - 1) * SIZE) end
      graphics.color(row.color[1], row.color[2], row.color[3])
      graphics.circle("fill", 38, TOP + (line - 0.5) * SIZE, 4 + 8 * row.light)
   end
   graphics.color(1, 1, 1)
   graphics.print("a drum machine", 320, 44, "center", 2)
   graphics.print("click on the fields", 320, 296, "center")
end

return main
