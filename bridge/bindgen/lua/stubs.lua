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

--- The environment of templates/stubs.lua.tmpl.
function stubs.environment(merged, prefix)
   return {
      module = merged, namespaces = module.namespaces(merged), comment = stubs.comment, declare = stubs.declare,
      type_name = function(c_name) return naming.type_name(c_name, prefix) end,
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
