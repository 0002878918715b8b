-- What holds other things: panels, modals, rows, columns, lists. Each ends with close().

local check = require "library.check"
local layout = require "ui.layout"
local lists = require "ui.lists"

---@class UiPage
local boxes = {}

local PANEL = {
   width = "number", height = "number", padding = "number", across = "number", down = "number", x = "number", y = "number",
}

local checked = setmetatable({}, { __mode = "k" }) -- tables of options that were found right

local function check_options(options, called)
   if options == nil or checked[options] then return end
   check.options(options, PANEL, called)
   checked[options] = true
end

--- A panel. On the page itself it lies in the middle, or where its options say; in a row or another panel it takes its
--- place there.
---@param title string? its heading, and what it is known by
---@param options UiPanelOptions? a table that is made once
function boxes:panel(title, options)
   check_options(options, "page:panel")
   layout.open_panel(self, self:node(title or "panel"), title, options)
end

--- A panel above all that was there: as long as it is made, the player gets at nothing else.
---@param title string?
---@param options UiPanelOptions?
function boxes:modal(title, options)
   check_options(options, "page:modal")
   layout.open_modal(self, self:node(title or "modal"), title, options)
end

--- Things side by side: as many cells of the same width, or a list with the width of each: pixels, or up to 1 a share
--- of what is left.
---@param cells integer|number[]
function boxes:row(cells)
   if type(cells) ~= "number" then check.table(cells, "page:row", "cells") end
   layout.open_row(self, cells)
end

--- Things below each other, in one cell of a row.
function boxes:column() layout.open_column(self) end

--- A part of the page, of its own height, whose content scrolls: by the wheel, and with the focus.
---@param name string what it is known by
---@param height number pixels
function boxes:list(name, height)
   check.number(height, "page:list", "height")
   if self.view then check.fail("ui: the list %q is in another list", name) end
   lists.open(self, self:node(name), height)
end

--- Ends the panel, modal, row, column or list that was begun last.
function boxes:close() layout.close(self) end

--- Whether what follows, in the same panel, row, column or list, is out of the player's reach.
---@param is_disabled boolean
function boxes:disabled(is_disabled) layout.current(self).disabled = is_disabled end

--- Leaves room.
---@param height number? pixels; half a button
function boxes:space(height)
   layout.place(self)
   layout.advance(self, height or math.floor(self.theme.height / 2))
end

--- Whether the player wants to go back: out of the modal in which this is asked, or out of the page.
---@return boolean
function boxes:back() return self.backed and self.level == self.top end

return boxes
