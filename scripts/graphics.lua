-- Drawing, in the manner of LÖVE: what is not given has a default, colours are a state.
--
--   local ship = graphics.texture "images/ship.png"
--   graphics.color(1, 1, 1)
--   graphics.draw(ship, x, y, angle, 1, 1, 14, 14)
--   graphics.print("score 100", 320, 8, "center")

local asset = require "asset"
local check = require "library.check"

local source = native.graphics

local graphics = { width = source.width, height = source.height }

local current_font ---@type Font
local current_target ---@type Canvas?
local saved = 0 -- transforms

local ALIGNS = {
   left = native.Align.LEFT, center = native.Align.CENTER, right = native.Align.RIGHT, justify = native.Align.JUSTIFY,
}

local BLENDS = {
   alpha = native.Blend.ALPHA, add = native.Blend.ADD, multiply = native.Blend.MULTIPLY, replace = native.Blend.REPLACE,
}

-- ---- what is loaded -------------------------------------------------------------------------

--- Loads a picture from assets/; the same path gives the same texture.
---@type fun(path: string): Texture
graphics.texture = asset("graphics.texture", function(path) return source:load_texture(path) end)

local bitmap_font = asset("graphics.font", function(path) return source:load_font(path) end)
local truetype_fonts = {} -- by size: what loads one

--- Loads a font from assets/: a TrueType font by its .ttf or .otf file, a bitmap font by its list of glyphs.
---@param path string
---@param size integer? of a TrueType font: the height of its letters, 4 to 256 pixels; 12
---@return Font
function graphics.font(path, size)
   check.string(path, "graphics.font", "path")
   if not path:lower():find "%.[ot]tf$" then return bitmap_font(path) end
   size = size or 12
   local load = truetype_fonts[size]
   if not load then
      load = asset("graphics.font", function(file) return source:load_truetype(file, size) end)
      truetype_fonts[size] = load
   end
   return load(path)
end

--- Loads a map of Tiled from assets/, a .tmj file; the same path gives the same map.
---@type fun(path: string): TileMap
graphics.tile_map = asset("graphics.tile_map", function(path) return source:load_tile_map(path) end)

--- Loads an atlas from assets/, a .json file of TexturePacker or Aseprite; the same path gives the same atlas.
---@type fun(path: string): Atlas
graphics.atlas = asset("graphics.atlas", function(path) return source:load_atlas(path) end)

--- Sprites of one texture or atlas, which stay until they are destroyed: local rock = rocks:add { x = 10, y = 20 }.
---@param picture Texture|Atlas
---@return SpriteBatch
function graphics.sprites(picture)
   if native.Atlas.is(picture) then picture = picture.texture end
   local sprites, why = native.SpriteBatch.new(picture)
   return sprites or check.fail("graphics.sprites: %s", why)
end

--- A transparent picture to draw to, and to draw like a texture. It is for keeps: make it once, not for every picture.
---@param width integer pixels
---@param height integer
---@return Canvas
function graphics.canvas(width, height)
   local canvas, why = native.Canvas.new(source, width, height)
   return canvas or check.fail("graphics.canvas: %s", why)
end

--- A particle system: graphics.particles { capacity = 200, lifetime = { 0.3, 0.8 }, speed = { 40, 120 } }.
---@param options ParticleOptions
---@return Particles
function graphics.particles(options)
   local particles, why = native.Particles.new(options)
   return particles or check.fail("graphics.particles: %s", why)
end

-- ---- state ----------------------------------------------------------------------------------

-- Values that calls are made with are filled anew each time: drawing leaves no garbage.
local shared_color, shared_rect = native.Color(1, 1, 1, 1), native.Rect(0, 0, 0, 0)

local function refuse_color(r, g, b, a, called)
   check.number(r, called, "r")
   check.number(g, called, "g")
   check.number(b, called, "b")
   check.number(a, called, "a")
end

local function color_of(r, g, b, a, called)
   if type(r) ~= "number" or type(g) ~= "number" or type(b) ~= "number" or a and type(a) ~= "number" then
      refuse_color(r, g, b, a, called)
   end
   local color = shared_color
   color.r, color.g, color.b, color.a = r, g, b, a or 1
   return color
