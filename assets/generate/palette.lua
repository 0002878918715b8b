--- The 32 colours of Moonbase. Every opaque pixel of the art is one of them;
--- only light (glow, shields, smoke) mixes them through alpha.
---
--- `letter` is the colour's name in the text pixel maps.

local palette = {}

local colours = {
   -- letter, name, value
   { "k", "ink", 0x0d0e1f },
   { "n", "night", 0x161a38 },
   { "i", "indigo", 0x262d5c },
   { "d", "dusk", 0x45548f },

   { "1", "stone1", 0x232338 },
   { "2", "stone2", 0x34334a },
   { "3", "stone3", 0x4a475c },
   { "4", "stone4", 0x635e6e },
   { "5", "stone5", 0x7f7880 },
   { "6", "stone6", 0x9e9592 },
   { "7", "stone7", 0xbfb5a8 },
   { "8", "stone8", 0xded4c2 },
   { "9", "stone9", 0xf6efdf },
   { "w", "white", 0xffffff },

   { "c", "sea", 0x12507e },
   { "s", "azure", 0x1b8ab8 },
   { "S", "cyan", 0x3fcbe4 },
   { "C", "ice", 0xb4f5f2 },

   { "b", "umber", 0x6e3524 },
   { "o", "orange", 0xc8642a },
   { "a", "amber", 0xf5a53a },
   { "y", "straw", 0xffe08a },

   { "m", "maroon", 0x4a1430 },
   { "r", "crimson", 0x94233f },
   { "R", "red", 0xdc4450 },
   { "P", "coral", 0xff8a70 },

   { "v", "violet", 0x5b3596 },
   { "V", "lilac", 0x9d62d4 },
   { "l", "lavender", 0xdcaeff },

   { "g", "moss", 0x1d5a52 },
   { "G", "leaf", 0x3fae6c },
   { "L", "lime", 0xa8e67c },
}

--- Colour value by name: palette.ink, palette.amber ...
for _, colour in ipairs(colours) do
   palette[colour[2]] = colour[3]
end

--- Colour value by pixel-map letter.
palette.by_letter = {}
for _, colour in ipairs(colours) do
   palette.by_letter[colour[1]] = colour[3]
end

--- A ramp is a list of colours from dark to light, written with pixel-map letters.
function palette.ramp(letters)
   local ramp = {}
   for letter in letters:gmatch "." do
      ramp[#ramp + 1] = assert(palette.by_letter[letter], "no such palette letter: " .. letter)
   end
   return ramp
end

--- Red, green and blue of a colour value, 0..255 each.
function palette.split(rgb)
   local blue = rgb % 256
   local green = (rgb - blue) / 256 % 256
   local red = (rgb - blue - green * 256) / 65536
   return red, green, blue
end

--- The palette colour that looks most like (red, green, blue).
function palette.nearest(red, green, blue)
   local best, least = 0, math.huge
   for _, colour in ipairs(colours) do
      local r, g, b = palette.split(colour[3])
      local dr, dg, db = r - red, g - green, b - blue
      local distance = 2 * dr * dr + 4 * dg * dg + 3 * db * db
      if distance < least then
         best, least = colour[3], distance
      end
   end
   return best
end

return palette
