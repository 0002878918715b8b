-- Changes to tables, variables and functions that can be taken back, the last one first.

local core, import = ...

local heap = import "heap"

local getupvalue, setupvalue, upvaluejoin = debug.getupvalue, debug.setupvalue, debug.upvaluejoin
local rawequal, rawget, rawset, setlocal = rawequal, rawget, rawset, debug.setlocal

local Journal = {}
Journal.__index = Journal

local journal = {}

--- A journal: {rewired = whether variables or functions' variables were changed}.
function journal.new() return setmetatable({ rewired = false }, Journal) end

--- Notes how the change is taken back that comes next.
function Journal:add(undo) self[#self + 1] = undo end

function Journal:set_field(object, key, value)
   local old = rawget(object, key)
   self:add(function() rawset(object, key, old) end)
   rawset(object, key, value)
end

function Journal:set_upvalue(func, index, value)
   local _, old = getupvalue(func, index)
   self:add(function() setupvalue(func, index, old) end)
   self.rewired = true
   setupvalue(func, index, value)
end

--- Lets upvalue `index` of a function be upvalue `other_index` of another.
function Journal:join(func, index, other, other_index)
   local kept
   local function keeper() return kept end
   upvaluejoin(keeper, 1, func, index)
   self:add(function() upvaluejoin(func, index, keeper, 1) end)
   self.rewired = true
   upvaluejoin(func, index, other, other_index)
end

function Journal:set_metatable(object, metatable)
   local old = debug.getmetatable(object)
   self:add(function() debug.setmetatable(object, old) end)
   debug.setmetatable(object, metatable)
end

local REPLACE = {
   [heap.VALUE] = function(self, object, key, old, new)
      if rawequal(rawget(object, key), old) then self:set_field(object, key, new) end
   end,
   [heap.KEY] = function(self, object, key, _, new)
      local value = rawget(object, key)
      if value == nil then return end
      self:set_field(object, key, nil)
      self:set_field(object, new, value)
   end,
   [heap.UPVALUE] = function(self, func, index, old, new)
      local _, now = getupvalue(func, index)
      if rawequal(now, old) then self:set_upvalue(func, index, new) end
   end,
   [heap.LOCAL] = function(self, frame, index, old, new)
      local thread, level = frame[1], frame[2]
      self:add(function() setlocal(thread, level, index, old) end)
      setlocal(thread, level, index, new)
   end,
   [heap.START] = function(self, thread, _, old, new)
      self:add(function() core.start(thread, old) end)
      core.start(thread, new)
   end,
}

--- Puts subst[object] in place of each object in the `holders` of a walk that is still there.
function Journal:replace(holders, subst)
   for at = 1, #holders, 4 do
      local old = holders[at + 3]
      local new = subst[old]
      if new ~= nil then REPLACE[holders[at]](self, holders[at + 1], holders[at + 2], old, new) end
   end
end

--- Takes all changes back.
function Journal:undo()
   for index = #self, 1, -1 do
      self[index]()
      self[index] = nil
   end
end

return journal
