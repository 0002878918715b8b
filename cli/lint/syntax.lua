-- The nodes of a tree, and ways through it. Every node is {kind, line, column, ...}:
--
--   values       Nil True False Vararg   Number, String {value}   Table {keys, values}
--                Function {parameters, is_vararg, body}
--   names        Name {name, variable or nil, func}   Index {object, key, dotted}   Paren {inner}
--   calls        Call {func, arguments}   Invoke {object, name, arguments}
--   operators    Unary {operator, operand}   Binary {operator, left, right}
--   statements   Block {statements}   Local {variables, values}   Assign {targets, values}
--                CallStatement {call}   Do While Repeat If NumericFor GenericFor
--                Return {values}   Break   Goto, Label
--
-- A Name's func is the function that it stands in, its variable what the name means; see scope.lua.

local syntax = {}

--- What is below a node, in the order of the text: nodes, or lists of nodes (false: none there).
local CHILDREN = {
   Table = { "keys", "values" }, Function = { "body" }, Index = { "object", "key" }, Paren = { "inner" },
   Call = { "func", "arguments" }, Invoke = { "object", "arguments" }, Unary = { "operand" }, Binary = { "left", "right" },
   Block = { "statements" }, Local = { "values" }, Assign = { "targets", "values" }, CallStatement = { "call" },
   Do = { "body" }, While = { "condition", "body" }, Repeat = { "body", "condition" },
   If = { "conditions", "bodies", "otherwise" }, NumericFor = { "limits", "body" }, GenericFor = { "values", "body" },
   Return = { "values" },
}

local visit

local function visit_child(child, visitors, func)
   if child.kind then return visit(child, visitors, func) end
   for _, each in ipairs(child) do
      if each then visit(each, visitors, func) end
   end
end

function visit(node, visitors, func)
   local seen = visitors[node.kind]
   if seen and seen(node, func) == false then return end
   if node.kind == "Function" then func = node end
   for _, name in ipairs(CHILDREN[node.kind] or {}) do
      if node[name] then visit_child(node[name], visitors, func) end
   end
end

--- Calls visitors[kind](node, func) for every node from `node` on, func being the function that it
--- stands in. A visitor that returns false keeps the walk out of its node.
function syntax.walk(node, visitors, func) visit(node, visitors, func) end

local function stay_out() return false end

--- The same for what runs when a function is called, not the functions that are made in it.
function syntax.walk_body(func, visitors)
   visitors.Function = visitors.Function or stay_out
   visit(func.body, visitors, func)
end

--- "a.b.c" of names and constant keys; nil for anything else.
function syntax.path(node)
   if node.kind == "Name" then return node.name end
   if node.kind == "Index" and node.key.kind == "String" then
      local object = syntax.path(node.object)
      return object and object .. "." .. node.key.value
   end
end

--- The node at the bottom of a.b[c].d: a.
function syntax.root(node)
   while node.kind == "Index" do node = node.object end
   return node
end

local function has_break(node)
   local found = false
   local function note() found = true end
   syntax.walk(node, { Break = note, Goto = note, Function = stay_out })
   return found
end

local ends

local ENDS = {
   Return = function() return true end,
   Goto = function() return true end, -- nobody follows it here
   Do = function(node) return ends(node.body) end,
   While = function(node) return node.condition.kind == "True" and not has_break(node.body) end,
   Repeat = function(node) return ends(node.body) and not has_break(node.body) end,
   CallStatement = function(node)
      local func = node.call.func
      return func ~= nil and func.kind == "Name" and func.name == "error" and not func.variable
   end,
   If = function(node)
      if not node.otherwise or not ends(node.otherwise) then return false end
      for _, body in ipairs(node.bodies) do
         if not ends(body) then return false end
      end
      return true
   end,
}

--- Whether a block surely does not run on to what follows it.
function ends(block)
   local last = block.statements[#block.statements]
   local check = last and ENDS[last.kind]
   return check ~= nil and check(last)
end
syntax.ends = ends

return syntax
