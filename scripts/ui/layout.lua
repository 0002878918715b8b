-- Where things go: in columns and rows, from the top downwards. Widths come from outside, heights from inside; what
-- depends on a height that was not known yet, such as the middle of the picture, is moved there when it is.

local check = require "library.check"
local graphics = require "graphics"
local sheet = require "ui.sheet"
local words = require "ui.words"

local layout = {}

---@class UiBox  a column or row that is being filled
---@field node UiNode            what it is known by
---@field kind "column"|"row"|"panel"|"modal"|"list"
---@field left number
---@field top number
---@field width number
---@field y number               where the next thing of a column goes
---@field cells number           of a row: how many things it has
---@field height number          of a row: of its highest thing
---@field first integer          where its part of the sheet begins
---@field first_node integer     where its part of the nodes begins

local function box_at(page, depth)
   local box = page.boxes[depth]
   if not box then
      box = { starts = {}, node_starts = {}, heights = {} }
      page.boxes[depth] = box
   end
   return box
end

--- The box that is being filled.
---@param page UiPage
---@return UiBox
function layout.current(page)
   return page.boxes[page.depth] or check.fail "ui: page:begin(dt) is missing; what a page has lies between it and page:finish()"
end

--- Begins a box. What is in it is known by its words and `node`.
---@param page UiPage
---@param kind string
---@param node UiNode
---@param left number
---@param top number
---@param width number
---@return UiBox
function layout.push(page, kind, node, left, top, width)
   page.depth = page.depth + 1
   local box = box_at(page, page.depth)
   box.kind, box.node, box.left, box.top, box.width, box.y = kind, node, left, top, width, top
   box.cells, box.height, box.sizes, box.options, box.inner = 0, 0, nil, nil, 0
   box.first, box.first_node = page.sheet.count, page.count + 1
   box.disabled = page.depth > 1 and page.boxes[page.depth - 1].disabled
   return box
end

