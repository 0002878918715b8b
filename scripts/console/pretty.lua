-- Values as people read them: tables with what is in them, objects with their members. Never fails, and
-- never shows more than fits on a screen or two.

local inspector = require "inspector"

local pretty = {}

local DEEPEST, MOST, LONGEST = 3, 40, 200 -- tables in tables, entries of one, bytes of a string

local function show_string(text)
   local short = #text > LONGEST and text:sub(1, LONGEST) .. "..." or text
   return '"' .. short:gsub('[%c"\\]', function(character)
      if character == "\n" then return "\\n" end
      return character:byte() < 32 and ("\\%d"):format(character:byte()) or "\\" .. character
   end) .. '"'
end

local function show_simple(content)
   if type(content) == "string" then return show_string(content) end
   local ok, text = pcall(tostring, content)
   return ok and text or "(no text: " .. tostring(text):match "^[^\n]*" .. ")"
end

local function show_key(key)
   if type(key) == "string" and key:find "^[%a_][%w_]*$" then return key end
   return "[" .. show_simple(key) .. "]"
end

local show

--- What is in a table, in the order of a list, then of names.
local function entries_of(content)
   local entries, names, hidden = {}, {}, 0
   local count = #content
   for index = 1, math.min(count, MOST) do entries[index] = { nil, rawget(content, index) } end
   for key, each in next, content do
      local listed = type(key) == "number" and key >= 1 and key <= count and key % 1 == 0
      if not listed then names[#names + 1] = { show_key(key), each } end
   end
   table.sort(names, function(a, b) return a[1] < b[1] end)
   hidden = math.max(0, count - MOST)
   for _, entry in ipairs(names) do
      if #entries < MOST then entries[#entries + 1] = entry else hidden = hidden + 1 end
   end
   return entries, hidden
end

local function is_plain(content) return type(content) == "table" and getmetatable(content) ~= false end

local function show_table(content, depth, seen)
   if next(content) == nil then return "{}" end
   if depth > DEEPEST then return "{...}" end
   if seen[content] then return "{a table around this one}" end
   seen[content] = true
   local entries, hidden = entries_of(content)
   local words, long = {}, false
   for index, entry in ipairs(entries) do
      local text = show(entry[2], depth + 1, seen)
      words[index] = entry[1] and entry[1] .. " = " .. text or text
      long = long or words[index]:find("\n", 1, true) ~= nil
   end
   if hidden > 0 then words[#words + 1] = ("... and %d more"):format(hidden) end
   seen[content] = nil
   local flat = "{ " .. table.concat(words, ", ") .. " }"
   if not long and #flat <= 72 then return flat end
   local indent = ("  "):rep(depth)
   return "{\n" .. indent .. table.concat(words, ",\n" .. indent) .. "\n" .. ("  "):rep(depth - 1) .. "}"
end

function show(content, depth, seen)
   if is_plain(content) then return show_table(content, depth, seen) end
   return show_simple(content)
end

--- An object and the members that can be read, one a line.
local function show_object(object)
   local lines = { show_simple(object) }
   for _, name in ipairs(inspector.names(object)) do
      local ok, content = pcall(function() return object[name] end)
      if ok and type(content) ~= "function" then lines[#lines + 1] = ("  %s = %s"):format(name, show_simple(content)) end
   end
   return table.concat(lines, "\n")
end

--- One value, in as many lines as it needs.
---@param content any
---@return string
function pretty.show(content)
   if type(content) == "userdata" then return show_object(content) end
   return show(content, 1, {})
end

return pretty
