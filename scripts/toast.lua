-- Short messages over the picture: what became of a patch, an error in a script.

local graphics = require "graphics"

local toast = {}

local SECONDS, FADE, HEIGHT, GAP, MARGIN, LIMIT = 4, 0.3, 22, 4, 6, 4
local WIDEST, LONGEST = graphics.width - 60, 400 -- pixels and bytes of a text

local COLOURS = {
   good = { 0.66, 0.91, 0.49 },
   info = { 0.71, 0.96, 0.95 },
   bad = { 1.00, 0.54, 0.44 },
}

local shown = {} ---@type { text: string, colour: number[], age: number, name: string? }[]  the newest last
local font = graphics.font "fonts/moon.txt"

local function width_of(text) return native.graphics:text_width(font, text) end

--- The first line of a text, cut by whole characters to what may be shown; looks no further than that.
local function fit(text)
   text = text:match "^[^\n]*"
   local room = WIDEST - width_of "…"
   local width, kept = 0, 0
   for at, character in text:gmatch "()(.[\128-\191]*)" do
      local last = at + #character - 1
      width = width + (last <= LONGEST and width_of(character) or math.huge)
      if width > WIDEST then return text:sub(1, kept) .. "…" end
      if width <= room then kept = last end
   end
   return text
end

--- Shows a line of text for a few seconds.
---@param text string
---@param kind "good"|"info"|"bad"
function toast.show(text, kind)
   shown[#shown + 1] = { text = fit(text), colour = COLOURS[kind] or COLOURS.info, age = 0 }
   if #shown > LIMIT then table.remove(shown, 1) end
end

--- Shows a line that takes the place of the last one under the same name, as long as that is shown.
---@param name string
---@param text string
---@param kind "good"|"info"|"bad"
function toast.replace(name, text, kind)
   for _, each in ipairs(shown) do
      if each.name == name then
         each.text, each.age = fit(text), math.min(each.age, FADE)
         return
      end
   end
   toast.show(text, kind)
   shown[#shown].name = name
end

--- What is shown now, the newest last.
---@return string[]
function toast.list()
   local texts = {}
   for index, each in ipairs(shown) do texts[index] = each.text end
   return texts
end

---@param dt number seconds
function toast.update(dt)
   for index = #shown, 1, -1 do
      local each = shown[index]
      each.age = each.age + dt
      if each.age > SECONDS then table.remove(shown, index) end
   end
end

local function opacity(age) return math.max(0, math.min(1, age / FADE, (SECONDS - age) / FADE)) end

local function draw_one(each, y)
   local a = opacity(each.age)
   local width = width_of(each.text) + 26
   local x = graphics.width - MARGIN - width
   local r, g, b = each.colour[1], each.colour[2], each.colour[3]
   graphics.color(0.05, 0.055, 0.12, 0.88 * a)
   graphics.rectangle("fill", x, y, width, HEIGHT)
   graphics.color(r, g, b, a)
   graphics.rectangle("fill", x, y, 3, HEIGHT)
   graphics.rectangle("fill", x + 9, y + 9, 5, 5)
   graphics.color(1, 1, 1, a)
   graphics.print(each.text, x + 19, y + 5)
end

--- Draws the toasts in the lower right corner, where they cover least, the newest lowest.
function toast.draw()
   if #shown == 0 then return end
   graphics.reset()
   graphics.set_font(font)
   local y = graphics.height - MARGIN - HEIGHT
   for index = #shown, 1, -1 do
      draw_one(shown[index], y)
      y = y - HEIGHT - GAP
   end
   graphics.color(1, 1, 1)
end

return toast