--- A row's next cell: its left edge and its width.
local function cell(page, box)
   local gap, sizes = page.theme.gap, box.sizes
   local index = box.cells + 1
   if type(sizes) == "number" then
      local each = (box.width - gap * (sizes - 1)) / sizes
      local left = math.floor((index - 1) * (each + gap) + 0.5)
      return box.left + left, math.floor(index * (each + gap) - gap + 0.5) - left
   end
   local fixed, shares = 0, 0
   for _, size in ipairs(sizes) do
      if size > 1 then fixed = fixed + size else shares = shares + size end
   end
   local room = box.width - fixed - gap * (#sizes - 1)
   local left = box.left
   for place = 1, index do
      local size = sizes[place]
      local width = size > 1 and size or math.floor(room * size / shares)
      if place == index then return left, width end
      left = left + width + gap
   end
end

--- Where the next thing goes; layout.advance then says how high it was.
---@param page UiPage
---@return number x
---@return number y
---@return number width
function layout.place(page)
   local box = layout.current(page)
   if box.kind ~= "row" then return box.left, box.y, box.width end
   local most = type(box.sizes) == "number" and box.sizes or #box.sizes
   if box.cells == most then
      check.fail("ui: a row of %d cells has more than that in it; is a close() missing?", most)
   end
   local x, width = cell(page, box)
   box.cells = box.cells + 1
   box.starts[box.cells], box.node_starts[box.cells] = page.sheet.count, page.count + 1
   return x, box.top, width
end

--- Goes on behind what was placed.
---@param page UiPage
---@param height number of what was placed
function layout.advance(page, height)
   local box = layout.current(page)
   if box.kind == "row" then
      box.heights[box.cells] = height
      box.height = math.max(box.height, height)
   else
      box.y = box.y + height + page.theme.gap
      box.inner = box.y - page.theme.gap - box.top
   end
end

--- Moves what was made in between: drawn things and nodes.
local function shift(page, first, last, first_node, last_node, dx, dy)
   if dx == 0 and dy == 0 then return end
   page.sheet:shift(first, last, dx, dy)
   for index = first_node, last_node do
      local node = page.nodes[index]
      if node.level == page.level then node.x, node.y = node.x + dx, node.y + dy end
   end
end

-- ---- rows and columns -----------------------------------------------------------------------

--- Things side by side.
---@param page UiPage
---@param sizes integer|number[]
function layout.open_row(page, sizes)
   local node = layout.current(page).node
   local x, y, width = layout.place(page)
   layout.push(page, "row", node, x, y, width).sizes = sizes
end

--- Things below each other.
---@param page UiPage
function layout.open_column(page)
   local node = layout.current(page).node
   local x, y, width = layout.place(page)
   layout.push(page, "column", node, x, y, width)
end

local function close_column(page, box)
   page.depth = page.depth - 1
   layout.advance(page, box.inner)
end

--- Things that are lower than the row go to its middle.
local function close_row(page, box)
   for index = 1, box.cells do
      local last = index == box.cells
      shift(page, box.starts[index], last and page.sheet.count or box.starts[index + 1], box.node_starts[index],
         last and page.count or box.node_starts[index + 1] - 1, 0, math.floor((box.height - box.heights[index]) / 2))
   end
   page.depth = page.depth - 1
   layout.advance(page, box.height)
end

-- ---- panels ---------------------------------------------------------------------------------

local NONE = {}

local function draw_panel(page, box, x, y, width)
   local theme, list = page.theme, page.sheet
   local frame = theme.frames.panel
   if frame then
      box.ground, box.shadow = list:add("frame", x, y, width, 0, frame, theme.white), nil
   else
      box.shadow = list:add("box", x + 3, y + 4, width, 0, theme.colors.shadow)
      box.ground = list:add("box", x, y, width, 0, theme.colors.panel)
      box.edge = list:add("rim", x, y, width, 0, theme.colors.rim)
   end
end

local function draw_title(page, box, title, x, y, width)
   local theme = page.theme
   local font = theme.title_font
   local shown, taken = words.fit(box.node, "title", font, title, width)
   page.sheet:add("text", x + math.floor((width - taken) / 2), y, 0, 0, theme.colors.title, shown, font)
   local below = y + font.height + 3
   page.sheet:add("fill", x, below, width, 1, theme.colors.line)
   return font.height + 4 + theme.padding - 4
end

local function open_panel(page, kind, node, title, options, in_flow)
   local theme, pad = page.theme, options.padding or page.theme.padding
   local x, y, width = 0, 0, options.width or theme.width
   if in_flow then x, y, width = layout.place(page) end
   local box = layout.push(page, kind, node, x + pad, y + pad, width - 2 * pad)
   box.options, box.in_flow, box.pad = options, in_flow, pad
   draw_panel(page, box, x, y, width)
   if title then box.y = box.y + draw_title(page, box, title, x + pad, y + pad, width - 2 * pad) end
   box.inner = box.y - box.top
end

--- A panel: among what is around it, or on the page itself where its options say.
---@param page UiPage
---@param node UiNode
---@param title string?
---@param options UiPanelOptions?
function layout.open_panel(page, node, title, options)
   open_panel(page, "panel", node, title, options or NONE, page.depth > 1)
end

local function finish_panel(page, box)
   local height = math.max(box.inner + 2 * box.pad, box.options.height or 0)
   local list = page.sheet
   list:set_height(box.ground, height)
   if box.shadow then
      list:set_height(box.shadow, height)
      list:set_height(box.edge, height)
   end
   page.depth = page.depth - 1
   return height
end

--- Where a panel's edge is: from 0, at the beginning of the room, to 1.
local function settle(page, box, height)
   local options, width = box.options, box.width + 2 * box.pad
   local x = options.x or math.floor((graphics.width - width) * (options.across or 0.5))
   local y = options.y or math.floor((graphics.height - height) * (options.down or 0.5))
   shift(page, box.first, page.sheet.count, box.first_node, page.count, x, y)
end

local function close_panel(page, box)
   local height = finish_panel(page, box)
   if box.in_flow then
      layout.advance(page, height)
   else
      settle(page, box, height)
   end
end

-- ---- modals ---------------------------------------------------------------------------------

local function sheet_at(page, level)
   local list = page.sheets[level]
   if not list then
      list = sheet.new()
      page.sheets[level] = list
   end
   return list
end

--- A panel above all that was there: it darkens that, and keeps the player from it.
---@param page UiPage
---@param node UiNode
---@param title string?
---@param options UiPanelOptions?
function layout.open_modal(page, node, title, options)
   page.level = page.level + 1
   page.highest = math.max(page.highest, page.level)
   page.outer_sheets[page.level] = page.sheet
   page.sheet = sheet_at(page, page.level)
   page.sheet:add("fill", 0, 0, graphics.width, graphics.height, page.theme.colors.shade)
   local view = page.view
   page.view = nil
   open_panel(page, "modal", node, title, options or NONE, false)
   local box = layout.current(page)
   box.disabled, box.outer_view = false, view
end

local function close_modal(page, box)
   settle(page, box, finish_panel(page, box))
   page.sheet = page.outer_sheets[page.level]
   page.level, page.view = page.level - 1, box.outer_view
end

-- ---- beginning and end -----------------------------------------------------------------------

layout.closers = { column = close_column, row = close_row, panel = close_panel, modal = close_modal } -- and list

--- Ends the box that was begun last.
---@param page UiPage
function layout.close(page)
   local box = layout.current(page)
   if page.depth == 1 then check.fail "ui: close() without anything open" end
   layout.closers[box.kind](page, box)
end

--- Begins the page.
---@param page UiPage
function layout.begin(page)
   local margin = page.theme.margin
   page.depth, page.level, page.highest, page.sheet, page.view = 0, 1, 1, sheet_at(page, 1), nil
   for _, list in ipairs(page.sheets) do list:clear() end
   layout.push(page, "column", page.root, margin, margin, graphics.width - 2 * margin).disabled = false
end

return layout
