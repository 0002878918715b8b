-- What a text does with the classes of C: names that do not exist, arguments that do not fit.

local _, import = ...

local api_of = import "api"
local known = import "known"
local syntax = import "syntax"

-- ---- arguments --------------------------------------------------------------------------------

--- How many arguments C insists on.
local function fewest(parameters)
   for index = #parameters, 1, -1 do
      if not parameters[index].optional then return index end
   end
   return 0
end

local function check_count(file, f, where, node, given, spread)
   local needed, most = fewest(f.parameters), #f.parameters
   local bound = needed == most and ("%d"):format(most) or ("%d to %d"):format(needed, most)
   if given < needed and not spread then
      file.report("arguments", node, "%s takes %s argument%s, %d given: %s", where, bound, bound == "1" and "" or "s",
         given, f.signature)
   elseif given > most and not f.rest then
      file.report("arguments", node, "%s takes %s argument%s, %d given: %s", where, most == 0 and "no" or bound,
         bound == "1" and "" or "s", given, f.signature)
   end
end

local check_value

--- The entries of a table that stands for a value, options or properties: C refuses keys it does not know.
local function check_entries(file, fields, where, node)
   local by_name = {}
   for _, field in ipairs(fields) do by_name[field.name] = field end
   for index, key in ipairs(node.keys) do
      local field = key and by_name[key.value]
      if field then
         check_value(file, where, field.name, field.type, node.values[index])
      elseif key and key.kind == "String" then
         file.report("arguments", key, "%s: unknown key %q%s", where, key.value, api_of.suggest(key.value, by_name))
      end
   end
end

--- A value of type `words` for something that is called `name`.
function check_value(file, where, name, words, node, f)
   local thing = known.of(file.api, node)
   if known.mismatch(file.api, words, thing) then
      file.report("arguments", node, "%s: %s: %s expected, got %s", where, name, words, known.describe(thing))
   elseif node.kind == "Table" then
      local fields = known.fields(file.api, words, f)
      if fields then check_entries(file, fields, where .. ": " .. name, node) end
   end
end

local function check_values(file, f, where, arguments, first)
   for index, parameter in ipairs(f.parameters) do
      local node = arguments[first + index - 1]
      local thing = node and known.of(file.api, node)
      if thing and thing.type == "nil" and not parameter.optional then
         file.report("arguments", node, "%s: %s: %s expected, got nil", where, parameter.name, parameter.type)
      elseif node then
         check_value(file, where, parameter.name, parameter.type, node, f)
      end
   end
end

local SPREADS = { Call = true, Invoke = true, Vararg = true }

