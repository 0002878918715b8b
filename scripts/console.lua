-- The console over the running game: scripts/host.lua loads it when the grave key is pressed for the first
-- time, and hands it all keys while it is open. The game goes on, without its player's input.
--
-- A tab is a module with `name` and draw(top, bottom), and if it needs them open() and close(), key(key),
-- text(text), wheel(turns), click(x, y), and cancel(), which says whether escape ended something of its own.

local board = require "console.board"
local graphics = require "graphics"
local input = require "input"

local console = {}

local source = native.input

local globals = require "console.globals"

local TABS = {
   require "console.prompt", require "console.log", require "console.patches", require "console.objects", globals,
   require "console.frame",
}
local HEAD = board.line + 4

local current = TABS[1]
local is_open = false
local wrote = false -- whether the game had its player write
local was_down = false -- the mouse button

--- Shows a tab.
---@param name string
function console.show(name)
   if current.close then current.close() end
   for _, tab in ipairs(TABS) do
      if tab.name == name then current = tab end
   end
   if current.open then current.open() end
end

globals.show = console.show

--- Opens or closes it.
---@param open boolean
function console.set_open(open)
   if open == is_open then return end
   is_open = open
   if open then
      wrote = source.text
      if current.open then current.open() end
   elseif current.close then
      current.close()
   end
   source.listening = open
   source.text = open or wrote
end

---@return boolean
function console.is_open() return is_open end

---@param key string
function console.key(key)
   local number = tonumber(key:match "^key:f(%d+)$")
   if number then
      if TABS[number] then console.show(TABS[number].name) end
   elseif key == "key:escape" then
      if not (current.cancel and current.cancel()) then console.set_open(false) end
   elseif current.key then
      current.key(key)
   end
end

---@param text string
function console.text(text)
   if current.text then current.text(text) end
end

-- ---- the mouse ------------------------------------------------------------------------------

--- Calls visit(tab, left, right) for what stands in the head.
local function each_tab(visit)
   local x = 6
   for _, tab in ipairs(TABS) do
      local width = board.text_width(tab.name) + 12
      visit(tab, x, x + width)
      x = x + width + 2
   end
end

local function click(x, y)
   if y < HEAD then
      each_tab(function(tab, left, right)
         if x >= left and x < right then console.show(tab.name) end
      end)
   elseif current.click then
      current.click(x, y)
   end
end

--- One step of the game.
function console.update()
   local _, turns = input.wheel()
   if turns ~= 0 and current.wheel then current.wheel(turns) end
   local down = input.control "mouse:left" > 0
   if down and not was_down then click(input.mouse()) end
   was_down = down
end

-- ---- drawing --------------------------------------------------------------------------------

local function draw_tab(tab, left, right)
   if tab == current then
      board.fill("hover", left, 1, right - left, HEAD - 2)
      board.fill("edge", left, HEAD - 2, right - left, 1)
   end
   board.print(tab.name, left + 6, 2, tab == current and "white" or "dim")
end

function console.draw()
   graphics.reset()
   graphics.layer()
   board.fill("back", 0, 0, board.width, board.height)
   graphics.clip(0, 0, board.width, board.height)
   current.draw(HEAD, board.height)
   graphics.clip()
   board.fill("bar", 0, 0, board.width, HEAD)
   each_tab(draw_tab)
   local hint = ("F1-F%d"):format(#TABS)
   board.print(hint, board.width - 6 - board.text_width(hint), 2, "faint")
   board.fill("edge", 0, board.height, board.width, 1)
   graphics.reset()
end

return console