end

local function rect_of(x, y, width, height, called)
   check.number(x, called, "x")
   check.number(y, called, "y")
   check.number(width, called, "width")
   check.number(height, called, "height")
   local rect = shared_rect
   rect.x, rect.y, rect.width, rect.height = x, y, width, height
   return rect
end

--- The colour of what is drawn from here on; textures are multiplied with it.
---@param r number from 0 to 1
---@param g number
---@param b number
---@param a number? opacity; 1
function graphics.color(r, g, b, a) source:set_color(color_of(r, g, b, a, "graphics.color")) end

--- How colours meet what is there already.
---@param mode "alpha"|"add"|"multiply"|"replace"
function graphics.blend(mode)
   source:set_blend(BLENDS[mode or false] or check.one_of(mode, BLENDS, "graphics.blend", "mode"))
end

--- Moves everything that is drawn from here on, in place of any transform; without a move, 0, 0, there is none.
---@param x number
---@param y number
function graphics.offset(x, y) source:set_offset(x, y) end

--- Collects what is drawn from here on in a layer: what has the same texture and blend mode is drawn at once, so order
--- within the layer is that of the textures' first use. Without a number the layers are drawn, the lowest first, and what
--- follows lies on top of them in the order it is drawn.
---@param number integer?
function graphics.layer(number)
   if number then source:set_layer(number) else source:clear_layer() end
end

--- Draws only inside that area; everywhere again without one.
---@param x number?
---@param y number?
---@param width number?
---@param height number?
function graphics.clip(x, y, width, height)
   if not x then
      source:clear_clip()
      return
   end
   source:set_clip(rect_of(x, y, width, height, "graphics.clip"))
end

--- The font of what is written and measured from here on; graphics.font "fonts/moon.txt" at the start.
---@param font Font
function graphics.set_font(font)
   if not native.Font.is(font) then
      check.expected(font, "graphics.set_font", "font", "Font", "; graphics.font(path, size) loads one")
   end
   current_font = font
end

--- Draws to a canvas from here on; to the picture without one. Layers and the clip end, the transform stays.
---@param canvas Canvas?
function graphics.target(canvas)
   local done, why = source:set_target(canvas)
   if not done then check.fail("graphics.target: %s", why) end
   current_target = canvas
end

--- Sets everything back to how a picture begins: colour, blend mode, transform, clip, layer and target.
function graphics.reset()
   current_target, saved = nil, 0
   source:reset()
end

-- ---- transforms -----------------------------------------------------------------------------

--- Saves the transform; graphics.pop() goes back to it.
function graphics.push()
   if not source:push() then
      check.fail "graphics.push: 64 transforms are saved already; is a graphics.pop() missing?"
   end
   saved = saved + 1
end

--- Goes back to the transform of the last graphics.push().
function graphics.pop()
   if not source:pop() then check.fail "graphics.pop: no transform is saved; there was no graphics.push() for it" end
   saved = saved - 1
end

--- How many transforms are saved: of push() without pop() yet.
---@return integer
function graphics.saved() return saved end

--- Moves the coordinates of what is drawn from here on.
---@param x number
---@param y number
function graphics.translate(x, y) source:translate(x, y) end

--- Turns what is drawn from here on around the point 0, 0.
---@param angle number radians, clockwise
function graphics.rotate(angle) source:rotate(angle) end

--- Stretches what is drawn from here on, away from the point 0, 0; negative numbers mirror it.
---@param x number
---@param y number? as x
function graphics.scale(x, y) source:scale(x, y or x) end

-- ---- drawing --------------------------------------------------------------------------------

-- A canvas that is drawn into itself has no picture that could be told.
local function check_source(name, texture)
   if texture == current_target and texture then
      check.fail("graphics.%s: a canvas cannot be drawn into itself; call graphics.target() first", name)
   end
end

