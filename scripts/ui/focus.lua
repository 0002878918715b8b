-- What the player does to a page: where the pointer is, where the focus goes, what is activated. All of it is decided
-- when a step begins, by where things were in the step before; the things then ask what was decided.

local input = require "input"

local focus = {}

--- None of the game's own actions: input.actions() does not list them.
local BINDINGS = {
   { "ui_up", "key:up", "pad:dpup", "pad:lefty-" }, { "ui_down", "key:down", "pad:dpdown", "pad:lefty+" },
   { "ui_left", "key:left", "pad:dpleft", "pad:leftx-" }, { "ui_right", "key:right", "pad:dpright", "pad:leftx+" },
   { "ui_next", "key:tab" }, { "ui_accept", "key:return", "key:keypad enter", "key:space", "pad:a" },
   { "ui_back", "key:escape", "pad:b" }, { "ui_press", "mouse:left" },
}

for _, binding in ipairs(BINDINGS) do
   for index = 2, #binding do assert(native.input:bind(binding[1], binding[index])) end
end

local DIRECTIONS = {
   { action = "ui_up", x = 0, y = -1 }, { action = "ui_down", x = 0, y = 1 },
   { action = "ui_left", x = -1, y = 0 }, { action = "ui_right", x = 1, y = 0 },
}

local SLACK = 3 -- pixels by which a thing may reach over the edge of the one that it lies beside

--- Whether the player may get at a node: it is in the layer on top, and not disabled.
local function is_open(page, node) return node.focusable and node.enabled and node.level == page.top end

local function holds(node, x, y)
   return x >= node.x and x < node.x + node.width and y >= node.y and y < node.y + node.height
end

--- The node under a point; what was made last lies on top.
local function under(page, x, y)
   for index = page.count, 1, -1 do
      local node = page.nodes[index]
      if is_open(page, node) and holds(node, x, y) and (not node.view or holds(node.view, x, y)) then return node end
   end
end

--- The focus goes to a node; it is heard, and lists follow it.
---@param page UiPage
---@param node UiNode?
function focus.give(page, node)
   if not node or node == page.focused[node.level] then return end
   page.focused[node.level] = node
   page.reveal = node
   page.sound "focus"
end

--- What has the focus, in the layer on top.
---@param page UiPage
---@return UiNode?
function focus.get(page) return page.focused[page.top] end

-- ---- the mouse ------------------------------------------------------------------------------

local function move_pointer(page)
   local x, y = input.mouse()
   local moved = page.mouse_x and (x ~= page.mouse_x or y ~= page.mouse_y)
   page.mouse_x, page.mouse_y = x, y
   page.hot = under(page, x, y)
   if moved and page.hot and not page.active and not page.writing then
      focus.give(page, page.hot)
      page.reveal = nil -- a list that moved under the pointer would be hard to use
   end
end

local function press(page)
   if input.pressed "ui_press" then
      page.active = page.hot
      page.clicking = true
      if page.hot then focus.give(page, page.hot) end
      page.reveal = nil
   elseif page.active and not input.down "ui_press" then
      if page.active == page.hot then page.clicked, page.by_mouse = page.hot, true end
      page.active = nil
   end
end

-- ---- keys and gamepads ----------------------------------------------------------------------

--- How far it is from one node to another in a direction, and how far aside that is; nil: it does not lie there.
local function way(from, to, dx, dy)
   local ahead, aside, gap
   if dx == 0 then
      ahead = dy > 0 and to.y - from.y - from.height or from.y - to.y - to.height
      aside = math.abs(to.x + to.width / 2 - from.x - from.width / 2)
      gap = math.max(to.x - from.x - from.width, from.x - to.x - to.width, 0)
   else
      ahead = dx > 0 and to.x - from.x - from.width or from.x - to.x - to.width
      aside = math.abs(to.y + to.height / 2 - from.y - from.height / 2)
      gap = math.max(to.y - from.y - from.height, from.y - to.y - to.height, 0)
   end
   if ahead < -SLACK or dy == 0 and gap > 0 then return nil end
   return ahead, 3 * gap + aside / 64
