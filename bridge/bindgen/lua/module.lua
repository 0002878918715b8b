-- A module: the APIs of its headers merged, checked as a whole, and seen from all sides that the
-- templates need.

local lua_side = require "lua_side"
local metamethods = require "metamethods"
local types = require "types"

local module = {}

local function append_all(target, source, header)
   for _, entry in ipairs(source) do
      entry.header = header
      target[#target + 1] = entry
   end
end

--- The entries in an order in which those that `needs(entry)` lists by C name stand before it.
local function sorted_by_need(entries, needs)
   local by_name, done, sorted = {}, {}, {}
   for _, entry in ipairs(entries) do by_name[entry.c_name] = entry end
   local function place(entry)
      if done[entry] then return end
      done[entry] = true
      for _, c_name in ipairs(needs(entry)) do
         if by_name[c_name] then place(by_name[c_name]) end
      end
      sorted[#sorted + 1] = entry
   end
   for _, entry in ipairs(entries) do place(entry) end
   return sorted
end

local function bases_first(classes)
   return sorted_by_need(classes, function(class) return { class.base } end)
end

local function members_first(values)
   return sorted_by_need(values, function(value)
      local needed = {}
      for _, field in ipairs(value.fields) do needed[#needed + 1] = field.type.c_name end
      return needed
   end)
end

--- Merges the APIs of a module's headers.
function module.merge(name, apis)
   local merged = { name = name, classes = {}, values = {}, options = {}, enums = {}, callbacks = {}, functions = {} }
   for _, api in ipairs(apis) do
      local header = api.path or api.header
      append_all(merged.classes, api.classes, header)
      append_all(merged.values, api.values, header)
      append_all(merged.options, api.options, header)
      append_all(merged.enums, api.enums, header)
      append_all(merged.callbacks, api.callbacks, header)
      append_all(merged.functions, api.functions, header)
   end
   merged.classes = bases_first(merged.classes)
   merged.values = members_first(merged.values)
   return merged
end

local function declared_twice(name, entry, first)
   local note = {
      severity = "note", file = first.file, line = first.line, column = first.column, text = "the first one is here",
   }
   return {
      file = entry.file, line = entry.line, column = entry.column, text = ("%s is declared already"):format(name),
      way_out = "rename one of them", notes = { note },
   }
end

local function check_types(merged, faults)
   local seen = {}
   for _, list in ipairs { merged.classes, merged.values, merged.options, merged.enums, merged.callbacks } do
      for _, entry in ipairs(list) do
         local first = seen[entry.name]
         if first then faults[#faults + 1] = declared_twice(entry.name, entry, first) end
         seen[entry.name] = first or entry
      end
   end
end

local PARTNER = { getter = "setter", setter = "getter" }

--- Only a getter and a setter share a name.
local function check_members(merged, faults)
   local seen = {} -- {["Owner.name"] = {{kind, entry}, ...}}
   local function claim(owner, kind, entry)
      local name = ("%s.%s"):format(owner, entry.name)
      seen[name] = seen[name] or {}
      for _, other in ipairs(seen[name]) do
         if other.kind ~= PARTNER[kind] then
            faults[#faults + 1] = declared_twice(name, entry, other.entry)
            return
         end
      end
      table.insert(seen[name], { kind = kind, entry = entry })
   end
   for _, class in ipairs(merged.classes) do
      for _, property in ipairs(class.properties) do claim(class.name, "property", property) end
   end
   for _, f in ipairs(merged.functions) do claim(f.owner, f.kind, f) end
end

local function check_patchable(merged, faults)
   local has_method = {}
   for _, f in ipairs(merged.functions) do has_method[f.owner] = true end
   for _, class in ipairs(merged.classes) do
      if not has_method[class.name] and not class.opaque then
         faults[#faults + 1] = {
            file = class.file, line = class.line, column = class.column,
            text = ("class %s has no method, so nothing of it can be patched"):format(class.name),
            way_out = "declare an MP_METHOD, or say that it is meant with `MP_CLASS MP_OPAQUE`",
         }
      end
   end
end

--- Defaults of enums are members of them. Enums of other modules are not known here.
local function check_defaults(merged, faults)
   local members = {}
   for _, enum in ipairs(merged.enums) do
      members[enum.c_name] = {}
      for _, member in ipairs(enum.members) do members[enum.c_name][member.c_name] = true end
   end
   local function check(place, what, entry)
      local known = entry.default and members[entry.type.c_name]
      if known and not known[entry.default.c] then
         faults[#faults + 1] = {
            file = place.file, line = place.line, column = place.column,
            text = ("%s '%s': %s is no member of %s"):format(what, entry.name, entry.default.c, entry.type.name),
            way_out = "give the name of a member",
         }
      end
   end
   for _, f in ipairs(merged.functions) do
      for _, parameter in ipairs(f.parameters) do check(f, f.c_name .. ": parameter", parameter) end
   end
   for _, options in ipairs(merged.options) do
      for _, field in ipairs(options.fields) do check(field, options.name .. ": member", field) end
   end
end

--- What cannot be seen in one header alone; returns the faults.
function module.check(merged)
   local faults = {}
   check_types(merged, faults)
   check_members(merged, faults)
   check_patchable(merged, faults)
   check_defaults(merged, faults)
   metamethods.check(merged, function(place, way_out, format, ...)
      faults[#faults + 1] = {
         file = place.file, line = place.line, column = place.column, text = format:format(...), way_out = way_out,
      }
   end)
   return faults
end

--- What the Lua half needs of the types that `each(visit)` visits, with the parameters' roles: the
--- names of enums, flags, values and classes, and the types that need a converter.
local function used_types(each)
   local used = { enum = {}, flags = {}, value = {}, object = {}, converters = {} }
   local seen = {}
   local function note(list, key, entry)
      if list and not seen[key] then
         seen[key] = true
         list[#list + 1] = entry
      end
   end
   each(function(t, role)
      note(used[t.kind], t.name, t.name)
      if t.kind ~= "void" and (role or not types.is_direct(t)) then note(used.converters, lua_side.converter(t), t) end
   end)
   return used
end

--- The same for the properties of a class.
function module.used_by_class(class)
   return used_types(function(visit)
      for _, property in ipairs(class.properties) do
         visit(property.type)
         if property.type.kind == "array" then visit(property.type.element, "element") end
      end
   end)
end

--- The same for a function or a callback.
function module.used_by_function(f)
   return used_types(function(visit)
      visit(f.result)
      for _, parameter in ipairs(f.parameters) do visit(parameter.type, parameter.role) end
   end)
end

--- "Class_member" of every plain property.
function module.property_names(merged)
   local names = {}
   for _, class in ipairs(merged.classes) do
      for _, property in ipairs(class.properties) do names[#names + 1] = class.c_name .. "_" .. property.name end
   end
   return names
end

--- Lua's compiler refused what was generated of a module, saying `why`: a function may be larger than it
--- takes, or all of them together.
function module.too_large(merged, code, why)
   local line, reason = why:match "^.-:(%d+): (.*)$"
   local block
   local rest = tonumber(line)
   for text in code:gmatch "([^\n]*)\n" do
      block, rest = text:match "^do %-%- (.+)$" or block, rest - 1
      if rest == 0 then break end
   end
   for _, f in ipairs(merged.functions) do
      if ("%s.%s"):format(f.owner, f.name) == block and not reason:find "^main function" then
         return {
            file = f.file, line = f.line, column = f.column, text = ("%s is too large for Lua: %s"):format(f.c_name, reason),
            way_out = "give it fewer parameters",
         }
      end
   end
   return {
      file = "", text = ("module %s is too large for Lua: %s"):format(merged.name, reason), way_out = "make several modules of its headers",
   }
end

-- ---- for people --------------------------------------------------------------------------

local function parameter_words(parameter)
   local words = ("%s: %s"):format(parameter.name, types.words(parameter.type))
   if parameter.default then return ("%s = %s"):format(words, parameter.default.lua) end
   return parameter.optional and words .. "?" or words
end

--- A function as a person reads it: "damage(amount: number): number".
function module.signature(f)
   local parameters, results = {}, {}
   local passed, returned = types.passed(f)
   for index, parameter in ipairs(passed) do
      if index > 1 or not types.has_self(f) then parameters[#parameters + 1] = parameter_words(parameter) end
   end
   if f.rest then parameters[#parameters + 1] = "..." end
   if f.result.kind ~= "void" then results[1] = types.words(f.result) end
   for _, parameter in ipairs(returned) do results[#results + 1] = parameter_words(parameter) end
   return ("%s(%s)%s"):format(f.name, table.concat(parameters, ", "),
      #results > 0 and ": " .. table.concat(results, ", ") or "")
end

return module
