--- Writing: two sizes, a dark edge so that it can be read on anything, and big numbers with commas.

local graphics = require "graphics"
local palette = require "palette"

local text = {}

local small, large = graphics.font "fonts/moon.txt", graphics.font "fonts/moon-large.txt"

local function write(font, words, x, y, align, color, alpha, scale)
   local ink = palette.ink
   alpha = alpha or 1
   graphics.set_font(font)
   graphics.color(ink[1], ink[2], ink[3], alpha * 0.85)
   graphics.print(words, x + 1, y + 1, align, scale)
   graphics.color(color[1], color[2], color[3], alpha)
   graphics.print(words, x, y, align, scale)
   graphics.color(1, 1, 1)
end

--- Letters 12 pixels high.
---@param words string
---@param x number
---@param y number top of the letters
---@param align "left"|"center"|"right"|nil
---@param color number[] of palette
---@param alpha number? 1
---@param scale number? 1
function text.small(words, x, y, align, color, alpha, scale) write(small, words, x, y, align, color, alpha, scale) end

--- Letters 20 pixels high.
---@param words string
---@param x number
---@param y number top of the letters
---@param align "left"|"center"|"right"|nil
---@param color number[] of palette
---@param alpha number? 1
---@param scale number? 1
function text.large(words, x, y, align, color, alpha, scale) write(large, words, x, y, align, color, alpha, scale) end

--- How wide small letters are, pixels.
---@param words string
---@return number
function text.width(words)
   graphics.set_font(small)
   return graphics.text_width(words)
end

local REMEMBERED = 400
local written, remembered = {}, 0 -- numbers that were written before, and their texts

--- 12345 as "12,345". Remembers its answers, so that writing the same numbers makes no garbage.
---@param number integer
---@return string
function text.number(number)
   local known = written[number]
   if known then return known end
   if remembered == REMEMBERED then written, remembered = {}, 0 end
   remembered = remembered + 1
   local digits = ("%d"):format(number)
   local grouped = digits:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
   written[number] = grouped
   return grouped
end

return text
