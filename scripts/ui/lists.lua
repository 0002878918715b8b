-- Lists that scroll: a column of which a part can be seen. The wheel moves it, and it follows the focus.

local layout = require "ui.layout"
local parts = require "ui.parts"

local lists = {}

local BAR, SPEED = 4, 18 -- width of a scroll bar, pixels; how fast a list moves, 1/s

--- Whether the pointer is where the list was in the last step.
local function is_over(page, node)
   local x, y = page.mouse_x, page.mouse_y
   return x and node.x and node.level == page.top and x >= node.x and x < node.x + node.width and y >= node.y
      and y < node.y + node.height
end

--- As much of a column as `height` has room for.
---@param page UiPage
---@param node UiNode
---@param height number pixels
function lists.open(page, node, height)
   local theme = page.theme
   local x, y, width = layout.place(page)
   node.scroll, node.wanted = node.scroll or 0, node.wanted or 0
   if is_over(page, node) then node.wanted = node.wanted - page.wheel * (theme.height + theme.gap) end
   local rest = node.wanted - node.scroll
   node.scroll = math.abs(rest) < 1 and node.wanted or node.scroll + rest * math.min(1, page.dt * SPEED)
   node.x, node.y, node.width, node.height = x, y, width, height
   parts.register(page, node, false)
   parts.area(page, "well", x, y, width, height)
   local box = layout.push(page, "list", node, x + 3, math.floor(y + 3 - node.scroll + 0.5), width - 6 - BAR - 2)
   box.view_height = height - 2
   page.view = node
   page.sheet:add("clip", x + 1, y + 1, width - 2, height - 2, theme.white)
   box.inner = 0
end

local function scroll_bar(page, node, room, length, farthest)
   local theme = page.theme
   local height = math.max(8, math.floor(room * room / length))
   local y = node.y + 2 + math.floor((room - 2 - height) * node.scroll / farthest + 0.5)
   page.sheet:add("fill", node.x + node.width - BAR - 2, y, BAR, height, theme.colors.rim)
end

--- So that what has the focus can be seen.
local function follow(page, box, node)
   local target = page.reveal
   if not target or target.view ~= node or target.stamp ~= page.stamp then return end
   page.reveal = nil
   local top = target.y - box.top
   node.wanted = math.min(math.max(node.wanted, top + target.height + 4 - box.view_height), top)
end

local function close(page, box)
   local node = box.node
   local length = box.inner + 4
   local farthest = math.max(0, length - box.view_height)
   follow(page, box, node)
   node.wanted = math.floor(math.max(0, math.min(node.wanted, farthest)) + 0.5)
   page.view = nil
   parts.unclip(page)
   if farthest > 0 then scroll_bar(page, node, box.view_height, length, farthest) end
   page.depth = page.depth - 1
   layout.advance(page, node.height)
end

layout.closers.list = close

return lists