end

--- The node that is nearest in a direction; or, with `sign` -1, farthest.
local function search(page, from, dx, dy, sign)
   local best, least
   for index = 1, page.count do
      local node = page.nodes[index]
      if node ~= from and is_open(page, node) then
         local ahead, aside = way(from, node, dx, dy)
         local distance = ahead and sign * ahead + aside
         if distance and (not least or distance < least) then best, least = node, distance end
      end
   end
   return best
end

--- The nearest node in a direction; the farthest against it, when there is none and `wraps`.
local function neighbour(page, from, dx, dy, wraps)
   return search(page, from, dx, dy, 1) or wraps and search(page, from, -dx, -dy, -1) or nil
end

--- The next node in the order in which they were made; `step` is -1 or 1.
local function sibling(page, from, step)
   for offset = 1, page.count do
      local node = page.nodes[(from.index - 1 + step * offset) % page.count + 1]
      if is_open(page, node) then return node end
   end
end

local function go(page, direction, wraps)
   local from = focus.get(page)
   if not from then return end
   if from.turns and direction.y == 0 then
      page.turned = page.turned + direction.x
   else
      focus.give(page, neighbour(page, from, direction.x, direction.y, wraps))
   end
end

--- A direction counts once when it is pressed, and again and again while it stays so.
local function steer(page, dt)
   for index, direction in ipairs(DIRECTIONS) do
      local left = page.waits[index]
      if not input.down(direction.action) then
         page.waits[index] = 0
      elseif left == 0 then
         page.waits[index] = page.theme.delay
         go(page, direction, true)
      else
         left = left - dt
         if left <= 0 then
            left = left + page.theme.every
            go(page, direction, false)
         end
         page.waits[index] = left
      end
   end
end

local function press_keys(page)
   local from = focus.get(page)
   if not from then return end
   if input.pressed "ui_next" or page.tabbed then
      local back = input.control "key:left shift" + input.control "key:right shift" > 0
      focus.give(page, sibling(page, from, back and -1 or 1))
   elseif input.pressed "ui_accept" then
      page.clicked, page.by_mouse = from, false
      from.flash = page.time + 0.1
   end
end

-- ---- a step ---------------------------------------------------------------------------------

--- When what had the focus has gone or was disabled, the nearest in the order gets it.
local function mend(page)
   local old = focus.get(page)
   if old and old.stamp == page.stamp and is_open(page, old) then return end
   local best, least
   for index = 1, page.count do
      local node = page.nodes[index]
      if is_open(page, node) then
         local distance = old and math.abs(node.index - old.index) or index
         if not least or distance < least then best, least = node, distance end
      end
   end
   page.focused[page.top] = best
   page.reveal = best
end

--- Decides what the player did since the last step.
---@param page UiPage
---@param dt number
function focus.decide(page, dt)
   page.clicked, page.turned, page.clicking, page.hot, page.wheel, page.backed = nil, 0, false, nil, 0, false
   for level = #page.focused, page.top + 1, -1 do page.focused[level] = nil end
   mend(page)
   if page.active and page.active.stamp ~= page.stamp then page.active = nil end
   if input.is_listening() then return end
   move_pointer(page)
   press(page)
   steer(page, dt)
   press_keys(page)
   page.tabbed = false
   if page.writing and (page.writing ~= focus.get(page) or page.clicking and page.writing ~= page.hot) then
      page:stop_writing()
   end
   local touched = page.clicked or page.active
   if touched then page.touch_x, page.touch_width = page.mouse_x - touched.x, touched.width end
   page.wheel = select(2, input.wheel())
   page.backed = input.pressed "ui_back"
end

--- Starts as if nothing had been pressed: what is down counts only when it is pressed again.
---@param page UiPage
function focus.reset(page)
   for index = 1, #DIRECTIONS do page.waits[index] = math.huge end
   page.focused = {}
   page.hot, page.active, page.clicked, page.reveal, page.mouse_x = nil, nil, nil, nil, nil
   page.turned, page.wheel, page.backed, page.clicking = 0, 0, false, false
end

return focus
