-- What a misspelt field was probably meant to be: after graphics.prnt() has failed, LuaJIT tells the field's name alone. The
-- line of the script tells whose field it is. No script runs for it.

local core, import = ...

local class = import "class"
local loader = import "loader"
local suggest = import "suggest"

local getinfo, getlocal, getmetatable, getupvalue = debug.getinfo, debug.getlocal, debug.getmetatable, debug.getupvalue

local misspelt = {}

local MOST, CHAIN = 1000, 8 -- names that are looked at; tables that look in each other

--- Line `number` of a script; nil: nobody knows.
local function line_of(path, number)
   local text = core.read(path)
   for line in ((text or "") .. "\n"):gmatch "([^\n]*)\n" do
      number = number - 1
      if number == 0 then return line end
   end
end

--- The table that a table looks in for what it has not.
local function behind(content)
   local metatable = getmetatable(content)
   local index = metatable and rawget(metatable, "__index")
   return type(index) == "table" and index or nil
end

local function look(content, name)
   for _ = 1, CHAIN do
      if type(content) ~= "table" then return end
      local found = rawget(content, name)
      if found ~= nil then return found end
      content = behind(content)
   end
end

--- The names of what a table, `native`, a class or an object has, sorted.
local function names_of(content)
   local owner = class.state.owner_of_proxy[content]
   if owner then return class.function_names(owner) end
   local names = {}
   local of_class = type(content) == "userdata" and class.state.by_metatable[getmetatable(content)]
   if of_class then content = of_class.members end
   for _ = 1, CHAIN do
      if type(content) ~= "table" then break end
      for name in next, content do
         if type(name) == "string" and #names < MOST then names[#names + 1] = name end
      end
      content = behind(content)
   end
   table.sort(names)
   return names
end

--- What the last of a function's variables of that name holds; `get` is getlocal or getupvalue.
local function variable(get, of, name, otherwise)
   local slot = 1
   local its, content = get(of, slot)
   while its do
      if its == name then otherwise = content end
      slot = slot + 1
      its, content = get(of, slot)
   end
   return otherwise
end

--- Level of the innermost function of Lua that is not this file's, and what is known of it; nil.
local function innermost()
   local level = 3
   local at = getinfo(level, "Slf")
   while at and at.currentline <= 0 do
      level = level + 1
      at = getinfo(level, "Slf")
   end
   if at then return level - 1, at end
end

--- ' (did you mean "print"?)' about field `name` of something, which the innermost function on the stack used; nil.
--- Called by C.
function misspelt.field(name)
   local level, at = innermost()
   local line = at and line_of(at.source:sub(2), at.currentline)
   local path = line and line:match("([%a_][%w_.]*)[.:]" .. name .. "%f[^%w_]")
   if not path then return end
   local root, rest = path:match "^([^.]*)(.*)$"
   local found = rawget(getfenv(at.func), root)
   if found == nil then found = rawget(loader.environment, root) end
   found = variable(getupvalue, at.func, root, found)
   found = variable(getlocal, level + 1, root, found)
   for part in rest:gmatch "[^.]+" do found = look(found, part) end
   local nearest = suggest.nearest_of(name, names_of(found))
   return nearest and (" (did you mean %q?)"):format(nearest)
end

return misspelt
