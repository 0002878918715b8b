-- The words of a Lua text, as LuaJIT reads them: {kind, value, line, column}. Keywords and signs are
-- kinds of their own; the others are "name", "string", "number" and "end of file".

local lexer = {}

local KEYWORDS = {}
for word in ([[and break do else elseif end false for function goto if in local nil not or repeat return then true
   until while]]):gmatch "%S+" do
   KEYWORDS[word] = true
end

-- Longest first.
local SIGNS = {
   "...", "==", "~=", "<=", ">=", "::", "..", "+", "-", "*", "/", "%", "^", "#", "<", ">", "=", "(", ")", "{", "}", "[",
   "]", ";", ":", ",", ".",
}

local ESCAPES = {
   a = "\a", b = "\b", f = "\f", n = "\n", r = "\r", t = "\t", v = "\v", ["\\"] = "\\", ['"'] = '"', ["'"] = "'",
}

---@class Lexer
---@field text string
---@field at integer        the next byte
---@field line integer      that it is in
---@field line_start integer
---@field comments table    {line, text, alone} of each comment: alone on its line or not
local Lexer = {}
Lexer.__index = Lexer

function lexer.new(text)
   local self = setmetatable({ text = text, at = 1, line = 1, line_start = 1, comments = {} }, Lexer)
   if text:sub(1, 3) == "\239\187\191" then self.at = 4 end
   if text:sub(self.at, self.at) == "#" then self.at = text:find("[\r\n]", self.at) or #text + 1 end
   return self
end

--- Raises {line, column, text}, a syntax error.
function lexer.fail(token, format, ...)
   error({ line = token.line, column = token.column, text = format:format(...) }, 0)
end

local function fail_at(self, at, ...) lexer.fail({ line = self.line, column = at - self.line_start + 1 }, ...) end

--- Takes a line break at `at`, of one or two bytes; returns what is behind it.
local function line_break(self, at)
   local two = self.text:sub(at, at + 1)
   local next_at = at + ((two == "\r\n" or two == "\n\r") and 2 or 1)
   self.line, self.line_start = self.line + 1, next_at
   return next_at
end

-- ---- strings --------------------------------------------------------------------------------

--- The content of [[...]] that starts at `at`, line breaks as \n.
local function long_string(self, at, level, what)
   local from = at
   local content = self.text:match("^%[=*%[()", at)
   local closing = self.text:find("]" .. level .. "]", content, true)
   if not closing then fail_at(self, from, "unfinished long %s", what) end
   local raw, next_break = self.text:sub(content, closing - 1), self.text:find("[\r\n]", content)
   while next_break and next_break < closing do
      next_break = self.text:find("[\r\n]", line_break(self, next_break))
   end
   self.at = closing + #level + 2
   return (raw:gsub("\r\n?", "\n"):gsub("^\n", ""))
end

local function utf8_escape(self, at)
   local digits, behind = self.text:match("^{(%x+)}()", at + 1)
   local code = digits and #digits <= 8 and tonumber(digits, 16)
   if not code or code > 0x10FFFF or (code >= 0xD800 and code < 0xE000) then
      fail_at(self, at - 1, "invalid escape sequence")
   end
   return "", behind -- what it stands for does not matter to anybody here
end

--- The escape behind a backslash, `at`: what it stands for, and what is behind it.
local function escape(self, at)
   local text = self.text
   local letter = text:sub(at, at)
   if ESCAPES[letter] then return ESCAPES[letter], at + 1 end
   if letter == "\n" or letter == "\r" then return "\n", line_break(self, at) end
   if letter == "x" then
      local digits = text:match("^%x%x", at + 1) or fail_at(self, at - 1, "invalid escape sequence")
      return string.char(tonumber(digits, 16)), at + 3
   elseif letter == "u" then
      return utf8_escape(self, at)
   elseif letter == "z" then
      at = at + 1
      while text:find("^%s", at) do at = text:find("^[\r\n]", at) and line_break(self, at) or at + 1 end
      return "", at
   end
   local digits = text:match("^%d%d?%d?", at)
   if not digits or tonumber(digits) > 255 then fail_at(self, at - 1, "invalid escape sequence") end
   return string.char(tonumber(digits)), at + #digits
end

