-- The inspector: what a console in the game may do and patches may not. The game's own scripts get it by
-- require "inspector", if the host wants one (MpVmOptions.inspector).

local core, import = ...

local class = import "class"
local enum = import "enum"
local loader = import "loader"
local owner = import "owner"
local patchset = import "patchset"
local sandbox = import "sandbox"
local stop = import "stop"

local getinfo = debug.getinfo
local traceback = core.traceback

local inspector = {}

local CHUNK, LIMIT = "@console", 2 ^ 16 -- bytes of a line

-- ---- what a line sees -----------------------------------------------------------------------

local variables = {} -- what lines have made

--- A global of the game; nil, and no error, when it is not declared.
local function global(name)
   local ok, found = pcall(function() return loader.environment[name] end)
   return ok and found or nil
end

--- What a name means in a line: a variable of earlier lines, a global of the game, or a module.
local function look(name)
   local own = variables[name]
   if own ~= nil then return own end
   local found = global(name)
   if found ~= nil then return found end
   return loader.loaded[name]
end

local SCOPE = {
   __index = function(_, name)
      local found = look(name)
      if found == nil and variables[name] == nil then
         core.raise(("there is no variable %q"):format(tostring(name)))
      end
      return found
   end,
   __newindex = function(_, name, content) variables[name] = content end,
   __metatable = false,
}

local function print_to(hear)
   return function(...)
      local words = {}
      for index = 1, select("#", ...) do words[index] = tostring((select(index, ...))) end
      global "print"(...)
      hear(table.concat(words, "\t"))
   end
end

--- An environment of its own for every line, so that one which runs without end is stopped after the
--- time that a patch has, and what it leaves behind is told from the game. What it prints, `hear` hears too.
local function environment(hear)
   local own = setmetatable({}, SCOPE)
   if hear then rawset(own, "print", print_to(hear)) end
   owner.claim(own, { patch = { id = "console", errors = 0, layers = {} } })
   return own
end

-- ---- evaluating -----------------------------------------------------------------------------

local function is_foreign(info) return owner.by_environment(info.func) ~= nil end

--- Whether a patch, or another line, is on the stack or on that of who resumed this coroutine.
local function is_called_by_patch()
   local level = 2
   local info = getinfo(level, "f")
   while info do
      if is_foreign(info) then return true end
      level = level + 1
      info = getinfo(level, "f")
   end
   for _, thread in ipairs { core.library.coroutine.resumers() } do
      level = 0
      info = getinfo(thread, level, "f")
      while info do
         if is_foreign(info) then return true end
         level = level + 1
         info = getinfo(thread, level, "f")
      end
   end
   return false
end

local function refuse_patches(name)
   if is_called_by_patch() then core.raise(("inspector.%s: not for patches"):format(name)) end
end

local function compile(text, hear)
   if #text > LIMIT then return nil, ("console: %d bytes at most"):format(LIMIT) end
   local scope = environment(hear)
   local chunk = sandbox.compile("return " .. text, CHUNK, scope)
   if chunk then return chunk end
   return sandbox.compile(text, CHUNK, scope)
end

local function finish(ok, ...)
   if not ok then stop.take() end
   return ok, ...
end

--- Runs a line, which may be an expression, in the game's environment. Returns true and its results, or
--- false and why not. What the line prints goes to the log, and to `hear(text)` if that is given. Raises when a patch is
--- the one that asks.
function inspector.evaluate(text, hear)
   if type(text) ~= "string" then core.raise(("inspector.evaluate: string expected, got %s"):format(core.describe(text))) end
   refuse_patches "evaluate"
   local chunk, why = compile(text, hear)
   if not chunk then return false, why end
   return finish(xpcall(chunk, traceback))
end

-- ---- looking --------------------------------------------------------------------------------

