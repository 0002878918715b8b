-- Whose name a name is: the variables in sight while a text is parsed, and LuaJIT's rules about
-- them: how many a function may have, and where goto may lead.
--
-- A variable is {name, line, column, kind, func, value, reads, writes}: func is the function that
-- declares it, value what it starts with, reads and writes the Name nodes that use it.

local _, import = ...

local lexer = import "lexer"

local scope = {}

local MOST_LOCALS, MOST_UPVALUES = 200, 60 -- LuaJIT's LJ_MAX_LOCVAR and LJ_MAX_UPVAL

---@class Scope
---@field func table       the innermost function; func.outer is the one around it
---@field block table      the innermost block; block.outer is the one around it, in the same function
---@field globals table    Name nodes that are no variable's
local Scope = {}
Scope.__index = Scope

function scope.new() return setmetatable({ globals = {} }, Scope) end

-- ---- functions and blocks -------------------------------------------------------------------

function Scope:open_function(func)
   func.outer, func.outer_block, func.locals, func.upvalues = self.func, self.block, 0, {}
   func.upvalue_count = 0
   self.func, self.block = func, nil
   self:open_block()
end

function Scope:close_function()
   self:close_block()
   local func = self.func
   self.func, self.block = func.outer, func.outer_block
end

--- `loop`: break leads out of it.
function Scope:open_block(loop)
   self.block = { outer = self.block, loop = loop, variables = {}, count = 0, labels = {}, gotos = {} }
end

--- A label that nothing but labels follows is outside of the scope of the block's variables.
function Scope:trailing_label(label) label.count = 0 end

local function leave(self, block)
   local outer = block.outer
   for _, jump in ipairs(block.gotos) do
      local label = block.labels[jump.label]
      if not label then
         if not outer then lexer.fail(jump, "undefined label '%s'", jump.label) end
         jump.count = outer.count
         outer.gotos[#outer.gotos + 1] = jump
      elseif label.count > jump.count then
         lexer.fail(jump, "<goto %s> jumps into the scope of a local", jump.label)
      end
   end
end

function Scope:close_block()
   local block = self.block
   leave(self, block)
   self.func.locals = self.func.locals - block.count
   self.block = block.outer
end

-- ---- names ----------------------------------------------------------------------------------

--- Makes a variable known from here on.
function Scope:declare(variable)
   local func, block = self.func, self.block
   variable.func, variable.reads, variable.writes = func, {}, {}
   func.locals = func.locals + 1
   if func.locals > MOST_LOCALS then lexer.fail(variable, "function has more than %d local variables", MOST_LOCALS) end
   block.count = block.count + 1
   block.variables[variable.name] = variable
   return variable
end

local function look_up(func, block, name)
   while func do
      while block do
         if block.variables[name] then return block.variables[name] end
         block = block.outer
      end
      func, block = func.outer, func.outer_block
   end
end

--- Counts what `func`, and the functions between it and the variable's, take from outside.
local function note_upvalue(func, variable, node)
   while func ~= variable.func do
      if not func.upvalues[variable] then
         func.upvalues[variable], func.upvalue_count = true, func.upvalue_count + 1
         if func.upvalue_count > MOST_UPVALUES then lexer.fail(node, "function has more than %d upvalues", MOST_UPVALUES) end
      end
      func = func.outer
   end
end

--- Resolves a Name node: sets its variable, or takes note of a global.
function Scope:resolve(node)
   node.func = self.func
   node.variable = look_up(self.func, self.block, node.name)
   if not node.variable then
      self.globals[#self.globals + 1] = node
      return
   end
   note_upvalue(self.func, node.variable, node)
   table.insert(node.variable.reads, node)
end

--- That resolved node is assigned to, not read.
function Scope:assign(node)
   node.assigned = true
   if not node.variable then return end
   local reads = node.variable.reads
   for index = #reads, 1, -1 do
      if reads[index] == node then table.remove(reads, index) end
   end
   table.insert(node.variable.writes, node)
end

-- ---- jumps ----------------------------------------------------------------------------------

function Scope:label(token, name)
   local labels = self.block.labels
   if labels[name] then lexer.fail(token, "duplicate label '%s'", name) end
   labels[name] = { count = self.block.count }
   return labels[name]
end

function Scope:jump(token, name)
   table.insert(self.block.gotos, { label = name, count = self.block.count, line = token.line, column = token.column })
end

function Scope:leave_loop(token)
   local block = self.block
   while block do
      if block.loop then return end
      block = block.outer
   end
   lexer.fail(token, "break outside of a loop")
end

return scope
