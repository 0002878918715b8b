-- require: Lua modules from the game's files. Text only; a chunk is named after its file, so
-- tracebacks and debuggers tell the truth.

local core, import = ...

local class = import "class"
local sandbox = import "sandbox"
local traceback = core.traceback

local loader = {}

local LOADING = {} -- marks a module that is being loaded

--- The environment of the game's own scripts.
loader.environment = sandbox.new()

local loaded = {} -- {[name] = what the module returned}
loader.loaded = loaded

---@class Version  of a module's text that is in effect; see reload.lua
---@field name string
---@field path string
---@field text string
---@field chunk function    the text, compiled
---@field root Node?        its functions

--- The game's own modules, not patches'.
loader.versions = {} ---@type table<string, Version>

local function check_name(name)
   if type(name) ~= "string" or not name:find("^[%w_]+[%w_.]*$") or name:find("..", 1, true) then
      core.raise(('require: "folder.name" expected, got %s'):format(
         type(name) == "string" and ("%q"):format(name) or core.describe(name)))
   end
end

--- The files that a module may be, in the order in which they are looked for.
local function candidates(name, root)
   local path = name:gsub("%.", "/")
   return { root .. "scripts/" .. path .. ".lua", root .. "scripts/" .. path .. "/init.lua" }
end

--- What the chunk of a file is called: "@scripts/main.lua", or "=scripts/graphics.lua" of one of the host's library, which
--- is how C tells them apart.
function loader.chunk_name(path) return (core.is_library(path) and "=" or "@") .. path end

--- Text and path of a module below `root` ("" or "bundles/x@1/"); or nil and the paths tried.
--- `shown` is what people call the root: "x.zip/".
local function find(name, root, shown)
   local told = candidates(name, shown)
   for index, path in ipairs(candidates(name, root)) do
      local text, why, missing = core.read(path)
      if text then return text, told[index] end
      if not missing then error(("%s: %s"):format(told[index], why), 0) end
   end
   return nil, table.concat(told, ", ")
end

--- Text and path of a module of the game; or nil and the paths tried. Raises when it cannot be read.
function loader.find(name) return find(name, "", "") end

local running -- the path of the file that is being loaded

local function run(name, text, path, environment, into)
   local outer = running
   running = path
   core.staging(path)
   local chunk, why = sandbox.compile(text, loader.chunk_name(path), environment)
   if not chunk then
      running = outer
      error(why, 0)
   end
   into[name] = LOADING
   local ok, result = xpcall(chunk, traceback, name)
   running = outer
   if not ok then
      into[name] = nil
      error(result, 0)
   end
   if outer then core.staging(outer) end
   if result == nil then result = true end
   into[name] = result
   if into == loaded then loader.versions[name] = { name = name, path = path, text = text, chunk = chunk } end
   return result
end

local function get(name, from)
   local result = from[name]
   if result == LOADING then
      core.raise(("require: module %q requires itself, directly or through others"):format(name))
   end
   return result
end

--- Modules of the bridge that only the game's scripts get: {[name] = module}.
loader.builtin = {}

--- require of the game's scripts.
function loader.require(name)
   check_name(name)
   local result = loader.builtin[name] or get(name, loaded)
   if result ~= nil then return result end
   local text, path = find(name, "", "")
   if not text then core.raise(("require: no module %q (looked for %s)"):format(name, path)) end
   return run(name, text, path, loader.environment, loaded)
end

--- Forgets a module, as if it had not been loaded.
function loader.forget(name) loaded[name], loader.versions[name] = nil, nil end

--- A require for a patch. What lies in its own folder `root` is the patch's alone and goes with
--- it, and is called after its file; `builtin` are modules that the patch gets from the bridge. The game's
--- own come from `shared`, a require.
function loader.require_for(environment, root, file, builtin, shared)
   local own = {}
   return function(name)
      check_name(name)
      local result = builtin[name] or get(name, own)
      if result ~= nil then return result end
      if loader.builtin[name] then core.raise(("require: module %q is not for patches"):format(name)) end
      local text, path
      if root and loaded[name] == nil then text, path = find(name, root, file .. "/") end
      if text then return run(name, text, path, environment, own) end
      return shared(name)
   end
end

--- module.function, loading the module if need be; nil if it has no such function.
function loader.function_of(module, name)
   local content = loader.require(module)
   local found = type(content) == "table" and content[name]
   return type(found) == "function" and found or nil
end

--- The name under which a table was loaded as a module; nil if it was not.
function loader.name_of(content)
   for name, each in pairs(loaded) do
      if each == content then return name end
   end
end

loader.environment.require = loader.require
loader.environment.native = class.native

return loader
