-- What controls are made of: their place, their ground, their words.

local focus = require "ui.focus"
local layout = require "ui.layout"
local themes = require "ui.theme"
local words = require "ui.words"

local parts = {}

local SPEED = 14 -- how fast what gets the focus lights up, 1/s

--- A thing is among those on the page from here on.
---@param page UiPage
---@param node UiNode
---@param focusable boolean whether the player may reach it
function parts.register(page, node, focusable)
   page.count = page.count + 1
   page.nodes[page.count] = node
   node.index, node.focusable, node.enabled = page.count, focusable, not layout.current(page).disabled
   node.view, node.turns = page.view, false
   page.last = node
end

--- The place of a control that the player may reach.
---@param page UiPage
---@param name string what it is known by
---@param height number
---@return UiNode node
---@return number x
---@return number y
---@return number width
function parts.take(page, name, height)
   local node = page:node(name)
   local x, y, width = layout.place(page)
   layout.advance(page, height)
   node.x, node.y, node.width, node.height = x, y, width, height
   parts.register(page, node, true)
   local goal = node.enabled and focus.get(page) == node and 1 or 0
   local step = page.dt * SPEED
   node.glow = node.glow < goal and math.min(goal, node.glow + step) or math.max(goal, node.glow - step)
   return node, x, y, width
end

--- Whether the player activated it in this step.
---@param page UiPage
---@param node UiNode
---@return boolean
function parts.clicked(page, node)
   if page.clicked ~= node then return false end
   page.clicked = nil
   return true
end

--- By how much the player turned it, with left and right, in this step.
---@param page UiPage
---@param node UiNode
---@return integer
function parts.turned(page, node)
   return page.turned ~= 0 and node.enabled and focus.get(page) == node and page.turned or 0
end

--- Whether it looks pressed.
---@param page UiPage
---@param node UiNode
---@return boolean
function parts.is_pressed(page, node)
   return page.active == node and page.hot == node or node.flash > page.time
end

--- A ground of the theme: its frame, or a flat area.
---@param page UiPage
---@param style string
---@param x number
---@param y number
---@param width number
---@param height number
function parts.area(page, style, x, y, width, height)
   local frame = page.theme.frames[style]
   if frame then
      page.sheet:add("frame", x, y, width, height, frame, page.theme.white)
   else
      page.sheet:add("box", x, y, width, height, page.theme.colors[style])
   end
end

local function style_of(page, node)
   if not node.enabled then return "disabled" end
   if parts.is_pressed(page, node) then return "pressed" end
   return node.glow > 0.5 and "focused" or "button"
end

local function flat(page, node, style, x, y, width, height)
   local theme, list = page.theme, page.sheet
   local plain = style == "button" or style == "focused"
   list:add("box", x, y, width, height, plain and themes.at(theme.fill, node.glow) or theme.colors[style])
   if plain then list:add("fill", x + 2, y + height - 2, width - 4, 1, theme.colors.shadow) end
end

--- Draws everywhere again: everywhere in the list that this is in.
---@param page UiPage
function parts.unclip(page)
   local view = page.view
   if view then
      page.sheet:add("clip", view.x + 1, view.y + 1, view.width - 2, view.height - 2, page.theme.white)
   else
      page.sheet:add("unclip", 0, 0, 0, 0, page.theme.white)
   end
end

--- The ground of a button, as it is now.
---@param page UiPage
---@param node UiNode
---@param x number
---@param y number
---@param width number
---@param height number
function parts.ground(page, node, x, y, width, height)
   local style = style_of(page, node)
   if page.theme.frames[style] then
      parts.area(page, style, x, y, width, height)
   else
      flat(page, node, style, x, y, width, height)
   end
   parts.halo(page, node, x, y, width, height)
end

--- The light around what has the focus.
---@param page UiPage
---@param node UiNode
---@param x number
---@param y number
---@param width number
---@param height number
function parts.halo(page, node, x, y, width, height)
   if node.glow > 0 and not page.theme.frames.focused then
      page.sheet:add("rim", x, y, width, height, themes.at(page.theme.glow, node.glow))
   end
end

--- The colour of a control's words.
---@param page UiPage
---@param node UiNode
---@return Color
function parts.ink(page, node)
   if not node.enabled then return page.theme.colors.muted end
   return themes.at(page.theme.words, node.glow)
end

--- One line of text, cut where there is no room for it.
---@param page UiPage
---@param node UiNode
---@param slot string what the text is kept as in the node
---@param text string
---@param x number
---@param y number
---@param width number
---@param height number
---@param align "left"|"center"|"right"
---@param color Color
---@return number left edge of what is written
---@return number width of it
function parts.text(page, node, slot, text, x, y, width, height, align, color)
   local font = page.theme.font
   local shown, taken = words.fit(node, slot, font, text, width)
   if align == "center" then
      x = x + math.floor((width - taken) / 2)
   elseif align == "right" then
      x = x + width - taken
   end
   page.sheet:add("text", x, y + math.floor(height / 2 - page.theme.middle), 0, 0, color, shown, font)
   return x, taken
end

--- A row with words on its left; returns what is there for the control on its right.
---@param page UiPage
---@param label string
---@return UiNode node
---@return number x
---@return number y
---@return number width
function parts.labelled(page, label)
   local theme = page.theme
   local height = theme.height
   local node, x, y, width = parts.take(page, label, height)
   if node.glow > 0 then
      page.sheet:add("box", x, y, width, height, themes.at(theme.row, node.glow))
      parts.halo(page, node, x, y, width, height)
   end
   local room = math.floor(width * theme.label)
   parts.text(page, node, "label", label, x + theme.indent, y, room - theme.indent - 4, height, "left", parts.ink(page, node))
   return node, x + room, y, width - room - theme.indent
end

--- A switch.
---@param page UiPage
---@param node UiNode
---@param part number how far it is on, from 0 to 1
---@param x number
---@param y number
function parts.switch(page, node, part, x, y)
   local theme = page.theme
   local color = node.enabled and themes.at(theme.switch, part) or theme.colors.disabled
   page.sheet:add("box", x, y, 24, 12, color)
   page.sheet:add("rim", x, y, 24, 12, theme.colors.rim)
   page.sheet:add("box", x + 2 + math.floor(12 * part + 0.5), y + 2, 8, 8, node.enabled and theme.colors.knob
      or theme.colors.muted)
end

--- The track of a slider, with its knob.
---@param page UiPage
---@param node UiNode
---@param part number where the knob is, from 0 to 1
---@param x number
---@param y number
---@param length number
function parts.track(page, node, part, x, y, length)
   local theme = page.theme
   local colors, middle = theme.colors, y + math.floor(theme.height / 2)
   local filled = math.floor(length * part + 0.5)
   parts.area(page, "well", x - 2, middle - 3, length + 4, 6)
   page.sheet:add("fill", x, middle - 1, filled, 2, node.enabled and colors.accent or colors.muted)
   local lift = page.active == node and 1 or 0
   page.sheet:add("box", x + filled - 3 - lift, middle - 5 - lift, 7 + 2 * lift, 10 + 2 * lift,
      node.enabled and colors.knob or colors.muted)
end

return parts
