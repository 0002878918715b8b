--- Builds a font: a picture (16 columns of cells, white) and the text file that describes it.
---
---    image moon.png
---    height 12
---    baseline 9
---    65 8 24 5 12 6        one line a glyph: codepoint x y width height advance

local canvas = require "canvas"
local font_large = require "font_large"
local font_small = require "font_small"
local palette = require "palette"

local font = {}

local COLUMNS = 16

--- The characters of a UTF-8 text as a list of strings.
local function characters(text)
   local list = {}
   for character in text:gmatch "[%z\1-\127\194-\244][\128-\191]*" do
      list[#list + 1] = character
   end
   return list
end

--- The code point of one UTF-8 character.
local function codepoint(character)
   local first = character:byte(1)
   local code = first < 0x80 and first or first < 0xe0 and first % 0x20
      or first < 0xf0 and first % 0x10
      or first % 0x08
   for i = 2, #character do
      code = code * 64 + character:byte(i) % 64
   end
   return code
end

--- Glyph: code, width, advance, draw(picture, left, top) with top = the top of the capitals.
local function glyph_of_rows(character, rows, first_row)
   local function draw(picture, left, top)
      for y, row in ipairs(rows) do
         for x = 1, #row do
            if row:sub(x, x) == "#" then
               picture:set(left + x - 1, top + y - 1 + (first_row or 0), palette.white)
            end
         end
      end
   end
   local width = #rows[1]
   return { code = codepoint(character), width = width, advance = width + 1, draw = draw }
end

local function words(line)
   local list = {}
   for word in line:gmatch "%S+" do
      list[#list + 1] = word
   end
   return list
end

--- Reads one block of the hand-drawn sheet: characters, then rows of pixels.
local function read_block(block, by_character, glyphs)
   local lines = {}
   for line in block:gmatch "[^\n]+" do
      lines[#lines + 1] = words(line)
   end
   for column, character in ipairs(lines[1]) do
      local rows = {}
      for i = 2, #lines do
         rows[#rows + 1] = lines[i][column]
         if #rows[#rows] ~= #rows[1] then
            error(("font: %s: row %d is not as wide as the first"):format(character, i - 1), 0)
         end
      end
      by_character[character] = glyph_of_rows(character, rows)
      glyphs[#glyphs + 1] = by_character[character]
   end
end

local function add_marked(by_character, glyphs)
   for _, marked in ipairs(font_small.marked) do
      local base = by_character[marked[2]]
      local mark = glyph_of_rows(marked[1], font_small.marks[marked[3]], marked[4])
      glyphs[#glyphs + 1] = {
         code = mark.code,
         width = base.width,
         advance = base.advance,
         draw = function(picture, left, top)
            base.draw(picture, left, top)
            mark.draw(picture, left, top)
         end,
      }
   end
end

local function small_glyphs()
   local by_character, glyphs = {}, {}
   for block in (font_small.sheet .. "\n"):gmatch "(.-)\n\n" do
      read_block(block, by_character, glyphs)
   end
   add_marked(by_character, glyphs)
   return glyphs
end

--- Moves the pen along a stroke, calling `touch(x, y)` for every place it stands on.
local function follow(stroke, touch)
   local last_x, last_y
   for x, y in stroke:gmatch "(-?%d+),(-?%d+)" do
      x, y = tonumber(x), tonumber(y)
      local from_x, from_y = last_x or x, last_y or y
      local steps = math.max(math.abs(x - from_x), math.abs(y - from_y), 1)
      for step = 0, steps do
         touch(math.floor(from_x + (x - from_x) * step / steps + 0.5),
            math.floor(from_y + (y - from_y) * step / steps + 0.5))
      end
      last_x, last_y = x, y
   end
end

local function glyph_of_strokes(character, strokes)
   local width = 0
   follow(strokes, function(x)
      width = math.max(width, x + font_large.pen_width)
   end)
   local function draw(picture, left, top)
      for stroke in (strokes .. "/"):gmatch "([^/]*)/" do
         follow(stroke, function(x, y)
            picture:rect(left + x, top + y, font_large.pen_width, font_large.pen_height,
               palette.white)
         end)
      end
   end
   local digit = character:match "^%d$"
   local advance = digit and 12 or width + 2
   return { code = codepoint(character), width = width, advance = advance, draw = draw }
end

local function large_glyphs()
   local glyphs = {}
   for line in font_large.strokes:gmatch "[^\n]+" do
      local character = characters(line)[1]
      glyphs[#glyphs + 1] = glyph_of_strokes(character, line:sub(#character + 1))
   end
   return glyphs
end

--- Lays the glyphs out in order of their code points; returns the picture and the description.
local function build(style, glyphs)
   glyphs[#glyphs + 1] = { code = 32, width = 0, advance = style.space, draw = function() end }
   table.sort(glyphs, function(a, b)
      return a.code < b.code
   end)
   local rows = math.ceil(#glyphs / COLUMNS)
   local picture = canvas.new(COLUMNS * style.cell_width, rows * style.cell_height)
   local lines = {
      ("image %s.png"):format(style.name),
      ("height %d"):format(style.cell_height),
      ("baseline %d"):format(style.baseline),
   }
   for i, glyph in ipairs(glyphs) do
      local x = (i - 1) % COLUMNS * style.cell_width
      local y = math.floor((i - 1) / COLUMNS) * style.cell_height
      glyph.draw(picture, x, y + style.top)
      lines[#lines + 1] = ("%d %d %d %d %d %d"):format(glyph.code, x, y, glyph.width,
         style.cell_height,
         glyph.advance)
   end
   return picture, table.concat(lines, "\n") .. "\n"
end

--- A list of { name, picture, description }.
function font.all()
   local list = {}
   for _, face in ipairs { { font_small, small_glyphs() }, { font_large, large_glyphs() } } do
      local picture, description = build(face[1], face[2])
      list[#list + 1] = { face[1].name, picture, description }
   end
   return list
end

return font