--- Fills the whole picture or canvas.
---@param r number
---@param g number
---@param b number
---@param a number? opacity, of a canvas alone; 1
function graphics.clear(r, g, b, a) source:clear(color_of(r, g, b, a, "graphics.clear")) end

--- Draws a texture with its origin at x, y.
---@param texture Texture
---@param x number
---@param y number
---@param angle number? radians, clockwise; 0
---@param scale_x number? 1
---@param scale_y number? as scale_x
---@param origin_x number? pixels of the texture; 0
---@param origin_y number? 0
function graphics.draw(texture, x, y, angle, scale_x, scale_y, origin_x, origin_y)
   check_source("draw", texture)
   scale_x = scale_x or 1
   source:draw(texture, x, y, angle or 0, scale_x, scale_y or scale_x, origin_x or 0, origin_y or 0)
end

--- Draws a part of a texture: one frame of an animation.
---@param texture Texture
---@param left number
---@param top number
---@param width number
---@param height number
---@param x number
---@param y number
---@param angle number?
---@param scale_x number?
---@param scale_y number?
---@param origin_x number?
---@param origin_y number?
function graphics.region(texture, left, top, width, height, x, y, angle, scale_x, scale_y, origin_x, origin_y)
   check_source("region", texture)
   scale_x = scale_x or 1
   source:draw_region(texture, rect_of(left, top, width, height, "graphics.region"), x, y, angle or 0, scale_x, scale_y or scale_x,
      origin_x or 0, origin_y or 0)
end

