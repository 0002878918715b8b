--- title.png: MOONBASE in chrome letters with depth, the first O a full Moon.

local canvas = require "canvas"
local noise = require "noise"
local palette = require "palette"
local shade = require "shade"

local logo = {}

local WIDTH, HEIGHT = 376, 92
local TOP = 12
--- The pen that writes the letters, and how far the letters stand out of the page.
local PEN_WIDTH, PEN_HEIGHT, DEPTH = 12, 11, 8
local SCALE_X, SCALE_Y = 3.1, 3.75

--- Strokes like those of the headline font: points x,y on a grid 12 units high.
local LETTERS = {
   { strokes = "0,12 0,0 1.2,0 5,4.4 8.8,0 10,0 10,12", width = 10 },
   { moon = true, width = 14.2 },
   { strokes = "2,0 6,0 8,2 8,10 6,12 2,12 0,10 0,2 2,0", width = 8 },
   { strokes = "0,12 0,0 1.2,0 6.8,12 8,12 8,0", width = 8 },
   { strokes = "0,6 6,6 8,4.4 8,2 6,0 0,0 0,12 6,12 8,10 8,7.6 6,6", width = 8 },
   { strokes = "0,12 0,3 3,0 5,0 8,3 8,12 / 0,7.6 8,7.6", width = 8 },
   { strokes = "8,1.8 6.4,0 2,0 0,2 0,4.2 2,6 6,6 8,7.8 8,10 6,12 1.6,12 0,10.2", width = 8 },
   { strokes = "7.4,0 0,0 0,12 7.4,12 / 0,6 6.4,6", width = 7.4 },
}
local GAP = 5

--- Sweeps the pen along a stroke, filling `mask`.
local function write_stroke(mask, left, stroke)
   local last_x, last_y
   for x, y in stroke:gmatch "([%d.]+),([%d.]+)" do
      x, y = tonumber(x) * SCALE_X, tonumber(y) * SCALE_Y
      for step = 0, 40 do
         local px = (last_x or x) + (x - (last_x or x)) * step / 40
         local py = (last_y or y) + (y - (last_y or y)) * step / 40
         mask:rect(left + math.floor(px + 0.5), TOP + math.floor(py + 0.5), PEN_WIDTH, PEN_HEIGHT,
            palette.white)
      end
      last_x, last_y = x, y
   end
end

--- The shapes of all letters and of the Moon alone.
local function masks()
   local letters, moon = canvas.new(WIDTH, HEIGHT), canvas.new(WIDTH, HEIGHT)
   local total = -GAP
   for _, letter in ipairs(LETTERS) do
      total = total + letter.width * SCALE_X + PEN_WIDTH + GAP
   end
   local x = (WIDTH - total) / 2
   local disc = { y = TOP + (12 * SCALE_Y + PEN_HEIGHT) / 2,
      radius = (12 * SCALE_Y + PEN_HEIGHT) / 2 }
   for _, letter in ipairs(LETTERS) do
      local width = letter.width * SCALE_X + PEN_WIDTH
      if letter.moon then
         disc.x = math.floor(x + width / 2)
         disc.radius = math.min(disc.radius, width / 2)
         moon:ellipse(disc.x, disc.y, disc.radius, disc.radius, palette.white)
      else
         for stroke in (letter.strokes .. "/"):gmatch "([^/]*)/" do
            write_stroke(letters, math.floor(x + 0.5), stroke)
         end
      end
      x = x + width + GAP
   end
   return letters, moon, disc
end

--- Sky above the horizon, sunset below.
local SKY = palette.ramp "wCSSsc"
local DAWN = palette.ramp "wyyaaoRr"
local HORIZON = 0.56

local function chrome(x, y)
   local down = (y - TOP) / (12 * SCALE_Y + PEN_HEIGHT)
   -- A faint wave keeps the horizon from looking ruled.
   local horizon = HORIZON + math.floor(math.sin(x / 21) * 1.6 + 0.5) / 56
   if down < horizon then
      return shade.pick(SKY, down / horizon * 0.99, x, y, 0.7)
   end
   return shade.pick(DAWN, (down - horizon) / (1 - horizon), x, y, 0.7)
end

