-- Metamethods: what Lua calls for the operators of a class that declares them with MP_META.
--
-- A class's metatable gets a small function for each event, which calls the method by its name in
-- the class's table of members. So a patch of the method and a derived class that hides it are
-- seen at once, and a derived class only needs the same functions over its own members.

local core, import = ...

local object = import "object"

local raise, describe = core.raise, object.describe

local metamethod = {}

---@class MetamethodRow     one MP_META of a module
---@field class string
---@field event string
---@field name string        the method that serves it
---@field keys string[]      index, newindex: the Lua types of the keys that C takes
---@field other string       eq, lt, le: the class of the other operand
---@field written integer    parameters that C writes
---@field wide boolean       a length or cursor of 64 bits

-- ---- errors ---------------------------------------------------------------------------------

local SYMBOLS = { add = "+", sub = "-", mul = "*", div = "/", mod = "%", pow = "^", concat = ".." }

--- Lua asks the right operand when the left one knows no such operator.
local function misplaced(class, symbol)
   return function(left)
      raise(("%s %s: the %s must stand on the left, got %s %s %s"):format(
         class, symbol, class, describe(left), symbol, class))
   end
end

local function refused(class, why)
   return function(key) raise(("%s[%s] %s"):format(class, tostring(key), why)) end
end

-- ---- the functions of a metatable -----------------------------------------------------------

-- @ is the method in `members`; see arguments_of() for the other names. Each class compiles its
-- own: to the JIT, the name is then a constant. Parentheses make a tail call a plain one: compiled
-- code cannot call a C function that returns a bool straight from an operator.
local CODE = {
   len = "return function(self) return TONUMBER(@(self)) end",
   unm = "return function(self) return (@(self)) end",
   call = "return function(self, ...) return @(self, ...) end",
   lt = "return function(self, other) return (@(self, other)) end",
   -- Objects of another family, and dead ones, are different, not wrong.
   eq = "return function(self, other) return is_a(self, of_other) and is_a(other, of_other) and (@(self, other)) end",
   tostring = "return function(self) return is_alive(self) and @(self) or plain(self) end",
   index = [[
return function(self, key)
   if IS_KEY then return (@(self, key)) end
   return plain(self, key)
end]],
   index_found = [[
return function(self, key)
   if not (IS_KEY) then return plain(self, key) end
   local found, value = @(self, key)
   if found then return value end
end]],
   newindex = [[
return function(self, key, value)
   if not (IS_KEY) then return plain(self, key, value) end
   if @(self, key, value) == false then refused(key) end
end]],
   readonly = [[
return function(self, key, value)
   if IS_KEY then refused(key) end
   return plain(self, key, value)
end]],
   iterate = [[
local function step(self, cursor)
   local more, after, value = @(self, cursor)
   if more then return TONUMBER(after), value end
end
return function(self) return step, self, 0 end]],
   -- Compiled loops make a table for their cursor; they could not make a closure.
   iterate_keys = [[
local function step(state)
   local more, after, key, value = @(state.self, state.cursor)
   state.cursor = after
   if more then return key, value end
end
return function(self) return step, { self = self, cursor = 0 } end]],
}
CODE.le = CODE.lt
for event in pairs(SYMBOLS) do
   CODE[event] = [[
return function(self, other)
   if getmetatable(self) ~= metatable then misplaced(self) end
   return (@(self, other))
end]]
end

local function code_of(row)
   if row.event == "index" and row.written then return CODE.index_found end
   if row.event == "iterate" and row.written == 3 then return CODE.iterate_keys end
   return CODE[row.event]
end

--- A condition for keys that are the indexer's: no member, and of a type that C takes.
local function key_condition(keys)
   local conditions = {}
   for index, name in ipairs(keys or {}) do
      local is_type = ('type(key) == "%s"'):format(name)
      conditions[index] = name == "string" and is_type .. " and members[key] == nil" or is_type
   end
   return table.concat(conditions, " or ")
end

local NAMES = "members, metatable, plain, of_other, misplaced, refused, getmetatable, is_a, is_alive, type, tonumber"

local function compile(receiver, row, code, plain, why)
   local text = ("local %s = ...\n%s"):format(NAMES, code):gsub("@", ("members[%q]"):format(row.name))
      :gsub("IS_KEY", (key_condition(row.keys))):gsub("TONUMBER", row.wide and "tonumber" or "")
   local of_other = row.other and import("class").metatable(row.other)
   return assert(loadstring(text, ("=[moonpatch/metamethod.lua %s]"):format(receiver.name)))(
      receiver.members, receiver.metatable, plain, of_other, misplaced(receiver.name, SYMBOLS[row.event]),
      refused(receiver.name, why), debug.getmetatable, object.is_a, object.is_alive, type, tonumber)
end

-- Lua compares two objects only if both name the same function: this one, for all classes.
local COMPARISON = "local getmetatable = ...\nreturn function(a, b) return (getmetatable(a).%s(a, b)) end"
local COMPARISONS = {}
for _, event in ipairs { "eq", "lt", "le" } do
   COMPARISONS[event] = assert(loadstring(COMPARISON:format(event), "=[moonpatch/metamethod.lua]"))(debug.getmetatable)
end

-- ---- classes --------------------------------------------------------------------------------

--- {[event] = row} of a class: its own, and what it inherits.
local function events_of(receiver)
   local events = {}
   while receiver do
      for event, row in pairs(receiver.metamethods or {}) do events[event] = events[event] or row end
      receiver = receiver.base
   end
   return events
end

local function install(receiver)
   local metatable, events = receiver.metatable, events_of(receiver)
   receiver.plain = receiver.plain
      or { index = metatable.__index, newindex = metatable.__newindex, tostring = metatable.__tostring }
   for event, row in pairs(events) do
      local func = compile(receiver, row, code_of(row), receiver.plain[event], "is no key that it takes")
      if COMPARISONS[event] then metatable[event], func = func, COMPARISONS[event] end
      metatable["__" .. event] = func
   end
   if events.index and not events.newindex then
      metatable.__newindex = compile(receiver, events.index, CODE.readonly, receiver.plain.newindex, "is read only")
   end
   metatable.counted = events.len ~= nil and events.index ~= nil and events.index.keys[1] == "number" -- for ipairs
end

--- Gives the classes, listed and by name, the metamethods that a module declares.
---@param rows MetamethodRow[]
function metamethod.define(rows, classes)
   for _, row in ipairs(rows) do
      local declaring = classes[row.class]
      declaring.metamethods = declaring.metamethods or {}
      declaring.metamethods[row.event] = row
   end
   for _, receiver in ipairs(classes) do install(receiver) end
end

--- Takes them away from the classes that are left.
---@param rows MetamethodRow[]
function metamethod.forget(rows, classes)
   for _, row in ipairs(rows) do
      local declaring = classes[row.class]
      if declaring then declaring.metamethods[row.event] = nil end
      for _, receiver in ipairs(classes) do
         receiver.metatable["__" .. row.event], receiver.metatable[row.event] = nil, nil
      end
   end
   for _, receiver in ipairs(classes) do
      for event, plain in pairs(receiver.plain) do receiver.metatable["__" .. event] = plain end
      install(receiver)
   end
end

return metamethod
