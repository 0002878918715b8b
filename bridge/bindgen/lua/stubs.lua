-- What the template of the editor's stubs needs: declarations in the language server's annotations.
-- What comments tell is taken from the manifest, so that the editor and the reference agree.

local lua_side = require "lua_side"
local luals = require "luals"
local manifest = require "manifest"
local types = require "types"

local stubs = {}

--- Documentation as comment lines, indented; nothing for none.
function stubs.comment(doc, indent)
   if doc == "" then return "" end
   local lines = {}
   for line in doc:gmatch("[^\n]+") do
      if #lines > 0 and not line:find("^[-*] ") then lines[#lines + 1] = "---" end
      lines[#lines + 1] = "---" .. line
   end
   return indent .. table.concat(lines, "\n" .. indent) .. "\n"
end

--- The comment of a class, value or enum.
function stubs.about(entry, indent)
   local doc = entry.doc
   if entry.deprecated then doc = ("%s\nDeprecated: %s"):format(doc, entry.deprecated) end
   if entry.since > 1 then doc = ("%s\nSince level %d."):format(doc, entry.since) end
   return stubs.comment(doc, indent)
end

local function one_line(text) return (text:gsub("\n", " ")) end

--- A property's comment on one line, after what else is to be said of it.
function stubs.remark(entry, readonly)
   local remark = readonly and "(read only) " or ""
   if entry.deprecated then remark = ("%s(deprecated: %s) "):format(remark, entry.deprecated) end
   if entry.since > 1 then remark = ("%s(since level %d) "):format(remark, entry.since) end
   return (one_line(remark .. entry.doc):gsub("%s+$", ""))
end

-- ---- functions ------------------------------------------------------------------------------

local function with_space(text) return text ~= "" and " " .. text or "" end

local function parameter_line(parameter, entry)
   local note = entry.note
   if entry.default then note = ("%s(default: %s)"):format(note ~= "" and note .. " " or "", entry.default) end
   return ("---@param %s%s %s%s"):format(luals.variable(parameter.name), entry.optional and "?" or "",
      luals.taken(parameter.type), with_space(one_line(note)))
end

local function result_lines(f, entry, lines)
   for index, each in ipairs(luals.results(f, entry.results)) do
      local told = entry.results[index] or {}
      local remark = told.note or told.unit or ""
      if each.fails then remark = (remark ~= "" and remark .. "; " or "") .. "why it failed" end
      local name = each.name and " " .. luals.variable(each.name) or remark ~= "" and " #" or ""
      lines[#lines + 1] = ("---@return %s%s%s"):format(each.type, name, with_space(one_line(remark)))
   end
end

--- How a constructor is called with nothing but the table of properties and what must stand before
--- it; nil when that is all that it takes.
local function overload_line(f, entry)
   local passed = types.passed(f)
   local before = lua_side.properties_from(f) - 1
   if before == #passed then return nil end
   local taken = {}
   for index = 1, before do taken[index] = luals.variable(passed[index].name) .. ": " .. luals.taken(passed[index].type) end
   taken[#taken + 1] = ("properties: %sProperties"):format(f.owner)
   local returned = {}
   for index, each in ipairs(luals.results(f, entry.results)) do returned[index] = each.type end
   return ("---@overload fun(%s): %s"):format(table.concat(taken, ", "), table.concat(returned, ", "))
end

--- The declaration of one function as a member of the variable `variable`, after an empty line.
function stubs.declare(f, entry, variable, indent)
   local lines, names = {}, {}
   for index, parameter in ipairs((types.passed(f))) do
      if index > 1 or not types.has_self(f) then
         lines[#lines + 1] = parameter_line(parameter, entry.parameters[#names + 1])
         names[#names + 1] = luals.variable(parameter.name)
      end
   end
   if f.rest then
      lines[#lines + 1] = "---@param ... any"
      names[#names + 1] = "..."
   end
   if manifest.takes_properties(f) then
      lines[#lines + 1] = ("---@param properties? %sProperties what to set"):format(f.owner)
      names[#names + 1] = "properties"
   end
   result_lines(f, entry, lines)
   if manifest.takes_properties(f) then lines[#lines + 1] = overload_line(f, entry) end
   if entry.deprecated then lines[#lines + 1] = "---@deprecated " .. one_line(entry.deprecated) end
   local method = types.has_self(f)
   if luals.key(f.name) == f.name then
      local callee = variable .. (method and ":" or ".") .. f.name
      lines[#lines + 1] = ("function %s(%s) end"):format(callee, table.concat(names, ", "))
   else
      if method then table.insert(names, 1, "self") end
      lines[#lines + 1] = ("%s = function(%s) end"):format(luals.member(variable, f.name), table.concat(names, ", "))
   end
   local doc = entry.doc .. (entry.since > 1 and ("\nSince level %d."):format(entry.since) or "")
   return "\n" .. stubs.comment(doc, indent) .. indent .. table.concat(lines, "\n" .. indent) .. "\n"
end

--- The type of an event.
function stubs.event_type(f) return f.owner .. "." .. f.name end

--- The event as a field of what it belongs to.
function stubs.event_field(each)
   return ("---@field %s %s %s"):format(luals.key(each.f.name), stubs.event_type(each.f), stubs.remark(each.entry))
end

--- The declaration of an event's type.
function stubs.event(each)
   local name = stubs.event_type(each.f)
   local lines = { stubs.about(each.entry, "") .. "---@class " .. name }
   for _, field in ipairs(luals.event_fields(each.f, name)) do
      lines[#lines + 1] = ("---@field %s %s %s"):format(field.name, field.type, field.doc)
   end
   return table.concat(lines, "\n") .. "\n\n"
end

--- The events among some functions that belong to an object, or those that do not.
function stubs.events(functions, of_object)
   local list = {}
   for _, each in ipairs(functions) do
      if each.f.event and types.has_self(each.f) == of_object then list[#list + 1] = each end
   end
   return list
end

-- ---- properties -----------------------------------------------------------------------------

--- A property's type: what is read, and what may be written if that is more.
local function property_type(t, writable, optional)
   local by_name = t.kind == "enum" or t.kind == "flags"
   local name = writable and by_name and luals.taken(t) or luals.given(t)
   return name .. (optional and "?" or "")
end

--- The properties of a class: {name, type, remark}, plain members first.
function stubs.properties(class, functions, owner)
   local list, by_name = {}, {}
   for index, property in ipairs(class.properties) do
      local entry = owner.properties[index]
      list[#list + 1] = {
         name = property.name, type = property_type(property.type, not property.readonly, entry.optional),
         remark = stubs.remark(entry, property.readonly and not entry.in_place),
         taken = not property.readonly and not entry.in_place and luals.taken(property.type),
      }
   end
   for _, each in ipairs(functions) do
      local f, entry = each.f, each.entry
      if f.kind == "getter" or f.kind == "setter" then
         local known = by_name[f.name] or { name = f.name, doc = "", since = entry.since }
         if not by_name[f.name] then
            by_name[f.name] = known
            list[#list + 1] = known
         end
         known.carrier = f.kind == "getter" and f.result or known.carrier or f.parameters[2].type
         known.optional = known.optional or (f.kind == "getter" and entry.results[1].optional)
         known.writable = known.writable or f.kind == "setter"
         known.doc = known.doc ~= "" and known.doc or entry.doc
         known.deprecated = known.deprecated or entry.deprecated
         known.type = property_type(known.carrier, known.writable, known.optional)
         known.taken = known.writable and luals.taken(known.carrier)
         known.remark = stubs.remark(known, not known.writable)
      end
   end
   return list
end

--- What a script may pass to the constructors of a class: its properties that can be written, and
--- those of its bases in this module; nil: it has no such constructor.
function stubs.settable(class, classes, functions, owners)
   local is_made = false
   for _, each in ipairs(functions[class.name]) do is_made = is_made or manifest.takes_properties(each.f) end
   if not is_made then return nil end
   local list = {}
   while class do
      for _, property in ipairs(stubs.properties(class, functions[class.name], owners[class.name])) do
         if property.taken then list[#list + 1] = property end
      end
      class = classes[class.base]
   end
   return list
end

-- ---- operators ------------------------------------------------------------------------------

local function index_line(key, value, doc)
   local given = luals.given(value)
   return ("---@field [%s] %s%s"):format(luals.given(key), given .. "?", with_space(one_line(doc)))
end

-- The language server has no words for the rest: eq, lt, le, tostring, newindex.
local OPERATORS = {
   len = function() return "---@operator len: integer" end,
   unm = function(f) return "---@operator unm: " .. luals.given(f.result) end,
   call = function(f, entry) return "---@overload " .. luals.call(f, entry.results) end,
   index = function(f, entry)
      local passed, written = types.passed(f)
      return index_line(passed[2].type, written[1] and written[1].type or f.result, entry.doc)
   end,
   iterate = function(f, entry)
      local _, written = types.passed(f)
      return written[3] and index_line(written[2].type, written[3].type, entry.doc)
   end,
}
for _, event in ipairs { "add", "sub", "mul", "div", "mod", "pow", "concat" } do
   OPERATORS[event] = function(f)
      local passed = types.passed(f)
      return ("---@operator %s(%s): %s"):format(event, luals.taken(passed[2].type), luals.given(f.result))
   end
end

--- The operators of a class as annotations of it, each indexer once.
function stubs.operators(functions)
   local lines, seen = {}, {}
   for _, each in ipairs(functions) do
      for _, event in ipairs(each.f.meta or {}) do
         local line = OPERATORS[event] and OPERATORS[event](each.f, each.entry)
         local key = line and (line:match("^%S+ %[.-%]") or line)
         if line and not seen[key] then lines[#lines + 1] = line end
         if line then seen[key] = true end
      end
   end
   return lines
end

--- What every class can be asked: is() and cast(), unless it has functions of those names.
function stubs.questions(name, functions, indent)
   local returns = { is = "boolean", cast = name .. "?" }
   for _, each in ipairs(functions) do returns[each.f.name] = nil end
   local parts = {}
   for _, question in ipairs { "is", "cast" } do
      if returns[question] then
         parts[#parts + 1] = ("\n%s---@param object any\n%s---@return %s\n%sfunction native.%s.%s(object) end\n"):format(
            indent, indent, returns[question], indent, name, question)
      end
   end
   return table.concat(parts)
end

-- ---- values ---------------------------------------------------------------------------------

--- "x: number, y: number": the fields of a table that is taken for a value.
function stubs.fields(value)
   local list = {}
   for index, field in ipairs(value.fields) do
      list[index] = ("%s: %s"):format(luals.key(field.name), luals.taken(field.type))
   end
   return table.concat(list, ", ")
end

--- "x, y": the parameters of a value's constructor.
function stubs.variables(value)
   local list = {}
   for index, field in ipairs(value.fields) do list[index] = luals.variable(field.name) end
   return table.concat(list, ", ")
end

--- "SPRING"|"AUTUMN": the names of an enum's members.
function stubs.names(enum)
   local list = {}
   for index, member in ipairs(enum.members) do list[index] = ("%q"):format(member.name) end
   return table.concat(list, "|")
end

-- ---- the whole ------------------------------------------------------------------------------

--- The name of a function as patches write it: "damage", "get speed".
local function patch_name(f)
   local prefix = (f.kind == "getter" and "get ") or (f.kind == "setter" and "set ") or ""
   return prefix .. f.name
end

--- The functions of every owner: {[owner] = {{f, entry}}}, from the module and its manifest.
local function functions_by_owner(merged, described)
   local entries, by_owner = {}, {}
   for _, owner in ipairs(described.owners) do
      by_owner[owner.name] = {}
      for _, entry in ipairs(owner.functions) do entries[entry.c] = entry end
   end
   for _, f in ipairs(merged.functions) do table.insert(by_owner[f.owner], { f = f, entry = entries[f.c_name] }) end
   return by_owner
end

--- The environment of templates/stubs.lua.tmpl.
function stubs.environment(merged, described)
   local owners, classes = {}, {}
   for _, owner in ipairs(described.owners) do owners[owner.name] = owner end
   for _, class in ipairs(merged.classes) do classes[class.c_name] = class end
   return {
      module = merged, manifest = described, owners = owners, classes = classes, stubs = stubs, luals = luals,
      functions = functions_by_owner(merged, described), patch_name = patch_name,
   }
end

return stubs
