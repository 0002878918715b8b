-- Parses a Lua text, and accepts what LuaJIT accepts, to a tree of nodes; see syntax.lua.

local _, import = ...

local expression = import "expression"
local stream = import "stream"

local node = expression.node

local parser = {}

local block

--- What ends a block.
local ENDS = { ["end"] = true, ["else"] = true, ["elseif"] = true, ["until"] = true, ["end of file"] = true }

-- ---- variables ------------------------------------------------------------------------------

local function variable_of(token, kind)
   return { name = token.value, line = token.line, column = token.column, kind = kind }
end

local function names(self)
   local list = { self:expect_name() }
   while self:accept "," do list[#list + 1] = self:expect_name() end
   return list
end

local function declare(self, tokens, kind)
   local variables = {}
   for index, token in ipairs(tokens) do variables[index] = self.scope:declare(variable_of(token, kind)) end
   return variables
end

local function local_function(self, opening)
   self:advance()
   local variable = self.scope:declare(variable_of(self:expect_name(), "local"))
   local func = expression.body(self, opening)
   variable.value = func
   return node("Local", opening, { variables = { variable }, values = { func } })
end

local function local_variables(self, opening)
   local tokens = names(self)
   local values = self:accept "=" and expression.list(self) or {}
   local variables = declare(self, tokens, "local")
   for index, variable in ipairs(variables) do
      variable.value = values[index]
      variable.is_nil = #values == 0
   end
   return node("Local", opening, { variables = variables, values = values })
end

-- ---- loops and branches ---------------------------------------------------------------------

local function loop_body(self, opening, tokens)
   self.scope:open_block() -- the loop's own three hidden variables are in it
   for _ = 1, 3 do self.scope:declare { name = "(for)", line = opening.line, column = opening.column } end
   self.scope:open_block(true)
   local variables = declare(self, tokens, "loop")
   local body = block(self)
   self:close("end", opening)
   self.scope:close_block()
   self.scope:close_block()
   return variables, body
end

local function numeric_for(self, opening, token)
   local from = expression.parse(self)
   self:expect ","
   local limits = { from, expression.parse(self) }
   if self:accept "," then limits[3] = expression.parse(self) end
   self:expect "do"
   local variables, body = loop_body(self, opening, { token })
   return node("NumericFor", opening, { variables = variables, limits = limits, body = body })
end

local function generic_for(self, opening, tokens)
   local values = expression.list(self)
   self:expect "do"
   local variables, body = loop_body(self, opening, tokens)
   return node("GenericFor", opening, { variables = variables, values = values, body = body })
end

local function scoped_block(self, loop)
   self.scope:open_block(loop)
   local body = block(self)
   self.scope:close_block()
   return body
end

local STATEMENTS = {
   ["if"] = function(self, opening)
      local made = node("If", opening, { conditions = {}, bodies = {} })
      repeat
         made.conditions[#made.conditions + 1] = expression.parse(self)
         self:expect "then"
         made.bodies[#made.bodies + 1] = scoped_block(self)
      until not self:accept "elseif"
      if self:accept "else" then made.otherwise = scoped_block(self) end
      self:close("end", opening)
      return made
   end,
   ["while"] = function(self, opening)
      local condition = expression.parse(self)
      self:expect "do"
      local body = scoped_block(self, true)
      self:close("end", opening)
      return node("While", opening, { condition = condition, body = body })
   end,
   ["do"] = function(self, opening)
      local body = scoped_block(self)
      self:close("end", opening)
      return node("Do", opening, { body = body })
   end,
   ["for"] = function(self, opening)
      local token = self:expect_name()
      if self:accept "=" then return numeric_for(self, opening, token) end
      local tokens = { token }
      while self:accept "," do tokens[#tokens + 1] = self:expect_name() end
      self:expect "in"
      return generic_for(self, opening, tokens)
   end,
   ["repeat"] = function(self, opening)
      self.scope:open_block(true)
      self.scope:open_block() -- its variables are in sight of the condition
      local body = block(self)
      self:close("until", opening)
      local condition = expression.parse(self)
      self.scope:close_block()
      self.scope:close_block()
      return node("Repeat", opening, { body = body, condition = condition })
   end,
   ["function"] = function(self, opening)
      local token = self:expect_name()
      local target = node("Name", token, { name = token.value })
      self.scope:resolve(target)
      local separator
      while not separator or separator.kind == "." do
         separator = self:accept "." or self:accept ":"
         if not separator then break end
         local key = self:expect_name()
         target = node("Index", key, { object = target, key = node("String", key, { value = key.value }), dotted = true })
      end
      if target.kind == "Name" then self.scope:assign(target) end
      local func = expression.body(self, opening, separator and separator.kind == ":" and separator)
      return node("Assign", opening, { targets = { target }, values = { func } })
   end,
   ["local"] = function(self, opening)
      if self.token.kind == "function" then return local_function(self, opening) end
      return local_variables(self, opening)
   end,
   ["return"] = function(self, opening)
      local ends = ENDS[self.token.kind] or self.token.kind == ";"
      return node("Return", opening, { values = ends and {} or expression.list(self) }), true
   end,
   ["break"] = function(self, opening)
      self.scope:leave_loop(opening)
      return node("Break", opening), true
   end,
   ["::"] = function(self, opening)
      local name = self:expect_name()
      self:expect "::"
      return node("Label", opening, { name = name.value, label = self.scope:label(name, name.value) })
   end,
}

local function jump(self)
   local opening = self:advance()
   local name = self:expect_name()
   self.scope:jump(opening, name.value)
   return node("Goto", opening, { label = name.value })
end

local function check_target(self, target)
   if target.kind ~= "Name" and target.kind ~= "Index" then self:fail_unexpected() end
end

local function assignment(self, first)
   local made = node("Assign", first, { targets = { first } })
   check_target(self, first)
   while self:accept "," do
      self:deeper()
      local target = expression.suffixed(self)
      check_target(self, target)
      made.targets[#made.targets + 1] = target
   end
   self.depth = self.depth - #made.targets + 1
   self:expect "="
   made.values = expression.list(self)
   for _, target in ipairs(made.targets) do
      if target.kind == "Name" then self.scope:assign(target) end
   end
   return made
end

local function expression_statement(self)
   local first = expression.suffixed(self)
   if self.token.kind == "=" or self.token.kind == "," then return assignment(self, first) end
   if first.kind ~= "Call" and first.kind ~= "Invoke" then self:fail_expecting "=" end
   return node("CallStatement", first, { call = first })
end

--- A statement, and whether it must be the last one of its block.
local function statement(self)
   local parse = STATEMENTS[self.token.kind]
   if parse then return parse(self, self:advance()) end
   if self.token.kind == "goto" and self:ahead() == "name" then return jump(self) end
   return expression_statement(self)
end

--- Labels at the end of a block, but not before `until`, are outside of the scope of its variables.
local function free_trailing_labels(self, made)
   if self.token.kind == "until" then return end
   for index = #made.statements, 1, -1 do
      local last = made.statements[index]
      if last.kind ~= "Label" then return end
      self.scope:trailing_label(last.label)
   end
end

--- The statements up to the end of the block; its scope is open.
function block(self)
   local made = node("Block", self.token, { statements = {} })
   self:deeper()
   local is_last
   while not is_last and not ENDS[self.token.kind] do
      made.statements[#made.statements + 1], is_last = statement(self)
      self:accept ";"
   end
   self:shallower()
   free_trailing_labels(self, made)
   return made
end
expression.block = block

local function parse(text)
   local self = stream.new(text)
   local main = node("Function", self.token, { parameters = {}, is_vararg = true })
   self.scope:open_function(main)
   main.body = block(self)
   if self.token.kind ~= "end of file" then self:fail_expecting "end of file" end
   self.scope:close_function()
   return { main = main, globals = self.scope.globals, comments = self.lexer.comments }
end

--- The tree of a text: {main, globals, comments}; or nil and {line, column, text}, the first error.
function parser.parse(text)
   local ok, result = pcall(parse, text)
   if ok then return result end
   if type(result) ~= "table" then error(result, 0) end
   return nil, result
end

return parser
