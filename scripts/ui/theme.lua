-- How a UI looks: a table of data, and what is made of it once so that drawing makes nothing new.

local check = require "library.check"
local graphics = require "graphics"

local theme = {}

---@class UiFrame  a picture that is stretched over an area; see graphics.nine_patch
---@field texture string|Texture   path below assets/, or a texture
---@field insets integer           how large its corners are, pixels

--- What a page looks like that is told nothing else. ui.new { theme = ... } replaces single values of it.
---@class UiTheme
theme.default = {
   font = "fonts/moon.txt",             -- paths of bitmap fonts, or what graphics.font returned
   title_font = "fonts/moon-large.txt",
   width = 240,                         -- of a panel
   height = 20,                         -- of a button and all that is as high
   gap = 4,                             -- between two things
   padding = 12,                        -- between a panel's edge and what is in it
   margin = 8,                          -- between the picture's edge and what is in no panel
   indent = 6,                          -- between a control's edge and its words
   label = 0.42,                        -- how much of a row is for the label before a slider, a field, ...
   delay = 0.4, every = 0.09,           -- seconds: from a press to the first repetition, and from that to the next
   tooltip_delay = 0.5,                 -- seconds
   colors = {
      panel = { 0.063, 0.071, 0.157, 0.95 },
      rim = { 0.27, 0.33, 0.56 },
      shadow = { 0, 0, 0, 0.4 },
      shade = { 0.02, 0.025, 0.06, 0.6 }, -- over what is below a modal
      line = { 0.17, 0.2, 0.38 },
      title = { 1, 0.88, 0.54 },
      text = { 0.87, 0.83, 0.77 },
      bright = { 1, 0.98, 0.93 },       -- text of what has the focus
      muted = { 0.5, 0.52, 0.66 },
      button = { 0.13, 0.155, 0.32 },
      focused = { 0.12, 0.3, 0.5 },
      pressed = { 0.08, 0.2, 0.36 },
      disabled = { 0.09, 0.1, 0.2 },
      focus = { 0.25, 0.8, 0.9 },       -- the rim of what has the focus
      well = { 0.03, 0.035, 0.085 },    -- fields, tracks of sliders
      accent = { 0.25, 0.8, 0.9 },      -- how far a slider is
      bar = { 0.11, 0.44, 0.62 },       -- of a progress bar
      knob = { 0.96, 0.94, 0.87 },
      on = { 0.25, 0.69, 0.42 },
      caret = { 1, 0.88, 0.54 },
      selection = { 0.13, 0.36, 0.6 },
      tooltip = { 0.96, 0.94, 0.87 },
      tooltip_text = { 0.05, 0.055, 0.12 },
   },
   frames = {}, ---@type table<string, UiFrame>  in place of flat areas: panel, button, focused, pressed, disabled, well, tooltip
}

local RAMP = 8 -- steps from one colour to another

local function mix(from, to, part)
   local a, b = from[4] or 1, to[4] or 1
   return native.Color(from[1] + (to[1] - from[1]) * part, from[2] + (to[2] - from[2]) * part,
      from[3] + (to[3] - from[3]) * part, a + (b - a) * part)
end

--- Colours from one to another; ramp[0] to ramp[RAMP].
local function ramp(from, to)
   local colors = {}
   for step = 0, RAMP do colors[step] = mix(from, to, step / RAMP) end
   return colors
end

--- The colour of a ramp at `part`, from 0 to 1.
---@param colors table<integer, Color>
---@param part number
---@return Color
function theme.at(colors, part) return colors[math.floor(part * RAMP + 0.5)] end

local function merge(base, over)
   local result = {}
   for key, value in pairs(base) do result[key] = value end
   for key, value in pairs(over or {}) do
      if base[key] == nil then check.fail("ui.new: the theme has no %q", tostring(key)) end
      result[key] = value
   end
   return result
end

local function frame_of(frame)
   local texture = frame.texture
   if type(texture) == "string" then texture = graphics.texture(texture) end
   return { texture = texture, insets = native.Insets(frame.insets, frame.insets, frame.insets, frame.insets) }
end

local function font_of(font) return type(font) == "string" and graphics.font(font) or font end

--- How far the middle of a font's capital letters is below the top of a line.
local function middle_of(font) return font.size > 0 and font.baseline - 0.36 * font.size or font.baseline / 2 end

--- A theme with all that is drawn with made.
---@param changes table? what differs from the default
---@return table
function theme.make(changes)
   changes = changes or {}
   local made = merge(theme.default, changes)
   local colors = merge(theme.default.colors, changes.colors)
   made.colors, made.frames = {}, {}
   for name, color in pairs(colors) do made.colors[name] = mix(color, color, 0) end
   for name, frame in pairs(changes.frames or {}) do made.frames[name] = frame_of(frame) end
   made.fill = ramp(colors.button, colors.focused)
   made.switch = ramp(colors.well, colors.on)
   made.words = ramp(colors.text, colors.bright)
   local clear = { colors.focus[1], colors.focus[2], colors.focus[3], 0 }
   local focused = colors.focused
   made.row = ramp({ focused[1], focused[2], focused[3], 0 }, { focused[1], focused[2], focused[3], 0.5 })
   made.glow = ramp(clear, colors.focus)
   made.white = native.Color(1, 1, 1, 1)
   made.font, made.title_font = font_of(made.font), font_of(made.title_font)
   made.middle = middle_of(made.font)
   return made
end

return theme