--- Arguments from `first` on, against what a function of C takes.
local function check_arguments(file, f, node, first)
   local where, arguments = ("%s.%s"):format(f.owner, f.name), node.arguments
   local last = arguments[#arguments]
   local spread = last ~= nil and SPREADS[last.kind] == true
   local given = #arguments - first + 1
   if given < 0 and not spread then
      file.report("arguments", node, "%s needs its object: call it as object:%s(...)", where, f.name)
      return
   end
   check_count(file, f, where, node, spread and given - 1 or given, spread)
   check_values(file, f, where, arguments, first)
end

local function check_self(file, f, node)
   local first = node.arguments[1]
   local thing = first and known.of(file.api, first)
   if thing and known.mismatch(file.api, f.owner, thing) then
      file.report("arguments", first, "%s.%s: %s expected as its object, got %s", f.owner, f.name, f.owner,
         known.describe(thing))
   end
end

-- ---- members ----------------------------------------------------------------------------------

local QUESTIONS = { is = true, cast = true }

local function check_native_name(file, node, name)
   local api = file.api
   if api:native(name) then return end
   -- What the program itself puts there with mp_vm_set_root() is in no manifest, and not a class.
   local hint = name:find "^%u" and api_of.suggest(name, api.owners, api.values, api.enums, api.roots)
      or api_of.near(name, api.roots)
   if hint == "" then hint = ", as far as these manifests know: name that of its module with --against" end
   if hint then file.report("member", node, "native has no %q%s", name, hint) end
end

local function check_enum_name(file, enum, node, name)
   local names = {}
   for _, member in ipairs(enum.members) do
      names[member.name] = member
      if member.name == name then file.use(member, node, ("%s.%s"):format(enum.name, name)) end
   end
   if not names[name] then file.report("member", node, "%s has no %q%s", enum.name, name, api_of.suggest(name, names)) end
end

local function check_static(file, owner, node, name)
   local member, whose = file.api:member(owner.name, name)
   if QUESTIONS[name] and owner.kind == "class" then return end
   if member and member.func then
      file.use(member.func, node, ("%s.%s"):format(whose.name, name))
   elseif member then
      file.report("member", node, "%s.%s is a property of an object, not of the class", owner.name, name)
   else
      file.report("member", node, "%s has no function %q%s", owner.name, name, api_of.suggest(name, owner.functions))
   end
end

--- Names of an object that is no member: scripts may attach fields of any name, so only one that
--- nobody in this file writes to, and that looks like a member, is told.
local function check_object_name(file, object, node, name)
   local member, whose = file.api:member(object.class, name)
   if member then
      local used = member.property or member.func or member.getter or member.setter
      file.use(used, node, ("%s.%s"):format(whose.name, name))
   elseif not file.fields[name] then
      local hint = api_of.near(name, file.api:members(object.class))
      if hint then file.report("member", node, "%s has no %q%s", object.class, name, hint) end
   end
end

local function check_index(file, node)
   if node.key.kind ~= "String" then return end
   local object, name = known.of(file.api, node.object), node.key.value
   if not object then return end
   if object.type == "native" then
      check_native_name(file, node.key, name)
      local owner = file.api.owners[name] or file.api.enums[name] or file.api.values[name]
      if owner then file.use(owner, node.key, "native." .. name) end
   elseif object.type == "enum" then
      check_enum_name(file, object.enum, node.key, name)
   elseif object.type == "owner" then
      check_static(file, object.owner, node.key, name)
   elseif object.type == "object" then
      check_object_name(file, object, node.key, name)
   end
end

-- ---- calls and assignments --------------------------------------------------------------------

local function check_call(file, node)
   local thing = known.of(file.api, node.func)
   local f = thing and thing.f
   if not f then return end
   if thing.takes_self then check_self(file, f, node) end
   check_arguments(file, f, node, thing.takes_self and 2 or 1)
end

local function check_invoke(file, node)
   local object = known.of(file.api, node.object)
   if not object then return end
   if object.type == "object" then
      check_object_name(file, object, node, node.name)
      local member = file.api:member(object.class, node.name)
      if member and member.func then check_arguments(file, member.func, node, 1) end
   elseif object.type == "owner" then
      file.report("arguments", node, "%s.%s is called with a dot: native.%s.%s(...)", object.owner.name, node.name,
         object.owner.name, node.name)
   end
end

local function check_assignment(file, target, value)
   if target.kind ~= "Index" or target.key.kind ~= "String" then return end
   local object, name = known.of(file.api, target.object), target.key.value
   if object and (object.type == "owner" or object.type == "native") then
      file.report("property", target, "native tables are read only; use patch.override to change what a function does")
   end
   local member = object and object.type == "object" and file.api:member(object.class, name)
   if not member then return end
   local typed = member.property or member.setter and member.setter.parameters[1]
   local where = ("%s.%s"):format(object.class, name)
   if member.func then
      file.report("property", target, "%s is a method: patch.override(native.%s, %q, ...) changes it for all objects",
         where, object.class, name)
   elseif not typed or typed.readonly then
      file.report("property", target, "%s is read only", where)
   else
      local thing = value and known.of(file.api, value)
      if known.mismatch(file.api, typed.type, thing) then
         file.report("property", value, "%s: %s expected, got %s", where, typed.type, known.describe(thing))
      end
   end
end

--- Names of fields that the file writes: object.name = ...
local function fields_written(tree)
   local fields = {}
   syntax.walk(tree.main, {
      Assign = function(node)
         for _, target in ipairs(node.targets) do
            if target.kind == "Index" and target.key.kind == "String" then fields[target.key.value] = true end
         end
      end,
   })
   return fields
end

return function(file)
   file.fields = fields_written(file.tree)
   syntax.walk(file.tree.main, {
      Index = function(node) check_index(file, node) end,
      Call = function(node) check_call(file, node) end,
      Invoke = function(node) check_invoke(file, node) end,
      Assign = function(node)
         for index, target in ipairs(node.targets) do check_assignment(file, target, node.values[index]) end
      end,
   })
end
