-- What a patch overrides: finds the calls of patch.override, patch.before and patch.after, tells which
-- of them name no function, and makes known what their functions get.

local _, import = ...

local api_of = import "api"
local known = import "known"
local syntax = import "syntax"

local targets = {}

---@class Override
---@field mode string     "override", "before" or "after"
---@field node table      the call
---@field f table         what the manifest says of the function; nil: it is one of a Lua table
---@field class string    nil for static functions
---@field body table      the Function node; nil: it is not there to see

local MODES = { override = true, before = true, after = true }

--- The word of patch.word in a call; nil: it is no such call.
function targets.word(file, call)
   local func = call.func
   if not func or func.kind ~= "Index" or func.key.kind ~= "String" then return nil end
   local object = known.of(file.api, func.object)
   return object and object.type == "module" and object.name == "patch" and func.key.value or nil
end

-- ---- what is wrong with a target --------------------------------------------------------------

--- Why `name` of an owner that is in the manifest is no target.
local function why_unknown(api, owner, name)
   local member, whose = api:member(owner.name, name)
   if member and (member.getter or member.setter) and not member.func then
      return ('%s.%s is a property: override "get %s" or "set %s"'):format(owner.name, name, name, name)
   elseif member and member.property then
      return ("%s.%s is a plain member: no code runs when it is read or written, so there is nothing to override")
         :format(owner.name, name)
   elseif member and member.func and whose ~= owner then
      return ("%s inherits %s from %s: override it there, native.%s"):format(owner.name, name, whose.name, whose.name)
   end
   for above in api:lineage(owner.base) do
      if above.functions[name] then
         return ("%s inherits %s from %s: override it there, native.%s"):format(owner.name, name, above.name, above.name)
      end
   end
   return ("%s has no function %q%s"):format(owner.name, name, api_of.suggest(name, owner.functions))
end

local WHY_ONLY = {
   after = "the constructor always runs: patch.after(native.%s, %q, function(self, ...) ... end)",
   before = "the destructor always runs: patch.before(native.%s, %q, function(self) ... end)",
}

local function why_not_in_mode(f, mode)
   for _, allowed in ipairs(f.modes) do
      if allowed == mode then return nil end
   end
   local only = f.modes[1]
   return ("patch.%s: " .. WHY_ONLY[only]):format(mode, f.owner, f.name)
end

local function check_native(file, override, owner, name_node)
   local thing = known.of(file.api, name_node)
   local name = thing and thing.type == "string" and thing.value
   if not name then return end
   local f = owner.functions[name]
   local why = f and why_not_in_mode(f, override.mode) or not f and why_unknown(file.api, owner, name)
   if why then file.report("target", name_node, "%s", why) end
   override.f = f
   override.class = f and f.kind ~= "static" and owner.name or nil
   if f then file.use(f, name_node, ("%s.%s"):format(owner.name, name)) end
end

local NO_OWNER = {
   ["nil"] = true, boolean = true, number = true, string = true, ["function"] = true, native = true, object = true,
   enum = true,
}

local function check_owner(file, override, owner_node, name_node)
   local owner = known.of(file.api, owner_node)
   if not owner then return end
   if owner.type == "owner" then
      check_native(file, override, owner.owner, name_node)
   elseif owner.type == "module" and owner.name == "patch" or NO_OWNER[owner.type] then
      file.report("target", owner_node, "patch.%s: a class such as native.Enemy, or a module's table, expected, got %s",
         override.mode, owner.type == "module" and "patch itself" or known.describe(owner))
   end
end

-- ---- what the body gets -----------------------------------------------------------------------

--- What the body of an override gets, in order: {name, type or thing}.
function targets.expected(api, override)
   local f, list = override.f, {}
   if override.mode == "override" then
      list[1] = { name = "original", thing = { type = "function", f = f, takes_self = override.class ~= nil } }
   end
   if override.class then list[#list + 1] = { name = "self", thing = { type = "object", class = override.class } } end
   for _, parameter in ipairs(f.parameters) do
      list[#list + 1] = { name = parameter.name, thing = known.of_type(api, parameter.type) }
   end
   return list
end

local function make_known(file, override)
   local expected = targets.expected(file.api, override)
   for index, variable in ipairs(override.body.parameters) do
      local what = expected[index]
      if what and #variable.writes == 0 then variable.known = what.thing end
   end
end

local function body_of(file, node)
   local thing = node and known.of(file.api, node)
   if thing and thing.type ~= "function" then
      file.report("target", node, "a function expected, got %s", known.describe(thing))
   end
   return thing and thing.node
end

local function note(file, call, mode)
   local owner_node, name_node, body_node = unpack(call.arguments)
   local override = { mode = mode, node = call }
   if not owner_node or not name_node or not body_node then
      local last = call.arguments[#call.arguments]
      if last and (last.kind == "Vararg" or last.kind == "Call" or last.kind == "Invoke") then return end
      file.report("target", call,
         "patch.%s takes an owner, a name and a function: patch.%s(native.Enemy, \"damage\", function(...) end)", mode, mode)
      return
   end
   check_owner(file, override, owner_node, name_node)
   override.body = body_of(file, body_node)
   file.overrides[#file.overrides + 1] = override
   if override.body then
      override.body.override = override
      if override.f then make_known(file, override) end
   end
end

--- Fills file.patch_calls.
function targets.calls(file)
   syntax.walk(file.tree.main, {
      Call = function(call, func)
         local word = targets.word(file, call)
         if word then file.patch_calls[#file.patch_calls + 1] = { word = word, node = call, func = func } end
      end,
      Invoke = function(call)
         local object = known.of(file.api, call.object)
         if object and object.type == "module" and object.name == "patch" then
            file.report("target", call, "patch.%s is called with a dot: patch.%s(...)", call.name, call.name)
         end
      end,
   })
end

--- Fills file.overrides.
function targets.find(file)
   for _, call in ipairs(file.patch_calls) do
      if MODES[call.word] then note(file, call.node, call.word) end
   end
end

return targets
