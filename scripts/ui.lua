-- Menus and settings: panels, buttons, sliders, lists, text fields, for keyboard, mouse and gamepad. What a page has is
-- said anew in every update, by calls that answer what the player did; draw shows it. See docs/ui.md.
--
--   local menu = ui.new()
--   function title.enter() menu:reset() end
--   function title.update(dt)
--      menu:begin(dt)
--      menu:panel "Moonbase"
--      if menu:button "Play" then scene.switch(play) end
--      settings.volume = menu:slider("Volume", settings.volume)
--      menu:close()
--      menu:finish()
--   end
--   function title.draw() menu:draw() end

local binding = require "ui.binding"
local boxes = require "ui.boxes"
local check = require "library.check"
local controls = require "ui.controls"
local field = require "ui.field"
local focus = require "ui.focus"
local layout = require "ui.layout"
local texts = require "ui.texts"
local themes = require "ui.theme"

local ui = { theme = themes.default }

---@class UiOptions
---@field theme? table                      what differs from ui.theme
---@field sound? fun(name: "focus"|"accept"|"change"|"type"|"refuse")  called when such a thing happens

---@class UiPanelOptions
---@field width? number     pixels; the theme's. In a row or panel it has what room there is
---@field height? number    at least, pixels
---@field padding? number   pixels; the theme's
---@field across? number    from 0, the left edge of the picture, to 1, the right one; 0.5
---@field down? number      from 0, the top, to 1, the bottom; 0.5
---@field x? number         left edge, pixels, in place of `across`
---@field y? number         top, pixels, in place of `down`

---@class UiNode  what is kept of a thing from step to step
---@field x number        of its place in the last step, pixels
---@field y number
---@field width number
---@field height number
---@field level integer   1, or of the modal that it is in
---@field stamp integer   the step in which it was made last
---@field index integer   its place among the page's nodes
---@field focusable boolean
---@field enabled boolean
---@field turns boolean   left and right change its value, in place of moving the focus
---@field glow number     how much it is lit up, from 0 to 1
---@field flash number    until when it looks pressed
---@field view UiNode?    the list that it is in
---@field children? table<any, UiNode>

---@class UiPage
---@field dt number      seconds, of this step
---@field time number    seconds, since the page was made
local Page = {}
Page.__index = Page

for _, part in ipairs { boxes, controls, texts, field, binding } do
   for name, method in pairs(part) do Page[name] = method end
end

local SWEEP = 256 -- steps
local OPTIONS = { theme = "table", sound = "function" }

local function silent() end

--- A page: one menu, one screen. Make it once; what it looks like and where its focus is stay with it.
---@param options UiOptions?
---@return UiPage
function ui.new(options)
   check.options(options, OPTIONS, "ui.new")
   options = options or {}
   local page = setmetatable({
      theme = themes.make(options.theme), sound = options.sound or silent,
      dt = 0, time = 0, stamp = 0, top = 1, count = 0, depth = 0,
      root = {}, nodes = {}, boxes = {}, sheets = {}, outer_sheets = {}, waits = {},
   }, Page)
   page:reset()
   return page
end

--- Forgets where the focus was, and what is pressed: for the moment when the page is shown, and when it is left.
function Page:reset()
   if self.writing then self:stop_writing() end
   self.count, self.top, self.tip, self.next_id, self.last = 0, 1, nil, nil, nil
   for _, list in ipairs(self.sheets) do list:clear() end
   if self.tip_sheet then self.tip_sheet:clear() end
   focus.reset(self)
end

--- Begins a step: what the player did is decided. Once in each update. A step that an error ended in the middle is
--- forgotten.
---@param dt number seconds
function Page:begin(dt)
   check.number(dt, "page:begin", "dt")
   self.dt, self.time = dt, self.time + dt
   focus.decide(self, dt)
   self.stamp, self.count, self.last = self.stamp + 1, 0, nil
   layout.begin(self)
end

--- Ends the step. All that was opened must have been closed.
function Page:finish()
   if self.depth ~= 1 then
      local open = self.depth == 0 and "begin() is missing" or ("a %s was not closed"):format(layout.current(self).kind)
      self.depth = 0
      check.fail("ui: finish(): %s", open)
   end
   self.depth, self.top, self.reveal = 0, self.highest, nil
   self:sweep()
   self:finish_tooltip()
   if self.writing and self.writing.stamp ~= self.stamp then self:stop_writing() end
end

--- Draws the page as the last step left it.
function Page:draw()
   for level = 1, #self.sheets do self.sheets[level]:draw() end
   if self.tip_sheet then self.tip_sheet:draw() end
   native.graphics:set_color(self.theme.white)
end

-- ---- what a thing is known by ---------------------------------------------------------------

--- The next thing is known by `id` in place of its words: for words that change, or that are on the page twice.
---@param id any but nil
function Page:id(id) self.next_id = id end

--- What is kept of a thing from step to step.
---@param words string what it is known by, when nothing else was said
---@return UiNode
function Page:node(words)
   local parent = layout.current(self).node
   local key = self.next_id
   if key == nil then key = words end
   if key == nil then check.fail "ui: a thing has words that it is known by, or page:id(...) before it; got nil" end
   self.next_id = nil
   local children = parent.children
   if not children then
      children = {}
      parent.children = children
   end
   local node = children[key]
   if not node then
      node = { glow = 0, flash = 0 }
      children[key] = node
   elseif node.stamp == self.stamp then
      check.fail("ui: there are two of %q here; call page:id(...) before the second", tostring(key))
   end
   node.stamp, node.level = self.stamp, self.level
   return node
end

local function forget(node, stamp)
   local children = node.children
   if not children then return end
   for key, child in next, children do
      if child.stamp == stamp then forget(child, stamp) else children[key] = nil end
   end
end

--- Now and then, what is on the page no more is forgotten.
function Page:sweep()
   if self.stamp % SWEEP == 0 then forget(self.root, self.stamp) end
end

return ui
