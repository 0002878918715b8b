--- Pictures written as text: rows of palette letters, '.' is transparent.
---
---    local lamp = pixel_map.picture [[
---       .kk.
---       kyak
---       .kk.
---    ]]

local canvas = require "canvas"
local palette = require "palette"

local pixel_map = {}

--- The rows of a map; all must be equally long.
local function rows_of(text)
   local rows = {}
   for row in text:gmatch "%S+" do
      rows[#rows + 1] = row
      if #row ~= #rows[1] then
         local message = "pixel map: row %d has %d pixels, the first has %d"
         error(message:format(#rows, #row, #rows[1]), 0)
      end
   end
   return rows
end

--- Draws a map into a picture.
function pixel_map.draw(picture, text, left, top)
   for y, row in ipairs(rows_of(text)) do
      for x = 1, #row do
         local letter = row:sub(x, x)
         if letter ~= "." then
            local rgb = palette.by_letter[letter] or error("no such palette letter: " .. letter, 0)
            picture:set(left + x - 1, top + y - 1, rgb)
         end
      end
   end
end

--- A picture of just this map.
function pixel_map.picture(text)
   local rows = rows_of(text)
   local picture = canvas.new(#rows[1], #rows)
   pixel_map.draw(picture, text, 0, 0)
   return picture
end

--- A picture whose upper half is this map and whose lower half mirrors it.
function pixel_map.mirrored(text)
   local rows = rows_of(text)
   local picture = canvas.new(#rows[1], #rows * 2)
   pixel_map.draw(picture, text, 0, 0)
   picture:mirror_down()
   return picture
end

return pixel_map
