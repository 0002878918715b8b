-- What the template of the editor's stubs needs: declarations in LuaLS's annotations.

local module = require "module"
local naming = require "naming"
local types = require "types"

local stubs = {}

--- Documentation as comment lines; nothing for none.
function stubs.comment(doc)
   if doc == "" then return "" end
   return "---" .. doc:gsub("\n", "\n---") .. "\n"
end

local function parameter_lines(f, lines, names)
   for index, parameter in ipairs((types.passed(f))) do
      if index > 1 or not types.has_self(f) then
         local optional = (parameter.optional or parameter.default) and "?" or ""
         lines[#lines + 1] = ("---@param %s%s %s\n"):format(parameter.name, optional, types.stubs(parameter.type, true))
         names[#names + 1] = parameter.name
      end
   end
   if f.rest then
      lines[#lines + 1] = "---@param ... any\n"
      names[#names + 1] = "..."
   end
end

local function return_lines(f, lines)
   local result = types.stubs(f.result) or (f.fails and "boolean")
   if result then
      local optional = f.fails and not result:find("?", 1, true)
      lines[#lines + 1] = ("---@return %s%s\n"):format(result, optional and "?" or "")
   end
   local _, returned = types.passed(f)
   for _, parameter in ipairs(returned) do
      lines[#lines + 1] = ("---@return %s %s\n"):format(types.stubs(parameter.type), parameter.name)
   end
   if f.fails and #returned == 0 then lines[#lines + 1] = "---@return string? message why it failed\n" end
end

--- The declaration of one function of `owner`.
function stubs.declare(f, owner)
   local lines, names = { stubs.comment(f.doc) }, {}
   parameter_lines(f, lines, names)
   return_lines(f, lines)
   lines[#lines + 1] = ("function %s%s%s(%s) end\n\n"):format(
      owner, types.has_self(f) and ":" or ".", f.name, table.concat(names, ", "))
   return table.concat(lines)
end

--- A callback type: "fun(animal: Animal): boolean"
function stubs.callback(f)
   local parameters, results = {}, {}
   local passed, returned = types.passed(f)
   for index, parameter in ipairs(passed) do
      parameters[index] = ("%s: %s"):format(parameter.name, types.stubs(parameter.type))
   end
   if f.rest then parameters[#parameters + 1] = "...: any" end
   results[1] = types.stubs(f.result, true)
   for _, parameter in ipairs(returned) do results[#results + 1] = types.stubs(parameter.type, true) end
   return ("fun(%s)%s"):format(table.concat(parameters, ", "), #results > 0 and ": " .. table.concat(results, ", ") or "")
end

--- The properties of a class that are C functions: {name, stubs, readonly, doc}.
function stubs.accessors(merged, class)
   local by_name, list = {}, {}
   for _, f in ipairs(merged.functions) do
      if f.owner == class.name and (f.kind == "getter" or f.kind == "setter") then
         local accessor = by_name[f.name]
         if not accessor then
            accessor = { name = f.name, readonly = true, doc = f.doc }
            by_name[f.name] = accessor
            list[#list + 1] = accessor
         end
         accessor.stubs = types.stubs(f.kind == "getter" and f.result or f.parameters[2].type)
         if f.kind == "setter" then accessor.readonly = false end
      end
   end
   return list
end

-- ---- operators ------------------------------------------------------------------------------

local function index_line(key, value, doc)
   local given = types.stubs(value):gsub("%?$", "") .. "?"
   return ("---@field [%s] %s %s\n"):format(types.stubs(key), given, doc:gsub("\n", " "))
end

local function overload_line(f)
   local parameters, results = {}, {}
   local passed, returned = types.passed(f)
   for index, parameter in ipairs(passed) do
      local optional = (parameter.optional or parameter.default) and "?" or ""
      local words = ("%s%s: %s"):format(parameter.name, optional, types.stubs(parameter.type, true))
      if index > 1 then parameters[#parameters + 1] = words end
   end
   results[1] = types.stubs(f.result)
   for _, parameter in ipairs(returned) do results[#results + 1] = types.stubs(parameter.type) end
   return ("---@overload fun(%s)%s\n"):format(table.concat(parameters, ", "),
      #results > 0 and ": " .. table.concat(results, ", ") or "")
end

-- LuaLS has no words for the rest: eq, lt, le, tostring, newindex.
local OPERATORS = {
   len = function() return "---@operator len: integer\n" end,
   unm = function(f) return ("---@operator unm: %s\n"):format(types.stubs(f.result)) end,
   call = overload_line,
   index = function(f, passed, written)
      return index_line(passed[2].type, written[1] and written[1].type or f.result, f.doc)
   end,
   iterate = function(f, _, written)
      return #written == 3 and index_line(written[2].type, written[3].type, f.doc) or ""
   end,
}
for _, event in ipairs { "add", "sub", "mul", "div", "mod", "pow", "concat" } do
   OPERATORS[event] = function(f, passed)
      return ("---@operator %s(%s): %s\n"):format(event, types.stubs(passed[2].type, true), types.stubs(f.result))
   end
end

--- The operators of a class as annotations of it, each line once.
function stubs.operators(merged, class)
   local lines, seen = {}, {}
   for _, f in ipairs(merged.functions) do
      for _, event in ipairs(f.owner == class.name and f.meta or {}) do
         local line = OPERATORS[event] and OPERATORS[event](f, types.passed(f)) or ""
         local key = line:match("^%S+ %[.-%]") or line
         if not seen[key] then lines[#lines + 1] = line end
         seen[key] = true
      end
   end
   return table.concat(lines)
end

--- What every class can be asked: is() and cast(), unless it has functions of those names.
function stubs.questions(merged, class)
   local returns = { is = "boolean", cast = class.name .. "?" }
   for _, f in ipairs(merged.functions) do
      if f.owner == class.name then returns[f.name] = nil end
   end
   local lines = {}
   for _, name in ipairs { "is", "cast" } do
      if returns[name] then
         lines[#lines + 1] = ("---@param object any\n---@return %s\nfunction %s.%s(object) end\n\n"):format(
            returns[name], class.name, name)
      end
   end
   return table.concat(lines)
end

--- The environment of templates/stubs.lua.tmpl.
function stubs.environment(merged, prefix)
   return {
      module = merged, namespaces = module.namespaces(merged), comment = stubs.comment, declare = stubs.declare,
      callback = stubs.callback,
      type_name = function(c_name) return naming.type_name(c_name, prefix) end,
      operators_of = function(class) return stubs.operators(merged, class) end,
      questions_of = function(class) return stubs.questions(merged, class) end,
      accessors_of = function(class) return stubs.accessors(merged, class) end,
      functions_of = function(owner)
         local list = {}
         for _, f in ipairs(merged.functions) do
            if f.owner == owner then list[#list + 1] = f end
         end
         return list
      end,
   }
end

return stubs
