-- What a parser sees of a text: the token at hand, one more ahead, and how deep it is nested.

local _, import = ...

local lexer = import "lexer"
local scope = import "scope"

local stream = {}

local DEEPEST = 200 -- LuaJIT's LJ_MAX_XLEVEL

---@class Stream
---@field token table       the one at hand
---@field last_line integer where the one before it ends
---@field scope Scope
local Stream = {}
Stream.__index = Stream

function stream.new(text)
   local self = setmetatable({ lexer = lexer.new(text), scope = scope.new(), depth = 0, last_line = 1 }, Stream)
   self.token = self.lexer:next()
   return self
end

--- Takes the token at hand.
function Stream:advance()
   local token = self.token
   self.last_line = token.last_line
   self.token, self.next_token = self.next_token or self.lexer:next(), nil
   return token
end

--- Kind of the token behind the one at hand.
function Stream:ahead()
   self.next_token = self.next_token or self.lexer:next()
   return self.next_token.kind
end

--- Whether the token at hand is of that kind; if so, it is taken.
function Stream:accept(kind) return self.token.kind == kind and self:advance() end

local WORDS = { number = "a number", string = "a string", ["end of file"] = "end of file" }

local function spelt(token)
   if token.kind == "name" then return ("'%s'"):format(token.value) end
   return WORDS[token.kind] or ("'%s'"):format(token.kind)
end

local PLAIN = { name = true, arguments = true, ["end of file"] = true }

function Stream:fail_expecting(kind)
   lexer.fail(self.token, "%s expected near %s", PLAIN[kind] and kind or ("'%s'"):format(kind), spelt(self.token))
end

function Stream:expect(kind) return self:accept(kind) or self:fail_expecting(kind) end

function Stream:fail_unexpected() lexer.fail(self.token, "unexpected %s", spelt(self.token)) end

--- The end of what `opening` began.
function Stream:close(kind, opening)
   if self:accept(kind) then return end
   if opening.line == self.token.line then self:fail_expecting(kind) end
   lexer.fail(self.token, "'%s' expected (to close '%s' at line %d) near %s", kind, opening.kind, opening.line,
      spelt(self.token))
end

--- A name; in Lua 5.1 `goto` is one where it cannot be a statement.
function Stream:at_name() return self.token.kind == "name" or self.token.kind == "goto" end

function Stream:expect_name()
   if not self:at_name() then self:fail_expecting "name" end
   return self:advance()
end

function Stream:deeper()
   self.depth = self.depth + 1
   if self.depth >= DEEPEST then lexer.fail(self.token, "nested too deeply (more than %d levels)", DEEPEST) end
end

function Stream:shallower() self.depth = self.depth - 1 end

return stream
