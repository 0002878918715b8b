-- The names of the functions in a text: what LuaJIT does not keep, and what tells which function of
-- an edited file was which before.

local outline = {}

local OPENS = { ["do"] = true, ["if"] = true, ["repeat"] = true, ["function"] = true }
local CLOSES = { ["end"] = true, ["until"] = true }
local NAME = "[%a_\128-\255][%w_\128-\255]*"
local LONGEST_LABEL = 12 -- tokens

-- ---- tokens ---------------------------------------------------------------------------------

--- Behind the text in long brackets at `at`; nil if there are none.
local function skip_long(text, at)
   local equals = text:match("^%[(=*)%[", at)
   if not equals then return nil end
   local _, last = text:find("]" .. equals .. "]", at, true)
   return (last or #text) + 1
end

--- Behind the quoted text at `at`.
local function skip_quoted(text, at)
   local quote = text:sub(at, at)
   while true do
      at = text:find("[\\" .. quote .. "]", at + 1)
      if not at then return #text + 1 end
      if text:sub(at, at) == quote then return at + 1 end
      at = at + 1 -- what is escaped
   end
end

local function skip_blank(text, at)
   while true do
      local start = at
      at = text:find("[^%s]", at) or #text + 1
      if text:sub(at, at + 1) == "--" then at = skip_long(text, at + 2) or text:find("\n", at, true) or #text + 1 end
      if at == start then return at end
   end
end

local function token_end(text, at)
   local _, last = text:find("^" .. NAME, at)
   if last then return last + 1 end
   local first = text:sub(at, at)
   if first == '"' or first == "'" then return skip_quoted(text, at) end
   _, last = text:find("^%d[%w.]*", at)
   if last then return last + 1 end
   return skip_long(text, at) or at + 1
end

local function tokens_of(text)
   local tokens, at = {}, 1
   if text:sub(1, 1) == "#" then at = text:find("\n", 1, true) or #text + 1 end
   at = skip_blank(text, at)
   while at <= #text do
      local after = token_end(text, at)
      tokens[#tokens + 1] = text:sub(at, after - 1)
      at = skip_blank(text, after)
   end
   return tokens
end

-- ---- labels ---------------------------------------------------------------------------------

local function is_path(token) return token:find "^[%a_\128-\255%.:]" ~= nil and not OPENS[token] and token ~= "local" end

--- The path such as "M.list" or "event.on" that ends with token `last`.
local function path_before(tokens, last)
   local first = last
   local wants_name = true
   while first >= 1 and last - first < LONGEST_LABEL and is_path(tokens[first]) do
      local is_name = not tokens[first]:find "^[.:]"
      if is_name ~= wants_name then break end
      first, wants_name = first - 1, not wants_name
   end
   return table.concat(tokens, "", first + 1, last)
end

--- What stands before an unnamed function that is an argument: "event.on("died"".
local function call_around(tokens, at)
   local depth = 0
   for index = at, 1, -1 do
      local token = tokens[index]
      if token == ")" or token == "}" then depth = depth + 1 end
      if token == "(" or token == "{" then
         if depth == 0 then
            local first = tokens[index + 1]
            return path_before(tokens, index - 1) .. token .. (first:find "^[\"']" and first or "")
         end
         depth = depth - 1
      end
   end
   return "function"
end

local function label_of(tokens, at)
   if tokens[at + 1] ~= "(" then
      local last = at + 1
      while tokens[last + 1] and tokens[last + 1] ~= "(" do last = last + 1 end
      return (table.concat(tokens, "", at + 1, last):gsub(":", "."))
   end
   local before = tokens[at - 1]
   if before == "=" then
      local path = path_before(tokens, at - 2)
      if path ~= "" then return path end
   end
   if before == "(" or before == "," or before == "=" then return call_around(tokens, at - 1) end
   return before or "function"
end

--- The functions of a text in the order in which they begin: a list of {label, text}. The text is
--- that of the tokens: comments and line breaks make no difference.
function outline.functions(text)
   local tokens, functions, open = tokens_of(text), {}, {}
   for index, token in ipairs(tokens) do
      if OPENS[token] then
         local started = false
         if token == "function" then
            started = { label = label_of(tokens, index), start = index }
            functions[#functions + 1] = started
         end
         open[#open + 1] = started
      elseif CLOSES[token] then
         local ended = table.remove(open)
         if ended then ended.text = table.concat(tokens, " ", ended.start, index) end
      end
   end
   return functions
end

return outline
