-- The inspector: what a console in the game may do and patches may not. The game's own scripts get it by
-- require "inspector", if the host wants one (MpVmOptions.inspector).

local core, import = ...

local class = import "class"
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

--- An environment of its own for every line, so that one which runs without end is stopped after the
--- time that a patch has, and what it leaves behind is told from the game.
local function environment()
   local own = setmetatable({}, SCOPE)
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

local function compile(text)
   if #text > LIMIT then return nil, ("console: %d bytes at most"):format(LIMIT) end
   local scope = environment()
   local chunk = sandbox.compile("return " .. text, CHUNK, scope)
   if chunk then return chunk end
   return sandbox.compile(text, CHUNK, scope)
end

local function finish(ok, ...)
   if not ok then stop.take() end
   return ok, ...
end

--- Runs a line, which may be an expression, in the game's environment. Returns true and its results, or
--- false and why not. Raises when a patch is the one that asks.
function inspector.evaluate(text)
   if type(text) ~= "string" then core.raise(("inspector.evaluate: string expected, got %s"):format(core.describe(text))) end
   refuse_patches "evaluate"
   local chunk, why = compile(text)
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

--- All patches that there were, as mp_patch_each() tells of them.
function inspector.patches() return patchset.list() end

--- Takes the patch of a file away before the next frame, as one that fails: its last good version comes
--- back, if there is another one; what was taken away stays so until the file is edited. Returns whether
--- it was in effect.
function inspector.take_back(file)
   refuse_patches "take_back"
   return patchset.take_back(file, "taken away at the console")
end

return inspector
