-- The API manifest of a module: what patches are checked against, what people read, and what a
-- later version is compared with. It says nothing of the machine that made it.

local comment = require "comment"
local lua_side = require "lua_side"
local module = require "module"
local types = require "types"

local manifest = {}

manifest.FORMAT, manifest.VERSION = "moonpatch-api", 2

local POINTS = { object = true, string = true, bytes = true }

--- Whether what C gives may be nil, by what its comment says.
local function may_be_nil(t, doc) return (POINTS[t.kind] and comment.may_be_nil(doc)) or nil end

--- What patches may do with a function; see bridge/lua/patches/recorder.lua.
local MODES = { constructor = { "after" }, destructor = { "before" } }
local ALL_MODES = { "override", "before", "after" }

--- Whether a table after the parameters sets properties of the object that is made.
function manifest.takes_properties(f) return f.kind == "constructor" and not lua_side.takes_options(f) end

local function parameters_of(f, told)
   local list = {}
   for index, parameter in ipairs((types.passed(f))) do
      if index > 1 or not types.has_self(f) then
         local note, default = told.parameters[parameter.name], parameter.default
         list[#list + 1] = {
            name = parameter.name, type = types.words(parameter.type), default = default and default.lua,
            optional = (parameter.optional or default) and true or nil,
            unit = note and comment.unit(note) or comment.parameter_unit(told.text, parameter.name),
            note = note or comment.note(told.text, parameter.name),
         }
      end
   end
   if manifest.takes_properties(f) then
      list[#list + 1] = {
         name = "properties", type = "table of properties", optional = true, note = "Properties to set: `{ name = value }`",
      }
   end
   return list
end

--- What a function gives when it does not fail: its result, and what it writes to its parameters.
local function results_of(f, told)
   local list = {}
   if f.result.kind ~= "void" then
      local words = types.words(f.result)
      list[1] = {
         type = words, unit = comment.value_unit(told.returns or told.text, words), note = told.returns,
         optional = may_be_nil(f.result, f.doc),
      }
   end
   local _, written = types.passed(f)
   for _, parameter in ipairs(written) do
      list[#list + 1] = {
         name = parameter.name, type = types.words(parameter.type), note = told.parameters[parameter.name],
         unit = comment.parameter_unit(told.text, parameter.name), optional = may_be_nil(parameter.type, f.doc),
      }
   end
   return list
end

local function function_entry(f)
   local told = comment.parts(f.doc)
   return {
      name = f.name, kind = f.kind, c = f.c_name, header = f.header, signature = module.signature(f),
      parameters = parameters_of(f, told), results = results_of(f, told), fails = f.fails or false, rest = f.rest or false,
      leaf = f.leaf or false, event = f.event or false, meta = f.meta, patchable = true, modes = MODES[f.kind] or ALL_MODES, since = f.since, deprecated = f.deprecated or told.deprecated,
      doc = told.text,
   }
end

--- A function that scripts pass to C.
local function callback_entry(f)
   local told = comment.parts(f.doc)
   return {
      name = f.name, c = f.c_name, header = f.header, signature = module.signature(f), since = f.since,
      deprecated = f.deprecated or told.deprecated, parameters = parameters_of(f, told), results = results_of(f, told),
      fails = f.fails or false, rest = f.rest or false, doc = told.text,
   }
end

local WHY_NOT = "plain member: no code runs when it is read or written"

local function property_entry(property)
   local words, told = types.words(property.type), comment.parts(property.doc)
   local in_place = property.type.kind == "array" or nil
   return {
      name = property.name, type = words, unit = comment.value_unit(told.text, words),
      optional = may_be_nil(property.type, property.doc), readonly = property.readonly or false,
      in_place = in_place, patchable = false, why = WHY_NOT, since = property.since,
      deprecated = property.deprecated or told.deprecated, doc = told.text,
   }
end

local function class_entry(class)
   local told, properties = comment.parts(class.doc), {}
   for index, property in ipairs(class.properties) do properties[index] = property_entry(property) end
   return {
      name = class.name, kind = "class", c = class.c_name, base = class.base_name, root = class.root, shared = class.shared or false,
      header = class.header, since = class.since, deprecated = class.deprecated or told.deprecated, doc = told.text,
      properties = properties, functions = {},
   }
end

--- Whether values can be reckoned with: all that they are made of are numbers.
local function is_arithmetic(value)
   for _, scalar in ipairs(types.scalars(value.fields)) do
      if scalar.type.kind == "bool" then return false end
   end
   return true
end

local function value_entry(value)
   local fields = {}
   for index, field in ipairs(value.fields) do
      local words = types.words(field.type)
      fields[index] = { name = field.name, type = words, unit = comment.value_unit(field.doc, words), doc = field.doc }
   end
   return {
      name = value.name, c = value.c_name, header = value.header, since = value.since, deprecated = value.deprecated,
      doc = value.doc, fields = fields, arithmetic = is_arithmetic(value),
   }
end

local function options_entry(options)
   local fields = {}
   for index, field in ipairs(options.fields) do
      local words = types.words(field.type)
      fields[index] = {
         name = field.name, type = words, default = field.default and field.default.lua, since = field.since,
         unit = comment.value_unit(field.doc, words), deprecated = field.deprecated, doc = field.doc,
      }
   end
   return {
      name = options.name, c = options.c_name, header = options.header, since = options.since,
      deprecated = options.deprecated, doc = options.doc, fields = fields,
   }
end

local function enum_entry(enum)
   local members = {}
   for index, member in ipairs(enum.members) do
      members[index] = {
         name = member.name, c = member.c_name, value = member.value, since = member.since,
         deprecated = member.deprecated, doc = member.doc,
      }
   end
   return {
      name = enum.name, c = enum.c_name, flags = enum.flags, header = enum.header, since = enum.since,
      deprecated = enum.deprecated, doc = enum.doc, members = members,
   }
end

local function each(list, make)
   local made = {}
   for index, entry in ipairs(list) do made[index] = make(entry) end
   return made
end

--- The manifest of a merged module at that level.
function manifest.of(merged, level)
   local owners, by_name = each(merged.classes, class_entry), {}
   for _, owner in ipairs(owners) do by_name[owner.name] = owner end
   for _, f in ipairs(merged.functions) do
      local owner = by_name[f.owner]
      if not owner then
         owner = { name = f.owner, kind = "namespace", header = f.header, since = f.since }
         owner.functions, owner.properties = {}, {}
         by_name[f.owner] = owner
         owners[#owners + 1] = owner
      end
      owner.since = owner.kind == "namespace" and math.min(owner.since, f.since) or owner.since
      owner.functions[#owner.functions + 1] = function_entry(f)
   end
   return {
      format = manifest.FORMAT, version = manifest.VERSION, module = merged.name, level = level, owners = owners,
      values = each(merged.values, value_entry), options = each(merged.options, options_entry),
      enums = each(merged.enums, enum_entry), callbacks = each(merged.callbacks, callback_entry),
   }
end

return manifest
