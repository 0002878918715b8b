-- What an edit of the patch, or its removal, does not undo or does not keep.

local _, import = ...

local known = import "known"
local syntax = import "syntax"

-- ---- state in variables -----------------------------------------------------------------------

local function is_files_own(file, variable) return variable.func == file.tree.main and variable.kind == "local" end

local function report_state(file, told, variable, node)
   if told[variable] then return end
   told[variable] = true
   file.report("state", node,
      "'%s' (line %d) starts anew whenever this file is edited: keep it with an object (self.%s), or in a script of the game",
      variable.name, variable.line, variable.name)
end

local CHANGES = { ["table.insert"] = true, ["table.remove"] = true, rawset = true }

--- The file's own table that an expression is in: tracks[1].x; nil: none.
local function own_table(file, node)
   local root = syntax.root(node)
   local variable = root.kind == "Name" and root.variable
   local value = variable and #variable.writes == 0 and variable.value
   if value and value.kind == "Table" and is_files_own(file, variable) then return variable end
end

local function check_state(file)
   local told, main = {}, file.tree.main
   syntax.walk(main, {
      Assign = function(node, func)
         if func == main then return end
         for _, target in ipairs(node.targets) do
            local variable = target.kind == "Name" and target.variable or target.kind == "Index" and own_table(file, target)
            if variable and is_files_own(file, variable) then report_state(file, told, variable, target) end
         end
      end,
      Call = function(node, func)
         if func == main or not CHANGES[syntax.path(node.func)] or not node.arguments[1] then return end
         local variable = own_table(file, node.arguments[1])
         if variable then report_state(file, told, variable, node) end
      end,
   })
end

-- ---- what stays behind ------------------------------------------------------------------------

--- Modules of the scripts library that let go of a patch's functions when it goes.
local LET_GO = { timer = true, event = true }

--- "balance.budget", and whether it is a module of somebody else's; nil for what is in no module.
local function in_module(file, node)
   local root = syntax.root(node)
   if node.kind ~= "Index" then return nil end
   local module = known.of(file.api, root)
   if not module or module.type ~= "module" or module.name == "patch" or file.own_modules[module.name] then return nil end
   local keys = {}
   while node.kind == "Index" do
      table.insert(keys, 1, node.key.kind == "String" and node.key.value or "?")
      node = node.object
   end
   return module.name, table.concat(keys, ".")
end

local function check_target(file, target, value)
   local module, name = in_module(file, target)
   local object = target.kind == "Index" and known.of(file.api, target.object)
   local thing = value and known.of(file.api, value)
   if module and thing and thing.type == "function" then
      file.report("leftover", target,
         "this stays when the patch goes: write patch.override(%s, %q, function(original, ...) end)", module, name)
   elseif module then
      file.report("leftover", target, "%s.%s keeps this value when the patch goes: override a function that reads it",
         module, name)
   elseif object and object.type == "object" and thing and thing.type == "function" then
      file.report("leftover", target,
         "an object keeps this function when the patch is edited: keep data in it, and the function in the patch")
   end
end

local function hands_out_function(file, node)
   for _, argument in ipairs(node.arguments) do
      local thing = known.of(file.api, argument)
      if thing and thing.type == "function" and thing.node then return true end
   end
   return false
end

local COROUTINES = { ["coroutine.create"] = true, ["coroutine.wrap"] = true }

local function check_call(file, node, at_load)
   local path = syntax.path(node.func)
   if at_load and COROUTINES[path] then
      file.report("leftover", node,
         "a coroutine made while the file loads goes on with the old code when the file is edited")
      return
   end
   local module, name = in_module(file, node.func)
   if not module or LET_GO[module] or not at_load or not hands_out_function(file, node) then return end
   file.report("leftover", node,
      "%s.%s keeps this function when the patch is edited or taken away: patch a function that runs anyway, or use a "
         .. "timer or an event", module, name)
end

--- The functions that patch.migrate gets: what they change is changed back when the patch goes.
local function migrations(file)
   local found = {}
   for _, call in ipairs(file.patch_calls) do
      local steps = call.word == "migrate" and call.node.arguments[1]
      for _, step in ipairs(steps and steps.kind == "Table" and steps.values or {}) do found[step] = true end
   end
   return found
end

local function check_leftovers(file)
   local main, migrates = file.tree.main, migrations(file)
   syntax.walk(main, {
      Assign = function(node, func)
         if migrates[func] then return end
         for index, target in ipairs(node.targets) do check_target(file, target, node.values[index]) end
      end,
      Call = function(node, func) check_call(file, node, func == main) end,
   })
end

-- ---- too late ---------------------------------------------------------------------------------

--- Whether `func` runs only when an override is called: it is one's body, or in one.
local function is_in_body(func)
   while func do
      if func.override then return true end
      func = func.outer
   end
   return false
end

local function check_late(file)
   for _, call in ipairs(file.patch_calls) do
      if is_in_body(call.func) then
         file.report("late", call.node,
            "patch.%s works only while the patch file is being loaded: write it at the top of the file", call.word)
      end
   end
end

return function(file)
   if file.kind == "patch" then check_state(file) end
   check_leftovers(file)
   check_late(file)
end
