-- What a walk wrote down of scripts' tables and variables, against what they are now.

local getmetatable, getupvalue, upvalueid = debug.getmetatable, debug.getupvalue, debug.upvalueid
local next, rawequal, rawget, rawset, type = next, rawequal, rawget, rawset, type

local snapshot = {}

local function is_same(a, b) return rawequal(a, b) or (type(a) == "number" and a ~= a and b ~= b) end

local function is_as_before(tables, object, metatable, first, last)
   if getmetatable(object) ~= (metatable or nil) then return false end
   for at = first, last, 2 do
      if not is_same(rawget(object, tables[at]), tables[at + 1]) then return false end
   end
   local count = 0
   for _ in next, object do count = count + 1 end
   return count == (last + 1 - first) / 2
end

--- Visits the tables that changed since the walk: visit(table, metatable, first, last), where the
--- old entries are walk.tables[first..last].
function snapshot.each_changed(self, visit)
   local tables, at = self.tables, 1
   while at <= #tables do
      local object, metatable, first = tables[at], tables[at + 1], at + 3
      local last = first + 2 * tables[at + 2] - 1
      if not is_as_before(tables, object, metatable, first, last) then visit(object, metatable or nil, first, last) end
      at = last + 1
   end
end

--- Visits the variables that changed since the walk: visit(function, index, what it was).
local function each_changed_upvalue(self, visit)
   local upvalues = self.upvalues
   for at = 1, #upvalues, 3 do
      local func, index, value = upvalues[at], upvalues[at + 1], upvalues[at + 2]
      if rawequal(value, self) then value = nil end
      local _, now = getupvalue(func, index)
      if not is_same(now, value) then visit(func, index, value, now) end
   end
end

--- What changed since the walk: {tables, upvalues = {{function, index}}}.
function snapshot.touched(self)
   local tables, upvalues = {}, {}
   snapshot.each_changed(self, function(object) tables[#tables + 1] = object end)
   each_changed_upvalue(self, function(func, index) upvalues[#upvalues + 1] = { func, index } end)
   return { tables = tables, upvalues = upvalues }
end

--- Puts scripts' state back to what it was at the walk. Returns what was in it instead.
function snapshot.restore(self)
   local strays, tables = {}, self.tables
   snapshot.each_changed(self, function(object, metatable, first, last)
      for key, value in next, object do
         strays[#strays + 1], strays[#strays + 2] = key, value
         rawset(object, key, nil)
      end
      for at = first, last, 2 do rawset(object, tables[at], tables[at + 1]) end
      debug.setmetatable(object, metatable)
   end)
   each_changed_upvalue(self, function(func, index, value, now)
      strays[#strays + 1] = now
      debug.setupvalue(func, index, value)
   end)
   return strays
end

--- What was written down of what was touched alone: the rest of the walk can go.
function snapshot.only(self, touched)
   local wanted, kept = {}, { tables = {}, upvalues = {} }
   for _, object in ipairs(touched.tables) do wanted[object] = true end
   for _, variable in ipairs(touched.upvalues) do wanted[upvalueid(variable[1], variable[2])] = true end
   local tables, upvalues, at = self.tables, self.upvalues, 1
   while at <= #tables do
      local last = at + 2 + 2 * tables[at + 2]
      if wanted[tables[at]] then
         for index = at, last do kept.tables[#kept.tables + 1] = tables[index] end
      end
      at = last + 1
   end
   for index = 1, #upvalues, 3 do
      local func, number, value = upvalues[index], upvalues[index + 1], upvalues[index + 2]
      if wanted[upvalueid(func, number)] then
         local count = #kept.upvalues
         kept.upvalues[count + 1], kept.upvalues[count + 2] = func, number
         kept.upvalues[count + 3] = rawequal(value, self) and kept or value
      end
   end
   return kept
end

--- A key of a table that has another value than at the walk, or had or has none; nil: its metatable is
--- another one.
function snapshot.first_difference(self, wanted)
   local found
   snapshot.each_changed(self, function(object, _, first, last)
      if object ~= wanted then return end
      local known = {}
      for at = first, last, 2 do
         local key = self.tables[at]
         known[key] = true
         if not is_same(rawget(object, key), self.tables[at + 1]) then found = key end
      end
      for key in next, object do
         if not known[key] then found = key end
      end
   end)
   return found
end

return snapshot
