-- Text that fits: cut at the end, or in several lines. What was found is kept with the node, and found anew only when
-- the text or the room for it has changed.

local words = {}

local source = native.graphics
local ELLIPSIS, CHARACTER = "…", "[%z\1-\127\194-\244][\128-\191]*"

local function width_of(font, text) return source:text_width(font, text) end

--- As many characters of a text's beginning as there is room for; one at least.
local function beginning(font, text, width)
   local kept = text:match(CHARACTER) or ""
   for last in text:gmatch("()" .. CHARACTER) do
      local longer = text:sub(1, last - 1)
      if width_of(font, longer) > width then break end
      if #longer > #kept then kept = longer end
   end
   return kept
end

local function cut(font, text, width) return beginning(font, text, width - width_of(font, ELLIPSIS)) .. ELLIPSIS end

--- The text, or as much of its beginning as there is room for. `slot` names it in the node.
---@param node UiNode
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
      while width_of(font, current) > width and current:find(CHARACTER .. CHARACTER) do -- too long for any line
         local head = beginning(font, current, width)
         lines[#lines + 1] = head
         current = current:sub(#head + 1)
      end
   end
   lines[#lines + 1] = current or ""
end

--- The lines of a text that is as wide as there is room for.
---@param node UiNode
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
