-- The bridge's Lua half, put together. Returns the functions that C calls by name.

local core, chunks, seed = ...

local loaded = {}

-- What runs only when patches and modules come and go is never compiled: that would gain nothing, and
-- the LuaJIT of Debian 12 compiles these wrongly after some thousand rounds.
local COLD = {
   listing = true, module = true, patchset = true, recorder = true, registry = true, requirement = true, staging = true,
   transaction = true,
}

--- Loads a file of these folders once, by its name without the folder. Every file gets `core` (C
--- functions) and `import`.
local function import(name)
   if loaded[name] == nil then
      if COLD[name] then jit.off(chunks[name], true) end
      loaded[name] = chunks[name](core, import)
   end
   return loaded[name]
end

-- LuaJIT 2.1.0-beta3, which Debian 12 has, must not compile next() and loops over pairs(): rounds would be missing, or the
-- program would die. It compiles no function of C; see docs/adr/0008.
if core.jit and jit.version == "LuaJIT 2.1.0-beta3" then
   local uncompiled = core.next
   next = uncompiled
   function pairs(t) return uncompiled, t, nil end
end

math.randomseed(seed)
pcall(function() require("jit.opt").start("maxtrace=4000", "maxmcode=8192") end)

local budget = import "budget"
local callback = import "callback"
local class = import "class"
local convert = import "convert"
local event = import "event"
local field = import "field"
local layer = import "layer"
local loader = import "loader"
local module = import "module"
local patchset = import "patchset"
local reload = import "reload"

if core.inspector then loader.builtin.inspector = import "inspector" end
loader.builtin.misuse = import("suggest").misuse

-- Strings answer to the copies that scripts get, and to nothing else.
local strings = getmetatable("")
strings.__index = import("sandbox").string
strings.__metatable = false

return {
   register = module.register,
   unregister = module.unregister,
   settle = module.settle,
   suggest_method = import("suggest").method,
   suggest_field = import("misspelt").field,
   mismatch = import("object").mismatch,
   users = module.users,
   modules = loader.loaded,
   set_root = class.set_root,
   environment = import("loader").environment,
   require = loader.require,
   function_of = loader.function_of,
   failed = layer.failed,
   escaped = layer.escaped,
   owners = import("owner").tokens,
   bereaved = layer.bereaved,
   refusal = import("hold").refusal,
   callback_failed = callback.failed,
   integer_kind = convert.integer_kind,
   int64_at = convert.int64_at,
   uint64_at = convert.uint64_at,
   from_place = convert.from_place,
   to_place = convert.to_place,
   begin_change = patchset.begin,
   proceed = patchset.proceed,
   list = patchset.list,
   holdings = import "holding",
   look = budget.look,
   reload = reload.follow,
   census = reload.census,
   script_paths = reload.paths,
   step = function()
      budget.step()
      field.sweep()
      event.sweep()
      return patchset.step()
   end,
}
