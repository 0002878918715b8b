-- Global variables: a patch has what its environment has, and makes none.

local _, import = ...

local api_of = import "api"
local syntax = import "syntax"

local function check_name(file, node)
   if node.assigned then
      file.report("global", node, "a patch keeps to its own variables: write 'local %s'", node.name)
   elseif not file.globals[node.name] then
      local hint = _G[node.name] ~= nil and " (patches do not have this part of Lua)"
         or api_of.near(node.name, file.globals) or ""
      file.report("global", node, "undeclared global '%s'%s", node.name, hint)
   end
end

--- math.flor: members of Lua's libraries that are none.
local function check_member(file, node)
   local object = node.object
   if object.kind ~= "Name" or object.variable or node.key.kind ~= "String" then return end
   local members = file.globals[object.name]
   local name = node.key.value
   if type(members) == "table" and not members[name] and not file.fields[name] then
      file.report("global", node.key, "%s has no %q%s", object.name, name, api_of.near(name, members) or "")
   end
end

return function(file)
   for _, node in ipairs(file.tree.globals) do check_name(file, node) end
   syntax.walk(file.tree.main, { Index = function(node) check_member(file, node) end })
end