--- Draws a texture over an area as a frame: its corners keep their size, its sides and its middle are stretched.
---@param texture Texture
---@param insets number|number[] how large the corners are, pixels of the texture: one number, or left, top, right, bottom
---@param x number
---@param y number
---@param width number
---@param height number
function graphics.nine_patch(texture, insets, x, y, width, height)
   check_source("nine_patch", texture)
   local left, top, right, bottom = insets, insets, insets, insets
   if type(insets) == "table" then
      if #insets ~= 4 then
         check.fail("graphics.nine_patch: left, top, right and bottom insets expected, got %d numbers", #insets)
      end
      left, top, right, bottom = insets[1], insets[2], insets[3], insets[4]
   end
   check.number(left, "graphics.nine_patch", "insets")
   check.number(top, "graphics.nine_patch", "insets")
   check.number(right, "graphics.nine_patch", "insets")
   check.number(bottom, "graphics.nine_patch", "insets")
   source:draw_nine_patch(texture, native.Insets(left, top, right, bottom), x, y, width, height)
end

local MODES = { fill = true, line = true }

local function bad_mode(name, mode) check.one_of(mode, MODES, name, "mode") end

--- Draws the particles of a system, x and y pixels from where they are.
---@param particles Particles
---@param x number? 0
---@param y number? 0
function graphics.draw_particles(particles, x, y)
   if type(particles) ~= "userdata" then check.expected(particles, "graphics.draw_particles", "particles", "Particles") end
   particles:draw(source, x or 0, y or 0)
end

--- Draws all sprites of a batch that are visible, x and y pixels from where they are.
---@param sprites SpriteBatch
---@param x number? 0
---@param y number? 0
function graphics.draw_sprites(sprites, x, y)
   if type(sprites) ~= "userdata" then check.expected(sprites, "graphics.draw_sprites", "sprites", "SpriteBatch") end
   sprites:draw(source, x or 0, y or 0)
end

--- Draws a frame of an atlas with its pivot at x, y.
---@param frame Frame
---@param x number
---@param y number
---@param angle number? radians, clockwise; 0
---@param scale_x number? 1
---@param scale_y number? as scale_x
function graphics.frame(frame, x, y, angle, scale_x, scale_y)
   if type(frame) ~= "userdata" then check.expected(frame, "graphics.frame", "frame", "Frame") end
   scale_x = scale_x or 1
   frame:draw(source, x, y, angle or 0, scale_x, scale_y or scale_x)
end

--- A rectangle, filled or as an outline one pixel wide.
---@param mode "fill"|"line"
---@param x number
---@param y number
---@param width number
---@param height number
function graphics.rectangle(mode, x, y, width, height)
   if mode == "fill" then
      source:rectangle_fill(x, y, width, height)
   elseif mode == "line" then
      source:rectangle_line(x, y, width, height, 1)
   else
      bad_mode("graphics.rectangle", mode)
   end
end

--- A circle, filled or as an outline.
---@param mode "fill"|"line"
---@param x number
---@param y number
---@param radius number
---@param thickness number? of the outline; 1
function graphics.circle(mode, x, y, radius, thickness)
   if mode == "fill" then
      source:circle_fill(x, y, radius)
   elseif mode == "line" then
      source:circle_line(x, y, radius, thickness or 1)
   else
      bad_mode("graphics.circle", mode)
   end
end

--- A polygon without dents, filled or as an outline.
---@param mode "fill"|"line"
---@param points number[] x, y of each corner in turn; at most 256 corners
---@param thickness number? of the outline; 1
function graphics.polygon(mode, points, thickness)
   check.table(points, "graphics.polygon", "points")
   if #points < 6 or #points > 512 or #points % 2 == 1 then
      check.fail("graphics.polygon: x and y of 3 to 256 corners expected, got %d numbers", #points)
   end
   if mode == "fill" then
      source:polygon_fill(points)
   elseif mode == "line" then
      source:polygon_line(points, thickness or 1)
   else
      bad_mode("graphics.polygon", mode)
   end
end

--- A straight line.
---@param x1 number
---@param y1 number
---@param x2 number
---@param y2 number
---@param width number? 1
function graphics.line(x1, y1, x2, y2, width) source:line(x1, y1, x2, y2, width or 1) end

--- How wide a text is in the current font, pixels.
---@param text string
---@param scale number? 1
---@return number
function graphics.text_width(text, scale) return source:text_width(current_font, text) * (scale or 1) end

local PRINT_ALIGNS = { left = true, center = true, right = true }

--- What is reckoned with before C looks at it.
local function check_print(x, align, scale)
   check.number(x, "graphics.print", "x")
   check.number(scale, "graphics.print", "scale")
   if not PRINT_ALIGNS[align] then check.one_of(align, PRINT_ALIGNS, "graphics.print", "align") end
end

--- Writes a text in the current font; x is its left edge, its middle or its right edge.
---@param text string|number
---@param x number
---@param y number top of the first line
---@param align "left"|"center"|"right"|nil
---@param scale number? 1
function graphics.print(text, x, y, align, scale)
   scale = scale or 1
   if type(text) == "number" then text = tostring(text) end
   if align then check_print(x, align, scale) end
   if align == "center" then
      x = math.floor(x - source:text_width(current_font, text) * scale / 2 + 0.5)
   elseif align == "right" then
      x = x - source:text_width(current_font, text) * scale
   end
   source:print(current_font, text, x, y, scale)
end

--- Writes a text in the current font between x and x + width, in as many lines as that takes. They end between words;
--- a word that is too long for a line is divided.
---@param text string|number
---@param x number left edge, whatever the alignment
---@param y number top of the first line
---@param width number
---@param align "left"|"center"|"right"|"justify"|nil left
---@param scale number? 1
function graphics.printf(text, x, y, width, align, scale)
   check.from_zero(width, "graphics.printf", "width")
   if type(text) == "number" then text = tostring(text) end
   local how = ALIGNS[align or "left"] or check.one_of(align, ALIGNS, "graphics.printf", "align")
   source:print_wrapped(current_font, text, x, y, width, how, scale or 1)
end

--- How much room a text in the current font takes: width, height and number of lines.
---@param text string
---@param width number? as in graphics.printf; without it, lines end at line breaks only
---@param scale number? 1
---@return number width
---@return number height
---@return integer lines
function graphics.text_size(text, width, scale)
   scale = scale or 1
   if width then check.from_zero(width, "graphics.text_size", "width") end
   check.number(scale, "graphics.text_size", "scale")
   local size = source:text_size(current_font, text, (width or math.huge) / scale)
   return size.width * scale, size.height * scale, size.lines
end

graphics.set_font(graphics.font "fonts/moon.txt")

return graphics
