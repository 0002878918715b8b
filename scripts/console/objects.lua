-- The objects there are, by class, and their properties, which can be changed where they stand.

local board = require "console.board"
local editor = require "console.editor"
local inspector = require "inspector"
local menu = require "console.menu"

local tab = { name = "objects" }

local PAGE = 256 -- objects that inspector.live_objects() tells of at once

local class ---@type string?     whose objects are seen; nil: all classes are
local object ---@type userdata?  whose properties are seen
local first = 1 -- of the objects of the class that are seen
local lists = { classes = menu.new(), objects = menu.new(), properties = menu.new() }
local rows = {}
local list = lists.classes

-- ---- what there is --------------------------------------------------------------------------

local function look_at_classes()
   for name, count in pairs(inspector.live_counts()) do rows[#rows + 1] = { name = name, count = count } end
   table.sort(rows, function(a, b) return a.name < b.name end)
end

local function look_at_objects()
   for _, each in ipairs(inspector.live_objects(class, first)) do rows[#rows + 1] = { object = each } end
end

local function look()
   rows = {}
   if object then
      list, rows = lists.properties, inspector.properties(object)
   elseif class then
      list = lists.objects
      look_at_objects()
   else
      list = lists.classes
      look_at_classes()
   end
end

-- ---- going about ----------------------------------------------------------------------------

--- Shows the properties of an object, the objects of a class, or without either all classes.
---@param name string?
---@param of userdata?
function tab.go(name, of)
   editor.cancel()
   class, object = name, of
   if not of then lists.properties = menu.new() end
   if not name then
      lists.objects, first = menu.new(), 1
   end
   look()
end

local function leave()
   if object then tab.go(class) else tab.go() end
end

local function is_object(content) return type(content) == "userdata" and pcall(inspector.properties, content) end

local function enter(row)
   if not row then return end
   if row.count then
      tab.go(row.name)
   elseif row.object then
      tab.go(class, row.object)
   elseif is_object(row.value) then
      tab.go(class, row.value)
   else
      editor.enter(object, row)
   end
end

local function turn_page(step)
   local count = class and inspector.live_counts()[class] or 0
   if first + step * PAGE < 1 or first + step * PAGE > count then return end
   first = first + step * PAGE
   lists.objects = menu.new()
end

local function sideways(step)
   if object then
      editor.step(object, rows[list.chosen], step)
   elseif class then
      turn_page(step)
   end
end

local KEYS = {
   ["key:return"] = function() enter(rows[list.chosen]) end,
   ["key:backspace"] = leave,
   ["key:left"] = function() sideways(-1) end,
   ["key:right"] = function() sideways(1) end,
}

---@param key string
function tab.key(key)
   if editor.key(key) then return end
   local does = KEYS[key]
   if does then does() else list:key(key) end
end

---@param text string
function tab.text(text) editor.text(text) end

--- Gives up what is being written. Returns whether anything was.
---@return boolean
function tab.cancel() return editor.cancel() end

function tab.close() editor.cancel() end

---@param turns number
function tab.wheel(turns) list:wheel(turns) end

---@param x number
---@param y number
function tab.click(x, y)
   local index = list:row_at(y)
   editor.cancel()
   if index and x >= 0 then
      list:choose(index)
      enter(rows[index])
   elseif y < list.top then
      leave()
   end
end

-- ---- drawing --------------------------------------------------------------------------------

local function title()
   if object then return "< " .. tostring(object) end
   if not class then return "classes of objects that are alive" end
   local count = inspector.live_counts()[class] or 0
   if count <= PAGE then return ("< %s: %d"):format(class, count) end
   return ("< %s: %d to %d of %d; left, right: others"):format(class, first, first + #rows - 1, count)
end

local function draw_row(row, y, is_chosen)
   if row.count then
      local x = board.print(row.name, 16, y, "info")
      board.print(("%d"):format(row.count), math.max(x + 8, 200), y, "dim")
   elseif row.object then
      board.print(tostring(row.object), 16, y, "info")
   else
      editor.draw(row, y, is_chosen)
   end
end

---@param top number
---@param bottom number
function tab.draw(top, bottom)
   look()
   board.print(title(), 6, top + 2, "edge")
   local status, color = editor.status(object and rows[list.chosen])
   if status then
      bottom = bottom - board.line - 2
      board.fill("bar", 0, bottom, board.width, board.line + 2)
      board.print(board.cut(status, board.width - 12), 6, bottom + 1, color)
   end
   list:draw(rows, top + 2 + board.line, bottom, draw_row)
end

return tab
