-- The type expressions of the Lua language server's annotations, parsed: fun(a: T): R, T?, T[],
-- { x: number }, table<K, V>, "text"|Name. Good for finding what is not one, and which names it uses.

local type_parser = {}

---@class Reader
---@field text string
---@field at integer
---@field names string[]  the names of types that were met
local Reader = {}
Reader.__index = Reader

function Reader:skip() self.at = self.text:match("^%s*()", self.at) end

--- Takes a pattern at the current place, if it is there.
function Reader:take(pattern)
   self:skip()
   local first, last, found = self.text:find("^(" .. pattern .. ")", self.at)
   if not first then return nil end
   self.at = last + 1
   return found
end

function Reader:need(pattern, what)
   local found = self:take(pattern)
   if not found then error { message = ("%s expected at '%s'"):format(what, self.text:sub(self.at, self.at + 20)) } end
   return found
end

function Reader:parameter()
   if self:take "%.%.%." then
      if self:take ":" then self:type() end
      return
   end
   self:need("[%a_][%w_]*", "a parameter's name")
   self:take "%?"
   if self:take ":" then self:type() end
end

function Reader:list(finish, read)
   if self:take(finish) then return end
   repeat read(self) until not self:take ","
   self:need(finish, finish)
end

function Reader:results()
   if self:take "%(" then return self:list("%)", Reader.type) end
   repeat self:type() until not self:take ","
end

function Reader:field()
   if self:take "%[" then
      self:type()
      self:need("%]", "]")
   else
      self:need("[%a_][%w_]*", "a field's name")
      self:take "%?"
   end
   self:need(":", ":")
   self:type()
end

function Reader:name(name)
   self.names[#self.names + 1] = name
   if self:take "<" then self:list(">", Reader.type) end
end

function Reader:unit()
   if self:take '"[^"]*"' or self:take "'[^']*'" or self:take "%-?%d+" then return end
   if self:take "%.%.%." then return end
   if self:take "fun%s*%(" then
      self:list("%)", Reader.parameter)
      if self:take ":" then self:results() end
      return
   end
   if self:take "{" then return self:list("}", Reader.field) end
   if self:take "%(" then
      self:type()
      self:need("%)", ")")
      return
   end
   self:name(self:need("[%a_][%w_.]*", "a type"))
end

function Reader:type()
   repeat
      self:unit()
      while self:take "%[%]" or self:take "%?" do end
   until not self:take "|"
end

--- Parses a type at the start of `text`: the names in it and what follows it; or nil and what is
--- wrong.
function type_parser.parse(text)
   local reader = setmetatable({ text = text, at = 1, names = {} }, Reader)
   local ok, why = pcall(reader.type, reader)
   if not ok then return nil, type(why) == "table" and why.message or why end
   return reader.names, text:sub(reader.at)
end

--- The same for "A, B": what @return and @overload take.
function type_parser.parse_list(text)
   local names = {}
   repeat
      local found, rest = type_parser.parse(text)
      if not found then return nil, rest end
      for _, name in ipairs(found) do names[#names + 1] = name end
      text = rest
      local after = text:match("^%s*,%s*(.*)$")
      if after then text = after end
   until not after
   return names, text
end

return type_parser