--- How far a pixel is from the shape's edge towards (dx, dy), counted to 3.
local function edge(mask, x, y, dx, dy)
   for step = 1, 2 do
      if mask:alpha(x + dx * step, y + dy * step) == 0 then
         return step
      end
   end
   return 3
end

local function paint_letters(picture, letters)
   picture:each(function(x, y)
      if letters:alpha(x, y) == 0 then
         return
      end
      local lit = math.min(edge(letters, x, y, -1, 0), edge(letters, x, y, 0, -1))
      local lee = math.min(edge(letters, x, y, 1, 0), edge(letters, x, y, 0, 1))
      local rgb = chrome(x, y)
      if lit == 1 then
         rgb = palette.white
      elseif lee == 1 then
         rgb = y < TOP + 32 and palette.sea or palette.maroon
      end
      picture:set(x, y, rgb)
   end)
end

--- Craters of the Moon: place from its centre, radius.
local CRATERS = {
   { -8, -9, 6 }, { 9, 4, 8 }, { -12, 9, 5 }, { 4, -17, 3.4 }, { 15, -8, 3 }, { -2, 19, 4 },
   { -19, -2, 3 }, { -1, 3, 2.4 },
}
local MOON = palette.ramp "3445667788999w"

local function paint_moon(picture, disc)
   picture:each(function(x, y)
      local u, v = (x + 0.5 - disc.x) / disc.radius, (y + 0.5 - disc.y) / disc.radius
      local polar = u * u + v * v
      if polar > 1 then
         return
      end
      local light = 0.66 - (u * 0.3 + v * 0.34) + math.sqrt(1 - polar) * 0.12
      local mare = noise.layered(u * 1.7 + 4, v * 1.7 + 8, 3, 5)
      light = light - shade.smoothstep(0.5, 0.62, mare) * 0.17
      for _, crater in ipairs(CRATERS) do
         local dx, dy = (x + 0.5 - disc.x - crater[1]) / crater[3],
            (y + 0.5 - disc.y - crater[2]) / crater[3]
         local distance = math.sqrt(dx * dx + dy * dy)
         if distance < 1 then
            light = light - 0.12 + (dx + dy) * 0.17
         elseif distance < 1.3 then
            light = light - (dx + dy) * 0.11
         end
      end
      picture:set(x, y, shade.pick(MOON, light, x, y, 0.5))
   end)
end

--- The sides of the letters, going down into the dark.
local function paint_depth(picture, shape)
   for step = DEPTH, 1, -1 do
      local rgb = step > 5 and palette.night or step > 2 and palette.indigo or palette.violet
      shape:each(function(x, y)
         if shape:alpha(x, y) > 0 then
            picture:set(x, y + step, rgb)
         end
      end)
   end
end

--- A soft cyan light behind the whole word.
local function paint_halo(picture, shape)
   local reach = 9
   local glow = canvas.new(WIDTH, HEIGHT)
   for y = 0, HEIGHT - 1 do
      for x = 0, WIDTH - 1 do
         local nearest = reach * reach
         for dy = -reach, reach do
            for dx = -reach, reach do
               local squared = dx * dx + dy * dy
               if squared < nearest and shape:alpha(x + dx, y + dy) > 0 then
                  nearest = squared
               end
            end
         end
         local near = 1 - math.sqrt(nearest) / reach
         if near > 0 then
            glow:set(x, y, palette.azure, math.floor(near * near * 130))
         end
      end
   end
   glow:blit(picture, 0, 0)
   return glow
end

local function paint_sparkle(picture, x, y, length)
   for step = -length, length do
      local rgb = math.abs(step) > length / 2 and palette.ice or palette.white
      picture:set(x + step, y, rgb)
      picture:set(x, y + step, rgb)
   end
   picture:rect(x - 1, y - 1, 3, 3, palette.white)
end

function logo.draw()
   local letters, moon, disc = masks()
   local shape = letters:copy()
   shape:blit(moon, 0, 0)
   local picture = canvas.new(WIDTH, HEIGHT)
   paint_depth(picture, shape)
   paint_letters(picture, letters)
   paint_moon(picture, disc)
   picture:outline(palette.ink)
   picture:outline(palette.ink)
   picture = paint_halo(picture, picture:copy())
   paint_sparkle(picture, 20, TOP + 3, 6)
   paint_sparkle(picture, 285, TOP + 2, 5)
   return picture
end

return logo
