-- The annotations of a Lua file: blocks of comment lines and the function below each.

local annotations = {}

---@class Block
---@field tags table[]      {tag, text, line}
---@field owner? string     "timer.after", if a function follows
---@field parameters? string[]
---@field is_local? boolean
---@field line integer      of what follows

local PATTERNS = {
   { "^%s*local%s+function%s+([%w_]+)%s*%(([^)]*)%)", true },
   { "^%s*function%s+([%w_.:]+)%s*%(([^)]*)%)", false },
   { '^%s*([%w_.]+%b[])%s*=%s*function%s*%(([^)]*)%)', false },
}

local function function_in(line)
   for _, each in ipairs(PATTERNS) do
      local name, parameters = line:match(each[1])
      if name then return name, parameters, each[2] end
   end
end

local function words(text)
   local list = {}
   for word in text:gmatch("[%w_.]+") do list[#list + 1] = word end
   return list
end

--- What stands behind "---@tag" in a line; also at the end of a line of code.
local function tag_in(line)
   local tag, text = line:match("%-%-%-@(%a+)%s*(.*)$")
   if not tag then
      text = line:match("^%s*%-%-%-|%s*(.*)$")
      tag = text and "alternative"
   end
   return tag, text
end

--- The blocks of a file's text, in their order. Functions without a comment have an empty one.
function annotations.blocks(text)
   local blocks, tags, number = {}, {}, 0
   for line in (text .. "\n"):gmatch("([^\n]*)\n") do
      number = number + 1
      local is_comment = line:find("^%s*%-%-%-")
      local tag, rest = tag_in(line)
      if tag then tags[#tags + 1] = { tag = tag, text = rest, line = number } end
      if not is_comment then
         local name, parameters, is_local = function_in(line)
         if #tags > 0 or name then
            blocks[#blocks + 1] = {
               tags = tags, owner = name, parameters = parameters and words(parameters), is_local = is_local,
               line = number,
            }
         end
         tags = {}
      end
   end
   return blocks
end

return annotations
