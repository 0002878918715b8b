-- What a patch file gets as require "patch": it writes down what the file wants, checks each wish
-- against what there is, and changes nothing.

local core, import = ...

local class = import "class"
local layer = import "layer"
local loader = import "loader"
local requirement = import "requirement"
local suggest = import "suggest"

local recorder = {}

local function check_function(word, body)
   if type(body) ~= "function" then
      core.raise(("patch.%s: function expected, got %s"):format(word, core.describe(body)))
   end
end

local function unknown(owner, name)
   local names = class.function_names(owner)
   local member = owner.class and owner.class.members[name]
   if owner.functions["get " .. tostring(name)] or owner.functions["set " .. tostring(name)] then
      core.raise(('%s.%s is a property: override "get %s" or "set %s"'):format(owner.name, name, name, name))
   elseif member ~= nil then
      core.raise(("%s.%s is a plain member: no code runs when it is read or written, so there is nothing to override")
         :format(owner.name, name))
   end
   core.raise(("%s has no function %q%s"):format(owner.name, tostring(name), suggest(name, names)))
end

local function native_target(owner, name)
   local method, inherited = class.find(owner, name)
   if method then return layer.native_target(method) end
   if inherited then
      core.raise(("%s inherits %s from %s: override it there, native.%s"):format(
         owner.name, name, inherited.owner.name, inherited.owner.name))
   end
   unknown(owner, name)
end

local function table_target(owner, name)
   local body = rawget(owner, name)
   local where = ("%s.%s"):format(loader.name_of(owner) or "table", tostring(name))
   if type(body) ~= "function" then
      local names = {}
      for key, member in pairs(owner) do
         if type(key) == "string" and type(member) == "function" then names[#names + 1] = key end
      end
      table.sort(names)
      core.raise(("the table has no function %q%s"):format(tostring(name), suggest(name, names)))
   end
   return layer.table_target(owner, name, where)
end

-- An object must not be half made or half ended: its own constructor and destructor always run.
local ONLY = {
   constructor = { mode = "after", why = "the constructor always runs: patch.after(native.%s, %q, function(self, ...) ... end)" },
   destructor = { mode = "before", why = "the destructor always runs: patch.before(native.%s, %q, function(self) ... end)" },
}

local function check_mode(mode, target)
   local method = target.method
   local only = method and ONLY[method.kind]
   if only and only.mode ~= mode then
      core.raise(("patch.%s: " .. only.why):format(mode, method.owner.name, method.name))
   end
end

local function claim(target)
   if target.method and not core.claim(target.method.pointer) then
      core.raise(("%s is patched by another Lua machine of this process"):format(target.where))
   end
end

local function find_target(word, owner, name, module)
   if owner == module then core.raise(("patch.%s is called with a dot: patch.%s(native.Enemy, ...)"):format(word, word)) end
   local native_owner = type(owner) == "table" and class.owner_of(owner)
   if native_owner then return native_target(native_owner, name) end
   if type(owner) == "table" and owner ~= class.native then return table_target(owner, name) end
   local hint = owner == nil and suggest.misspelt_native() or ""
   core.raise(("patch.%s: a class such as native.Enemy, or a module's table, expected, got %s%s"):format(
      word, core.describe(owner), hint))
end

local INFO = {
   id = "string", version = "number", author = "string", description = "string", requires = "table",
   conflicts = "table",
}

local LONGEST_ID = 64

local function check_info(info)
   if type(info) ~= "table" then core.raise("patch.info: table expected, got " .. core.describe(info)) end
   local names = {}
   for key in pairs(INFO) do names[#names + 1] = key end
   table.sort(names)
   for key, entry in pairs(info) do
      if not INFO[key] then
         core.raise(("patch.info: unknown key %q%s"):format(tostring(key), suggest(key, names)))
      elseif type(entry) ~= INFO[key] then
         core.raise(("patch.info: %s: %s expected, got %s"):format(key, INFO[key], core.describe(entry)))
      end
   end
   if info.id and (#info.id > LONGEST_ID or not info.id:find("^[%w][%w._-]*$")) then
      core.raise(('patch.info: id: at most %d letters, digits, ".", "_" and "-" expected, got %q'):format(
         LONGEST_ID, info.id:sub(1, LONGEST_ID)))
   end
end

local ON_ERROR = { original = true, default = true, raise = true }

--- What is to happen when the function fails: nil for the layer below.
local function read_on_error(mode, options)
   if options == nil then return nil end
   if type(options) ~= "table" or mode ~= "override" then
      core.raise(("patch.%s: %s"):format(mode, mode == "override" and "{ on_error = ... } expected, got " .. core.describe(options)
         or "too many arguments (3 expected)"))
   end
   for key, value in pairs(options) do
      if key ~= "on_error" then
         core.raise(('patch.override: unknown key %q (there is on_error)'):format(tostring(key)))
      elseif not ON_ERROR[value] then
         core.raise(('patch.override: on_error: "original", "default" or "raise" expected, got %s'):format(core.describe(value)))
      end
   end
   return options.on_error ~= "original" and options.on_error or nil
end

local function check_requires(requires)
   for id, range in pairs(requires) do
      if type(id) ~= "string" or not requirement.is_range(range) then
         core.raise(('patch.info: requires: { api = ">=1", ["other-patch"] = ">=2 <4" } expected, got %s for %s'):format(
            core.describe(range), tostring(id)))
      end
   end
end

local function check_conflicts(conflicts)
   for key, id in pairs(conflicts) do
      if type(key) ~= "number" or type(id) ~= "string" then
         core.raise(('patch.info: conflicts: a list of ids such as { "other-patch" } expected, got %s'):format(core.describe(id)))
      end
   end
end

local function check_test(name, func)
   if type(name) ~= "string" then core.raise("patch.test: its name, a string, expected first, got " .. core.describe(name)) end
   check_function("test", func)
end

local function check_migration(steps)
   if type(steps) ~= "table" then core.raise("patch.migrate: {up = ..., down = ...} expected, got " .. core.describe(steps)) end
   check_function("migrate: up", steps.up)
   check_function("migrate: down", steps.down)
end

--- A recorder for one patch: the module that the file sees, and a function that ends recording
--- and returns what was recorded: {info, layers, tests, migration}.
function recorder.new(patch)
   local recorded = { info = {}, layers = {}, tests = {} }
   local open = true
   local module = {}

   local function add(mode)
      return function(owner, name, body, options)
         if not open then core.raise(("patch.%s: only while the patch file is being loaded"):format(mode)) end
         local target = find_target(mode, owner, name, module)
         check_function(mode, body)
         check_mode(mode, target)
         local on_error = read_on_error(mode, options)
         claim(target) -- last: what is not recorded is not given up
         table.insert(recorded.layers, {
            patch = patch, target = target, mode = mode, body = body, calls = 0, errors = 0,
            on_error = on_error, ends = on_error == "default",
         })
      end
   end
   for mode in pairs(layer.MODES) do module[mode] = add(mode) end

   function module.info(info)
      check_info(info)
      check_requires(info.requires or {})
      check_conflicts(info.conflicts or {})
      recorded.info = info
   end

   function module.test(name, func)
      check_test(name, func)
      table.insert(recorded.tests, { name = name, func = func })
   end

   function module.migrate(steps)
      check_migration(steps)
      recorded.migration = { up = steps.up, down = steps.down }
   end

   return module, function()
      open = false
      return recorded
   end
end

return recorder
