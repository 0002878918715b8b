-- One property of an object, as it is changed in place: booleans and enums go on to the next value,
-- numbers go up and down, and numbers and texts are written.

local board = require "console.board"
local line = require "console.line"
local pretty = require "console.pretty"

local editor = {}

local writing ---@type { object: userdata, name: string, kind: string, line: Line }?
local problem ---@type string?

-- ---- what is what ---------------------------------------------------------------------------

---@param row InspectedProperty
---@return "enum"|"boolean"|"number"|"string"|nil kind nil: it cannot be changed here
local function kind_of(row)
   if row.problem or not row.writable then return nil end
   if row.choices then return "enum" end
   local kind = type(row.value)
   return (kind == "boolean" or kind == "number" or kind == "string") and kind or nil
end

local HINTS = {
   enum = "left, right: another value", boolean = "enter, left, right: the other value",
   number = "enter: write   left, right: less, more", string = "enter: write",
}

local function hint_of(row)
   local kind = kind_of(row)
   if kind then return HINTS[kind], "dim" end
   if row.problem then return row.problem, "bad" end
   if type(row.value) == "userdata" then return "enter: go there", "dim" end
   return row.writable and "to be changed at the prompt" or "read only", "dim"
end

--- A property's value as one line.
local function show(row)
   if row.choice then return row.choice end
   if type(row.value) == "number" and row.value % 1 ~= 0 then return ("%.7g"):format(row.value) end -- of a float that is all
   return pretty.show(row.value):match "^[^\n]*"
end

-- ---- changing -------------------------------------------------------------------------------

local function set(object, name, content)
   local ok, why = pcall(function() object[name] = content end)
   problem = not ok and tostring(why):match "^[^\n]*" or nil
end

--- One of a list, `step` places further, and round again.
local function next_of(list, current, step)
   for index, each in ipairs(list) do
      if each == current then return list[(index - 1 + step) % #list + 1] end
   end
   return list[1]
end

local STEPS = {
   boolean = function(row) return not row.value end,
   number = function(row, step) return row.value + step * (row.value % 1 == 0 and 1 or 0.1) end,
   enum = function(row, step) return next_of(row.choices, row.choice, step) end,
}

--- Goes to the next value of a property, or with -1 to the one before.
---@param object userdata
---@param row InspectedProperty?
---@param step integer
function editor.step(object, row, step)
   local does = row and STEPS[kind_of(row)]
   if does then set(object, row.name, does(row, step)) end
end

--- What enter does to a property: begins to write numbers and texts, changes others.
---@param object userdata
---@param row InspectedProperty
function editor.enter(object, row)
   local kind = kind_of(row)
   if kind == "number" or kind == "string" then
      writing = { object = object, name = row.name, kind = kind, line = line.new() }
      writing.line:set(kind == "number" and show(row) or row.value)
   else
      editor.step(object, row, 1)
   end
end

local function finish()
   local done, content = writing, writing.line.text ---@type any
   writing = nil
   if done.kind == "number" then
      content = tonumber(content)
      if not content then
         problem = ("%s: a number is expected"):format(done.name)
         return
      end
   end
   set(done.object, done.name, content)
end

--- Gives up what is being written. Returns whether anything was.
---@return boolean
function editor.cancel()
   local was = writing ~= nil
   writing, problem = nil, nil
   return was
end

--- Takes a key while something is written; returns whether that is so.
---@param key string
---@return boolean
function editor.key(key)
   problem = nil
   if not writing then return false end
   if key == "key:return" or key == "key:keypad enter" then finish() else writing.line:key(key) end
   return true
end

---@param text string
function editor.text(text)
   if writing then writing.line:insert(text) end
end

-- ---- showing --------------------------------------------------------------------------------

--- What can be done with a property, or what went wrong.
---@param row InspectedProperty?
---@return string?
---@return string? color
function editor.status(row)
   if problem then return problem, "bad" end
   if writing then return "enter: set it   escape: leave it", "dim" end
   if row then return hint_of(row) end
end

local VALUE = 200 -- where values begin

local function draw_writing(y)
   local written = writing.line
   board.fill("back", VALUE - 3, y, board.width - VALUE - 3, board.line)
   board.print(written.text, VALUE, y, "white")
   board.fill("edge", VALUE + board.text_width(written.text:sub(1, written.cursor)), y, 1, board.line)
end

---@param row InspectedProperty
---@param y number
---@param is_chosen boolean
function editor.draw(row, y, is_chosen)
   local x = board.print(row.name, 16, y, row.writable and "text" or "dim")
   if writing and is_chosen then
      draw_writing(y)
      return
   end
   x = math.max(x + 8, VALUE)
   if row.problem then
      board.print(board.cut(row.problem, board.width - x - 6), x, y, "bad")
      return
   end
   local color = kind_of(row) and "white" or type(row.value) == "userdata" and "info" or "dim"
   board.print(board.cut(show(row), board.width - x - 70), x, y, color)
   if not row.writable then board.print("read only", board.width - 6 - board.text_width "read only", y, "faint") end
end

return editor
