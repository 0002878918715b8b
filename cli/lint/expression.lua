-- Parses expressions. A node is {kind, line, column} and what the kind has; see syntax.lua.

local _, import = ...

local lexer = import "lexer"

local expression = {}

--- Left and right priority of binary operators; those that lean right have a smaller right one.
local PRIORITY = {
   ["or"] = { 1, 1 }, ["and"] = { 2, 2 }, ["<"] = { 3, 3 }, [">"] = { 3, 3 }, ["<="] = { 3, 3 }, [">="] = { 3, 3 },
   ["~="] = { 3, 3 }, ["=="] = { 3, 3 }, [".."] = { 5, 4 }, ["+"] = { 6, 6 }, ["-"] = { 6, 6 }, ["*"] = { 7, 7 },
   ["/"] = { 7, 7 }, ["%"] = { 7, 7 }, ["^"] = { 10, 9 },
}
local UNARY = { ["not"] = true, ["-"] = true, ["#"] = true }
local UNARY_PRIORITY = 8

local parse, parse_body

--- A node that starts at that token.
local function node(kind, token, fields)
   fields = fields or {}
   fields.kind, fields.line, fields.column = kind, token.line, token.column
   return fields
end
expression.node = node

function expression.list(stream)
   local list = { parse(stream) }
   while stream:accept "," do list[#list + 1] = parse(stream) end
   return list
end

local function name(stream)
   local token = stream:expect_name()
   local made = node("Name", token, { name = token.value })
   stream.scope:resolve(made)
   return made
end

-- ---- tables and functions -------------------------------------------------------------------

local function table_item(stream)
   if stream.token.kind == "[" then
      stream:advance()
      local key = parse(stream)
      stream:expect "]"
      stream:expect "="
      return { key = key, value = parse(stream) }
   elseif stream:at_name() and stream:ahead() == "=" then
      local token = stream:advance()
      stream:advance()
      return { key = node("String", token, { value = token.value }), value = parse(stream) }
   end
   return { value = parse(stream) }
end

local function table_constructor(stream)
   local opening = stream:expect "{"
   local made = node("Table", opening, { keys = {}, values = {} })
   while stream.token.kind ~= "}" do
      local item = table_item(stream)
      made.values[#made.values + 1] = item.value
      made.keys[#made.values] = item.key or false
      if not stream:accept "," and not stream:accept ";" then break end
   end
   stream:close("}", opening)
   return made
end

local function parameters(stream, func)
   stream:expect "("
   if stream.token.kind == ")" then return end
   repeat
      if stream:accept "..." then
         func.is_vararg = true
         return
      end
      local token = stream:expect_name()
      local variable = { name = token.value, line = token.line, column = token.column, kind = "parameter" }
      func.parameters[#func.parameters + 1] = stream.scope:declare(variable)
   until not stream:accept ","
end

--- Parameters and body of a function; `self_token`: it has a parameter `self` that is not written.
function parse_body(stream, opening, self_token)
   local func = node("Function", opening, { parameters = {} })
   stream.scope:open_function(func)
   if self_token then
      local variable = { name = "self", line = self_token.line, column = self_token.column, kind = "parameter" }
      func.parameters[1] = stream.scope:declare(variable)
   end
   parameters(stream, func)
   stream:expect ")"
   func.body = expression.block(stream)
   func.last_line = stream.token.line
   stream:close("end", opening)
   stream.scope:close_function()
   return func
end
expression.body = parse_body

-- ---- what can be called and indexed ---------------------------------------------------------

local function arguments(stream)
   local token = stream.token
   if token.kind == "string" then
      stream:advance()
      return { node("String", token, { value = token.value }) }
   elseif token.kind == "{" then
      return { table_constructor(stream) }
   elseif token.kind ~= "(" then
      stream:fail_expecting "arguments"
   end
   if token.line ~= stream.last_line then lexer.fail(token, "ambiguous syntax (function call x new statement)") end
   stream:advance()
   local list = stream.token.kind == ")" and {} or expression.list(stream)
   stream:close(")", token)
   return list
end

local function primary(stream)
   local token = stream.token
   if token.kind == "(" then
      stream:advance()
      local inner = parse(stream)
      stream:close(")", token)
      return node("Paren", token, { inner = inner })
   elseif stream:at_name() then
      return name(stream)
   end
   stream:fail_unexpected()
end

local SUFFIX = {
   ["."] = function(stream, object)
      stream:advance()
      local token = stream:expect_name()
      return node("Index", token, { object = object, key = node("String", token, { value = token.value }), dotted = true })
   end,
   ["["] = function(stream, object)
      local opening = stream:advance()
      local key = parse(stream)
      stream:expect "]"
      return node("Index", opening, { object = object, key = key })
   end,
   [":"] = function(stream, object)
      stream:advance()
      local token = stream:expect_name()
      return node("Invoke", token, { object = object, name = token.value, arguments = arguments(stream) })
   end,
}
SUFFIX["("] = function(stream, func) return node("Call", func, { func = func, arguments = arguments(stream) }) end
SUFFIX["{"], SUFFIX["string"] = SUFFIX["("], SUFFIX["("]

--- What a statement can start with: a name or parentheses, and what follows them.
function expression.suffixed(stream)
   local made = primary(stream)
   while true do
      local suffix = SUFFIX[stream.token.kind]
      if not suffix then return made end
      made = suffix(stream, made)
   end
end

-- ---- operators ------------------------------------------------------------------------------

local LITERALS = { ["nil"] = "Nil", ["true"] = "True", ["false"] = "False", number = "Number", string = "String" }

local function simple(stream)
   local token = stream.token
   local literal = LITERALS[token.kind]
   if literal then
      stream:advance()
      return node(literal, token, { value = token.value })
   elseif token.kind == "..." then
      if not stream.scope.func.is_vararg then
         lexer.fail(token, "cannot use '...' outside of a function that takes any number of arguments")
      end
      return node("Vararg", stream:advance())
   elseif token.kind == "{" then
      return table_constructor(stream)
   elseif token.kind == "function" then
      stream:advance()
      return parse_body(stream, token)
   end
   return expression.suffixed(stream)
end

local function operand(stream)
   local token = stream.token
   if not UNARY[token.kind] then return simple(stream) end
   stream:advance()
   return node("Unary", token, { operator = token.kind, operand = parse(stream, UNARY_PRIORITY) })
end

--- An expression of operators that bind more strongly than `limit`.
function parse(stream, limit)
   stream:deeper()
   local left = operand(stream)
   while true do
      local operator = stream.token
      local priority = PRIORITY[operator.kind]
      if not priority or priority[1] <= (limit or 0) then break end
      stream:advance()
      left = node("Binary", left, { operator = operator.kind, left = left, right = parse(stream, priority[2]) })
   end
   stream:shallower()
   return left
end
expression.parse = parse

return expression