local function short_string(self, from, quote)
   local text, parts, at = self.text, {}, from + 1
   local plain = "^[^\\\r\n" .. quote .. "]+"
   while true do
      local run = text:match(plain, at)
      if run then
         parts[#parts + 1] = run
         at = at + #run
      end
      local letter = text:sub(at, at)
      if letter == quote then break end
      if letter ~= "\\" then fail_at(self, from, "unfinished string") end
      parts[#parts + 1], at = escape(self, at + 1)
   end
   self.at = at + 1
   return table.concat(parts)
end

-- ---- numbers --------------------------------------------------------------------------------

--- Everything that sticks to a number, as the C lexer takes it: "1e+5", "0x1p-3", "10ULL", "3oops".
local function number_text(self)
   local text, at = self.text, self.at
   local exponent = text:find("^0[xX]", at) and "[pP]" or "[eE]"
   local from = at
   while true do
      local letter = text:sub(at, at)
      if letter:find "[%w_.\128-\255]" or (letter:find "[+-]" and text:sub(at - 1, at - 1):find(exponent) and at > from) then
         at = at + 1
      else
         return text:sub(from, at - 1)
      end
   end
end

--- The value of a number; cdata literals (1LL, 2i) are not looked into: nil and true.
local function number_value(text)
   local value = tonumber(text)
   if value then return value, true end
   local whole = text:match "^(.*)[uU][lL][lL]$" or text:match "^(.*)[lL][lL]$"
   if whole then return nil, (whole:find "^%d+$" or whole:find "^0[xX]%x+$" or whole:find "^0[bB][01]+$") ~= nil end
   local imaginary = text:match "^(.*)[iI]$"
   return nil, imaginary ~= nil and tonumber(imaginary) ~= nil
end

-- ---- tokens ---------------------------------------------------------------------------------

local function note_comment(self, line, from, to)
   local before = self.text:sub(self.line_start, from - 1)
   self.comments[#self.comments + 1] = {
      line = line, text = self.text:sub(from, to), alone = line == self.line and not before:find "%S",
   }
end

local function skip_comment(self, from)
   local level = self.text:match("^%[(=*)%[", from + 2)
   local line = self.line
   if level then
      long_string(self, from + 2, level, "comment")
      return self.at
   end
   local stop = self.text:find("[\r\n]", from) or #self.text + 1
   note_comment(self, line, from + 2, stop - 1)
   return stop
end

--- Behind blanks, line breaks and comments.
local function skip(self)
   local text, at = self.text, self.at
   while true do
      at = text:match("^[ \t\v\f]*()", at)
      if text:find("^[\r\n]", at) then
         at = line_break(self, at)
      elseif text:sub(at, at + 1) == "--" then
         at = skip_comment(self, at)
      else
         self.at = at
         return
      end
   end
end

local function sign_at(text, at)
   for _, sign in ipairs(SIGNS) do
      if text:sub(at, at + #sign - 1) == sign then return sign end
   end
end

--- Kind and value of the token that starts at self.at, which moves behind it.
local function read(self)
   local text, at = self.text, self.at
   if at > #text then return "end of file" end
   local name = text:match("^[%a_\128-\255][%w_\128-\255]*", at)
   if name then
      self.at = at + #name
      return KEYWORDS[name] and name or "name", name
   elseif text:find("^%.?%d", at) then
      local digits = number_text(self)
      local value, valid = number_value(digits)
      if not valid then fail_at(self, at, "malformed number '%s'", digits) end
      self.at = at + #digits
      return "number", value
   end
   local letter = text:sub(at, at)
   if letter == '"' or letter == "'" then return "string", short_string(self, at, letter) end
   local level = text:match("^%[(=*)%[", at)
   if level then return "string", long_string(self, at, level, "string") end
   if text:find("^%[=", at) then fail_at(self, at, "invalid long string delimiter") end
   local sign = sign_at(text, at)
   if not sign then fail_at(self, at, "unexpected symbol '%s'", letter:gsub("%c", "?")) end
   self.at = at + #sign
   return sign, sign
end

--- The next token.
function Lexer:next()
   skip(self)
   local token = { line = self.line, column = self.at - self.line_start + 1 }
   token.kind, token.value = read(self)
   token.last_line = self.line
   return token
end

return lexer
