--- Words and numbers that rise from where something happened and fade.

local palette = require "palette"
local text = require "text"

local words = {}

local LIMIT, LIFE, RISE = 24, 0.9, 26
local places, next_place = {}, 1
for index = 1, LIMIT do places[index] = { x = 0, y = 0, age = LIFE, text = "", color = palette.white } end

--- Lets a word rise.
---@param x number
---@param y number
---@param what string
---@param color number[] of palette
function words.add(x, y, what, color)
   local word = places[next_place]
   next_place = next_place % LIMIT + 1
   word.x, word.y, word.age, word.text, word.color = math.floor(x), math.floor(y), 0, what, color
end

---@param dt number
function words.update(dt)
   for index = 1, LIMIT do places[index].age = places[index].age + dt end
end

function words.draw()
   for index = 1, LIMIT do
      local word = places[index]
      local left = 1 - word.age / LIFE
      if left > 0 then
         local rise = math.floor(RISE * (1 - left * left))
         text.small(word.text, word.x, word.y - 8 - rise, "center", word.color, math.min(1, 3 * left))
      end
   end
end

function words.clear()
   for index = 1, LIMIT do places[index].age = LIFE end
end

return words