local function sorted(names)
   local list = {}
   for name in pairs(names) do
      if type(name) == "string" then list[#list + 1] = name end
   end
   table.sort(list)
   return list
end

local function add(names, from)
   for name in next, from do names[name] = true end
end

local CHAIN = 16 -- tables that look in each other, at most

local function add_table(names, content)
   for _ = 1, CHAIN do
      if type(content) ~= "table" then return end
      add(names, content)
      local metatable = debug.getmetatable(content)
      content = metatable and rawget(metatable, "__index")
   end
end

local function add_owner(names, found)
   add(names, found.statics)
   if found.class then add(names, found.class.members) end
end

--- The names that `content` has: members of an object, functions of a class, keys of a table.
function inspector.names(content)
   local names = {}
   local of_class = class.state.by_metatable[debug.getmetatable(content)]
   if content == class.native then
      add(names, class.state.native)
   elseif class.state.owner_of_proxy[content] then
      add_owner(names, class.state.owner_of_proxy[content])
   elseif of_class then
      add(names, of_class.members)
   elseif type(content) == "string" then
      add(names, sandbox.string)
   else
      add_table(names, content)
   end
   return sorted(names)
end

--- What a name means at the prompt; nil: nothing.
inspector.look = look

--- The names that a line sees.
function inspector.globals()
   local names = {}
   add(names, variables)
   add(names, loader.environment)
   add(names, loader.loaded)
   return sorted(names)
end

-- ---- objects --------------------------------------------------------------------------------

--- How many objects there are of each class: {[name] = count}. Those of a derived class count for that.
function inspector.live_counts()
   refuse_patches "live_counts"
   return core.live_counts()
end

--- Live objects of a class, not of those derived from it, from the `first` one on: 256 at most.
function inspector.live_objects(name, first)
   refuse_patches "live_objects"
   if type(name) ~= "string" or type(first) ~= "number" then
      core.raise("inspector.live_objects: name of a class and number expected")
   end
   return core.live_objects(name, first)
end

--- What an enum's property can be, by name, and what it is; sums of flags have no one name.
local function choices_of(property)
   local name = property and property.enum
   if not name or enum.kind(name) ~= "enum" then return nil end
   return enum.names(name), enum.both(name)
end

local function name_of(choices, numbers, content)
   for _, each in ipairs(choices or {}) do
      if numbers[each] == content then return each end
   end
end

local function can_read(member) return type(member) ~= "table" or member.get ~= nil end

local function can_write(member, property)
   if type(member) == "table" then return member.set ~= nil end
   return not (property and property.is_readonly)
end

--- One property of an object: `problem` is why it cannot be read.
local function describe_property(of, object, key)
   local member, property = of.members[key], of.properties[key]
   local found = { name = key, writable = can_write(member, property) }
   if not can_read(member) then
      found.problem = "write only"
      return found
   end
   local ok, content = pcall(function() return object[key] end)
   if not ok then
      found.problem = tostring(content):match "^[^\n]*"
      return found
   end
   local choices, numbers = choices_of(property)
   found.value, found.choices, found.choice = content, choices, name_of(choices, numbers, content)
   return found
end

--- The properties of an object in the order of their names: a list of {name, value, problem, writable,
--- choices, choice}. `choices` are the names of an enum's members, `choice` the one that it is.
function inspector.properties(object)
   refuse_patches "properties"
   local of = class.state.by_metatable[debug.getmetatable(object)]
   if not of then core.raise(("inspector.properties: object expected, got %s"):format(core.describe(object))) end
   local list = {}
   for _, key in ipairs(sorted(of.members)) do
      if type(of.members[key]) ~= "function" then list[#list + 1] = describe_property(of, object, key) end
   end
   return list
end

-- ---- patches --------------------------------------------------------------------------------

--- All patches that there were, as mp_patch_each() tells of them.
function inspector.patches() return patchset.list() end

--- Takes the patch of a file away before the next frame, as one that fails: its last good version comes
--- back, if there is another one; what was taken away stays so until the file is edited. Returns whether
--- it was in effect.
function inspector.take_back(file)
   refuse_patches "take_back"
   return patchset.take_back(file, "taken away at the console")
end

--- Switches the functions of a file's patch off, or on again: calls pass them over, its listeners hear
--- nothing, all else of it stays. A version that comes later is on. Returns whether it is in effect.
function inspector.switch(file, on)
   refuse_patches "switch"
   return patchset.switch(file, on == true)
end

--- Whether calls of patches are timed, from the next frame on: then inspector.patches() tells the seconds
--- of a call, with what it calls. Calls cost more meanwhile, and the same as before afterwards.
function inspector.measure(on)
   refuse_patches "measure"
   patchset.measure(on == true)
end

return inspector
