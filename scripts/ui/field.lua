-- Text fields. While one is written in, all keys are its own.

local input = require "input"
local parts = require "ui.parts"

---@class UiPage
local field = {}

local LIMIT = 64 -- characters, when nothing else was said
local CHARACTER = "[%z\1-\127\194-\244][\128-\191]*"

local function length_of(text)
   local _, count = text:gsub(CHARACTER, "")
   return count
end

--- Where the character before, or behind, a place begins; places are bytes before the caret.
local function before(text, place)
   while place > 0 do
      place = place - 1
      local byte = text:byte(place + 1)
      if byte < 128 or byte > 191 then return place end
   end
   return 0
end

local function behind(text, place)
   repeat
      place = place + 1
      local byte = text:byte(place + 1)
   until not byte or byte < 128 or byte > 191
   return math.min(place, #text)
end

local function selection(node)
   return math.min(node.caret, node.anchor), math.max(node.caret, node.anchor)
end

--- What is written comes in place of the selection, as far as there is room for it.
local function insert(page, node, text)
   local first, last = selection(node)
   local kept = node.text:sub(1, first) .. node.text:sub(last + 1)
   local room, taken = node.limit - length_of(kept), 0
   for at, character in text:gsub("%c", ""):gmatch("()(" .. CHARACTER .. ")") do
      if room == 0 then break end
      room, taken = room - 1, at + #character - 1
   end
   if taken == 0 and text ~= "" then page.sound "refuse" return end
   text = text:gsub("%c", ""):sub(1, taken)
   node.text = node.text:sub(1, first) .. text .. node.text:sub(last + 1)
   node.caret, node.anchor = first + #text, first + #text
   page.sound "type"
end

local function move(node, place)
   node.caret = place
   if input.control "key:left shift" + input.control "key:right shift" == 0 then node.anchor = place end
end

local function erase(page, node, other)
   if node.caret == node.anchor then node.anchor = other(node.text, node.caret) end
   insert(page, node, "")
end

local function enter(page, node)
   node.entered = true
   page:stop_writing()
   page.sound "accept"
end

local function cancel(page, node)
   node.text = node.original
   page:stop_writing()
end

local function leave(page)
   page:stop_writing()
   page.tabbed = true
end

local keys = {
   ["key:left"] = function(_, node) move(node, before(node.text, node.caret)) end,
   ["key:right"] = function(_, node) move(node, behind(node.text, node.caret)) end,
   ["key:home"] = function(_, node) move(node, 0) end,
   ["key:end"] = function(_, node) move(node, #node.text) end,
   ["key:backspace"] = function(page, node) erase(page, node, before) end,
   ["key:delete"] = function(page, node) erase(page, node, behind) end,
   ["key:return"] = enter, ["key:keypad enter"] = enter, ["key:escape"] = cancel, ["key:tab"] = leave,
}

local ONCE = { [enter] = true, [cancel] = true, [leave] = true } -- do nothing when the key is held

local function copy(_, node)
   local first, last = selection(node)
   if last > first then input.clipboard(node.text:sub(first + 1, last)) end
end

local function cut(page, node)
   copy(page, node)
   if node.caret ~= node.anchor then insert(page, node, "") end
end

local chords = { -- with ctrl
   ["key:a"] = function(_, node) node.anchor, node.caret = 0, #node.text end,
   ["key:c"] = copy, ["key:x"] = cut,
   ["key:v"] = function(page, node) insert(page, node, input.clipboard() or "") end,
}

--- A key while a field is written in. The engine calls it.
---@param key string
---@param is_repeat boolean
function field:key_pressed(key, is_repeat)
   local node = self.writing
   local chord = input.control "key:left ctrl" + input.control "key:right ctrl" > 0
   local act = (chord and chords or keys)[key]
   if not act or not node or is_repeat and ONCE[act] then return end
   node.touched = self.time
   act(self, node)
end

--- What the player writes. The engine calls it.
---@param text string
function field:text_input(text)
   local node = self.writing
   if not node then return end
   node.touched = self.time
   insert(self, node, text)
end

local function start_writing(page, node, text)
   page.writing = node
   node.original, node.text, node.caret, node.anchor, node.scrolled = text, text, #text, #text, 0
   node.touched = page.time
   input.write(page)
end

--- Ends writing; what was written is kept.
function field:stop_writing()
   self.writing = nil
   input.write(nil)
end

local function width_of(page, text) return native.graphics:text_width(page.theme.font, text) end

--- How far the caret and the ends of the selection are from the text's beginning; found anew when they move.
local function measure(page, node)
   if node.measured ~= node.text or node.measured_caret ~= node.caret or node.measured_anchor ~= node.anchor then
      node.measured, node.measured_caret, node.measured_anchor = node.text, node.caret, node.anchor
      node.caret_x = width_of(page, node.text:sub(1, node.caret))
      node.anchor_x = width_of(page, node.text:sub(1, node.anchor))
   end
   return node.caret_x, node.anchor_x
end

local function draw_writing(page, node, x, y, width, height)
   local theme, list = page.theme, page.sheet
   local caret, anchor = measure(page, node)
   node.scrolled = math.max(math.min(node.scrolled, caret), caret - width + 2)
   local left = x - node.scrolled
   list:add("rim", x - 4, y, width + 8, height, theme.colors.caret)
   page.sheet:add("clip", x, y, width, height, theme.white)
   if caret ~= anchor then
      list:add("fill", left + math.min(caret, anchor), y + 3, math.abs(caret - anchor), height - 6, theme.colors.selection)
   end
   list:add("text", left, y + math.floor(height / 2 - theme.middle), 0, 0, theme.colors.bright, node.text,
      theme.font)
   if (page.time - node.touched) % 1 < 0.5 then
      list:add("fill", left + caret, y + 3, 1, height - 6, theme.colors.caret)
   end
   parts.unclip(page)
end

--- The caret goes to where the mouse was pressed.
local function point(page, node, left)
   local wanted, place = page.touch_x - left + node.scrolled, 0
   while place < #node.text do
      local nextone = behind(node.text, place)
      local middle = (width_of(page, node.text:sub(1, place)) + width_of(page, node.text:sub(1, nextone))) / 2
      if middle > wanted then break end
      place = nextone
   end
   node.caret = place
   if page.clicking then node.anchor = place end
   node.touched = page.time
end

local function follow(page, node, text, left)
   local by_keys = parts.clicked(page, node) and not page.by_mouse
   if page.writing == node then
      if by_keys then enter(page, node) end
   elseif by_keys or page.active == node and page.clicking then
      if page.writing then page:stop_writing() end
      start_writing(page, node, text)
   end
   if page.writing == node and page.active == node then point(page, node, left) end
end

--- A line of text that the player writes: after a click, or the button that activates, until enter; escape takes it back.
---@param label string
---@param text string
---@param limit integer? characters; 64
---@return string text as it is now
---@return boolean entered whether it was ended with enter in this step
function field:field(label, text, limit)
   local node, x, y, width = parts.labelled(self, label)
   local height = self.theme.height
   node.limit = limit or LIMIT
   follow(self, node, text, x + 4 - node.x)
   if self.writing == node or node.original then text = node.text end
   if self.writing ~= node then node.original = nil end
   local entered = node.entered == true
   node.entered = nil
   parts.area(self, "well", x, y + 2, width, height - 4)
   if self.writing == node then
      draw_writing(self, node, x + 4, y + 2, width - 8, height - 4)
   else
      parts.text(self, node, "shown", text, x + 4, y, width - 8, height, "left", parts.ink(self, node))
   end
   return text, entered
end

return field
