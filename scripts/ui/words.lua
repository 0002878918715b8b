-- Text that fits: cut at the end, or in several lines. What was found is kept with the node, and found anew only when
-- the text or the room for it has changed.

local words = {}

local source = native.graphics
local ELLIPSIS = "…"

local function width_of(font, text) return source:text_width(font, text) end

local function cut(font, text, width)
   local room = width - width_of(font, ELLIPSIS)
   local kept = ""
   for last in text:gmatch "()[%z\1-\127\194-\244][\128-\191]*" do
      local shorter = text:sub(1, last - 1)
      if width_of(font, shorter) > room then break end
      kept = shorter
   end
   return kept .. ELLIPSIS
end

--- The text, or as much of its beginning as there is room for. `slot` names it in the node.
---@param node table
---@param slot string
---@param font Font
---@param text string
---@param width number
---@return string shown
---@return number width of what is shown
function words.fit(node, slot, font, text, width)
   local kept = node[slot]
   if not kept then
      kept = {}
      node[slot] = kept
   end
   if kept.text ~= text or kept.room ~= width or kept.font ~= font then
      kept.text, kept.room, kept.font = text, width, font
      kept.shown = width_of(font, text) <= width and text or cut(font, text, width)
      kept.width = width_of(font, kept.shown)
   end
   return kept.shown, kept.width
end

local function wrap_line(font, line, width, lines)
   local current
   for word in line:gmatch "%S+" do
      local longer = current and current .. " " .. word or word
      if current and width_of(font, longer) > width then
         lines[#lines + 1] = current
         current = word
      else
         current = longer
      end
   end
   lines[#lines + 1] = current or ""
end

--- The lines of a text that is as wide as there is room for.
---@param node table
---@param font Font
---@param text string
---@param width number
---@return string[]
function words.wrap(node, font, text, width)
   if node.wrapped ~= text or node.wrap_width ~= width or node.wrap_font ~= font then
      node.wrapped, node.wrap_width, node.wrap_font = text, width, font
      local lines = {}
      for line in (text .. "\n"):gmatch "(.-)\r?\n" do wrap_line(font, line, width, lines) end
      node.lines = lines
   end
   return node.lines
end

return words
