-- Gives the functions of an edited module the variables of those they replace.
--
-- A variable is a cell that functions share. New code gets the cells of the code it replaces. One
-- thing must not be: that a cell from code which never assigned to it gets into the hands of code that
-- does. LuaJIT marks such cells, and compiled code drops what is stored in them. Then all who share
-- the cell get another one.

local _, import = ...

local prototype = import "prototype"

local getupvalue, upvalueid = debug.getupvalue, debug.upvalueid

local Rewiring = {}
Rewiring.__index = Rewiring

local rewire = {}

--- {[node] = list of closures}
local function by_node(functions, node_of)
   local groups = {}
   for func in pairs(functions) do
      local node = node_of(func)
      local group = groups[node] or {}
      groups[node] = group
      group[#group + 1] = func
   end
   return groups
end

--- Calls visit(name, id, node, index) for each variable of the text that a closure has.
local function each_variable(func, node, visit)
   for index, upvalue in ipairs(node.upvalues) do
      local outer, outer_index = prototype.outermost(node, index)
      if outer then visit(upvalue.name, upvalueid(func, index), index, outer, outer_index) end
   end
end

--- The variables in a set of closures: {[id] = {func, index, name, mutable}}, and by name those
--- names that only one of them has. The closures of one function share the text's variables, unless
--- a loop made them: then two are enough to tell.
local function variables_of(groups)
   local by_id, by_name = {}, {}
   for node, group in pairs(groups) do
      for place = 1, math.min(#group, 2) do
         local func = group[place]
         each_variable(func, node, function(name, id, index)
            local variable = by_id[id]
            if not variable then
               variable = { id = id, func = func, index = index, name = name, mutable = false }
               by_id[id] = variable
               by_name[name] = by_name[name] == nil and variable or false
            end
            variable.mutable = variable.mutable or prototype.is_mutable(node, index)
         end)
      end
   end
   return by_id, by_name
end

local function only(group) return group and #group == 1 and group[1] or nil end

--- `twins` pairs old and new nodes; `live`, `fresh` and `base` are sets of closures: those that
--- run, and those that the new and the earlier text made when they were run for comparison.
function rewire.new(options)
   local self = setmetatable(options, Rewiring)
   self.live_groups, self.fresh_groups = by_node(options.live, options.node_of), by_node(options.fresh, options.node_of)
   self.base_groups = by_node(options.base, options.node_of)
   self.live_variables, self.live_names = variables_of(self.live_groups)
   self.fresh_variables, self.fresh_names = variables_of(self.fresh_groups)
   self.base_names = select(2, variables_of(self.base_groups))
   self.cells = {} -- {[id] = {func, index}}: those that took the place of others
   return self
end

--- Visits the functions of which there is one in each: visit(live, fresh, base or nil).
function Rewiring:each_single(visit)
   for node, group in pairs(self.live_groups) do
      local twin = self.twins[node]
      local live, fresh = only(group), twin and only(self.fresh_groups[twin])
      if live and fresh then visit(live, fresh, only(self.base_groups[node]), node, twin) end
   end
end

-- ---- variables ------------------------------------------------------------------------------

local function index_named(node, name)
   for index, upvalue in ipairs(node.upvalues) do
      if upvalue.name == name then return index end
   end
end

--- Pairs variables of the new text with living ones: those that a function and its replacement
--- call by one name, then those of one name that only one variable has.
function Rewiring:pair_variables()
   local pairs_of = {} -- {[fresh id] = {fresh, live, base}}
   local taken = {}
   local function add(fresh, live, base)
      if pairs_of[fresh.id] or taken[live.id] then return end
      taken[live.id] = true
      pairs_of[fresh.id] = { fresh = fresh, live = live, base = base }
   end
   self:each_single(function(live, fresh, base, node, twin)
      each_variable(fresh, twin, function(name, id)
         local index = index_named(node, name)
         if index and prototype.outermost(node, index) then
            add(self.fresh_variables[id], self.live_variables[upvalueid(live, index)], base and { func = base, index = index })
         end
      end)
   end)
   for name, fresh in pairs(self.fresh_names) do
      local live = self.live_names[name]
      if fresh and live then add(fresh, live, self.base_names[name] or nil) end
   end
   return pairs_of
end

--- A cell that code may assign to.
local function new_cell()
   local value
   return function(new)
      value = new
      return value
   end
end

--- Gives both variables of a pair one cell: {func, index}.
function Rewiring:share_cell(pair, journal)
   local fresh, live = pair.fresh, pair.live
   if fresh.mutable and not live.mutable then
      self:join_all(self.live_groups, live.id, fresh, journal)
      self.cells[fresh.id] = fresh
      return fresh
   end
   self:join_all(self.fresh_groups, fresh.id, live, journal)
   return live
end

--- Joins to `cell` all that have the cell `id`.
function Rewiring:join_all(groups, id, cell, journal)
   for node, group in pairs(groups) do
      for _, func in ipairs(group) do
         for index = 1, #node.upvalues do
            if upvalueid(func, index) == id and func ~= cell.func then journal:join(func, index, cell.func, cell.index) end
         end
      end
   end
end

-- ---- functions ------------------------------------------------------------------------------

--- How the upvalues of a new function are found for closures of `old_node`: a list of {from, index},
--- the index in the old closure where `from` is nil, `boxed` when it needs another cell. Or nil, and
--- the name of a variable that they do not have.
function Rewiring:plan(node, old_node)
   local plan = {}
   for index, upvalue in ipairs(node.upvalues) do
      local old_index = index_named(old_node, upvalue.name)
      local outer, outer_index = prototype.outermost(node, index)
      local holder = outer and only(self.fresh_groups[outer])
      local variable = outer and self.fresh_names[upvalue.name]
      if old_index then
         local boxed = not prototype.is_mutable(old_node, old_index) and prototype.is_mutable(node, index)
         plan[index] = { index = old_index, boxed = boxed }
      elseif holder then
         plan[index] = { from = holder, index = outer_index }
      elseif variable then
         plan[index] = { from = variable.func, index = variable.index }
      else
         return nil, upvalue.name
      end
   end
   return plan
end

--- A cell of its own for a variable of a function, shared by all that shared the old one.
function Rewiring:box(func, index, journal)
   local id = upvalueid(func, index)
   local cell = self.cells[id]
   if not cell then
      local _, value = getupvalue(func, index)
      cell = { func = new_cell(), index = 1 }
      cell.func(value)
      self:join_all(self.live_groups, id, cell, journal)
      self.cells[upvalueid(cell.func, 1)] = cell -- what else had the old one has this one now
   end
   return cell.func, cell.index
end

--- A new closure of `node` with the variables of `func`, and its prototype.
function Rewiring:closure(node, func, plan, journal, environment)
   local closure, proto = prototype.instantiate(node, environment)
   for index, step in ipairs(plan) do
      local from, from_index = step.from or func, step.index
      if step.boxed then from, from_index = self:box(from, from_index, journal) end
      debug.upvaluejoin(closure, index, from, from_index)
   end
   return closure, proto
end

--- Replaces the closures of one function by `twin`; see replace_functions().
function Rewiring:replace_group(node, group, twin, subst, journal, environment, miss, made)
   local fresh, live = only(self.fresh_groups[twin]), only(group)
   if fresh and live and not node.parent.parent then
      subst[live] = fresh
      return
   end
   local plan, missing = self:plan(twin, node)
   for _, func in ipairs(group) do
      if not plan then
         miss(func, missing)
      else
         local closure, proto = self:closure(twin, func, plan, journal, environment)
         subst[func] = closure
         made(proto, twin)
         if live and fresh then subst[fresh] = closure end
      end
   end
end

--- Fills `subst` with {[old function] = new one}. Calls miss(function, variable) for each that cannot
--- be replaced, made(proto, node) for new prototypes. Functions that are the same down to their lines
--- stay: kept(function, node).
function Rewiring:replace_functions(subst, journal, environment, miss, made, kept)
   for node, group in pairs(self.live_groups) do
      local twin = self.twins[node]
      if not twin then
         for _, func in ipairs(group) do miss(func) end
      elseif twin.piece == node.piece then
         local fresh = only(self.fresh_groups[twin])
         if fresh and only(group) then subst[fresh] = group[1] end
         for _, func in ipairs(group) do kept(func, twin) end
      else
         self:replace_group(node, group, twin, subst, journal, environment, miss, made)
      end
   end
end

return rewire
