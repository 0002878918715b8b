-- What there is, from `native` and the game's modules down: objects with their members, as they are now.
-- A click goes into objects and tables, and takes a plain value to the prompt, to be changed.

local board = require "console.board"
local completion = require "console.completion"
local input = require "input"
local inspector = require "inspector"
local pretty = require "console.pretty"
local prompt = require "console.prompt"

local tab = { name = "globals", show = nil } ---@type { name: string, show: fun(tab: string) }  the console gives it

local path = "" -- "native.world.dome"; "": the top
local first = 0 -- rows above the ones that are seen
local rows = {} ---@type { name: string, path: string, kind: string, text: string, color: string }[]
local top_of_rows = 0

local function is_container(content)
   local kind = type(content)
   return kind == "table" or kind == "userdata"
end

local function row_of(base, name, content)
   local where = base == "" and name or base .. "." .. name
   local kind = type(content)
   if is_container(content) then return { name = name, path = where, kind = "into", text = "", color = "info" } end
   if kind == "function" then return { name = name, path = where, kind = "call", text = "()", color = "faint" } end
   return { name = name, path = where, kind = "set", text = " = " .. pretty.show(content), color = "text" }
end

local RANK = { set = 1, into = 2, call = 3 }

--- What lies on the path: values first, then what can be gone into, then functions.
local function look()
   rows = {}
   local at_top = path == ""
   local content = not at_top and completion.resolve(path) or nil
   for _, name in ipairs(at_top and inspector.globals() or inspector.names(content)) do
      local ok, each = true, nil
      if at_top then each = inspector.look(name) else ok, each = pcall(function() return content[name] end) end
      if ok and each ~= nil and not (at_top and type(each) == "function") and name:find "^[%a_][%w_]*$" then
         rows[#rows + 1] = row_of(path, name, each)
      end
   end
   table.sort(rows, function(a, b)
      if a.kind ~= b.kind then return RANK[a.kind] < RANK[b.kind] end
      return a.name < b.name
   end)
end

--- Goes to a path, such as "native.input"; "" is the top.
---@param where string
function tab.go(where)
   path, first = where, 0
   look()
end

local function leave() tab.go(path:match "^(.*)%.[^.]+$" or "") end

local function choose(row)
   if row.kind == "into" then
      tab.go(row.path)
   else
      local call = row.path:gsub("%.([^.]+)$", ":%1")
      prompt.write(row.kind == "set" and row.path .. row.text or call .. "(")
      tab.show "prompt"
   end
end

---@param x number
---@param y number
function tab.click(x, y)
   local index = math.floor((y - top_of_rows) / board.line)
   if index < 0 then
      leave()
   elseif rows[first + index + 1] and x >= 0 then
      choose(rows[first + index + 1])
   end
end

---@param turns number
function tab.wheel(turns) first = math.max(0, math.min(#rows - 1, first - math.floor(3 * turns))) end

---@param key string
function tab.key(key)
   if key == "key:up" then tab.wheel(1) end
   if key == "key:down" then tab.wheel(-1) end
   if key == "key:backspace" then leave() end
end

---@param top number
---@param bottom number
function tab.draw(top, bottom)
   look()
   first = math.max(0, math.min(first, #rows - 1))
   top_of_rows = top + 4 + board.line
   board.print(path == "" and "globals and modules" or "< " .. path, 6, top + 2, "edge")
   local _, pointer_y = input.mouse()
   local y = top_of_rows
   for index = first + 1, #rows do
      if y > bottom then return end
      local row = rows[index]
      if pointer_y >= y and pointer_y < y + board.line then board.fill("hover", 0, y, board.width, board.line) end
      local x = board.print(row.name, 16, y, row.color)
      board.print(board.cut(row.text:match "^[^\n]*", board.width - x - 6), x, y, "dim")
      y = y + board.line
   end
end

return tab
