-- Everything that text can be, a page in each frame.

local graphics = require "graphics"

local main = {}

local moon, small, large, serif ---@type Font, Font, Font, Font
local page = 0

function main.load()
   moon = graphics.font "fonts/moon.txt"
   small = graphics.font("fonts/DejaVuSans.ttf", 11)
   large = graphics.font("fonts/DejaVuSans.ttf", 30)
   serif = graphics.font("fonts/DejaVuSerif.ttf", 12)
end

local STORY = "The moon base has been quiet for a week. Then, at dawn, the raiders come over the rim of the crater.\n"
   .. "Hold the dome."

local function frame(x, y, width, height)
   graphics.color(0.25, 0.3, 0.45)
   graphics.rectangle("line", x, y, width, height)
   graphics.color(0.95, 0.95, 1)
end

-- A text in its column, with a frame of the size that was measured.
local function column(text, x, y, width, align)
   local _, height = graphics.text_size(text, width)
   frame(x - 3, y - 3, width + 6, height + 6)
   graphics.printf(text, x, y, width, align)
   return y + height + 12
end

-- The four alignments, in a TrueType and in the bitmap font.
local function columns()
   for index, align in ipairs { "left", "center", "right", "justify" } do
      local x = 10 + (index - 1) * 118
      graphics.set_font(small)
      local y = column(STORY, x, 10, 104, align)
      graphics.set_font(moon)
      column(STORY:upper(), x, y, 104, align)
   end
end

-- Sizes, kerning, lines of another height, scale, colours, other scripts, and bytes that are no text.
local function samples()
   graphics.set_font(large)
   graphics.color(1, 0.85, 0.4)
   graphics.print("AVATAR To Wave j", 10, 6)
   graphics.color(0.95, 0.95, 1)
   graphics.set_font(serif)
   graphics.print("Ärger, naïve, Łódź, smørrebrød, ţară", 10, 48)
   graphics.print("Ελληνικά · Русский · Հայերեն · ქართული", 10, 66)
   graphics.print("→ ∑ √2 ≈ 1.414 … “quoted” — ½ € ☂ ♞", 10, 84)
   graphics.color(1, 0.5, 0.5)
   graphics.print("bad \xFF\xC0\xAF bytes, an unknown \u{F0000} and a\ttab", 10, 102)
   graphics.color(0.95, 0.95, 1)
   graphics.set_font(small)
   column("Unbelievablylongwordsaredividedwheretheymust, others wrap.", 13, 128, 90, "left")
   small.line_height = 1.6
   column("Lines that are farther from each other than usual.", 130, 128, 100, "center")
   small.line_height = 1
   frame(247, 125, 226, 62)
   graphics.printf("Twice as large, to the right", 250, 128, 220, "right", 2)
   graphics.blend "add"
   graphics.color(0.2, 0.6, 1, 0.6)
   graphics.set_font(large)
   graphics.printf("glow glow", 250, 196, 220, "center")
   graphics.printf("glow glow", 251, 197, 220, "center")
   graphics.blend "alpha"
end

local function console()
   samples()
   local console, prompt = require "console", require "console.prompt"
   console.set_open(true)
   for _, line in ipairs {
      "1 + 1, 'two'", "{ gold = 3, list = { 1, 2 }, deep = { a = { b = {} } } }", "native.Rect(1, 2, 3, 4)", "nobody.is.here",
   } do
      prompt.run(line)
   end
   console.text "native.graphics:set_"
   console.key "key:tab"
   console.draw()
   console.set_open(false)
end

local PAGES = { columns, samples, console }

function main.draw()
   page = page + 1
   graphics.clear(0.06, 0.07, 0.13)
   PAGES[page]()
end

return main
