-- The functions that a patch puts in place of others: their parameters, their results, whether they
-- call what was there, and whether they wait.

local _, import = ...

local known = import "known"
local syntax = import "syntax"
local targets = import "targets"

local function names_of(expected)
   local names = {}
   for index, each in ipairs(expected) do names[index] = each.name end
   return table.concat(names, ", ")
end

-- ---- parameters -------------------------------------------------------------------------------

local function check_parameters(file, override)
   local body, f = override.body, override.f
   local expected = targets.expected(file.api, override)
   local first, extra = body.parameters[1], body.parameters[#expected + 1]
   local what = ("patch.%s of %s.%s"):format(override.mode, f.owner, f.name)
   if first and override.mode == "override" and first.name == "self" then
      file.report("parameters", first, "the first parameter of %s is the function that was there: function(%s)", what,
         names_of(expected))
   elseif first and override.mode ~= "override" and first.name == "original" then
      file.report("parameters", first, "%s gets no original: function(%s)", what, names_of(expected))
   elseif extra and not f.rest then
      file.report("parameters", extra, "%s gets %d argument%s, so '%s' is always nil: function(%s)", what, #expected,
         #expected == 1 and "" or "s", extra.name, names_of(expected))
   end
end

-- ---- results ----------------------------------------------------------------------------------

local function returns_of(body)
   local returns = {}
   syntax.walk_body(body, { Return = function(node) returns[#returns + 1] = node end })
   return returns
end

local function spreads(node) return node ~= nil and (node.kind == "Call" or node.kind == "Invoke" or node.kind == "Vararg") end

--- What is wrong with one value of a return; nil: nothing, as far as can be told.
local function why_bad(api, result, node)
   if not node then return not known.may_be_nil(api, result.type) and "nothing" or nil end
   local thing = known.of(api, node)
   if thing and thing.type == "nil" then return not known.may_be_nil(api, result.type) and "nil" or nil end
   return known.mismatch(api, result.type, thing) and known.describe(thing) or nil
end

local function check_return(file, f, node)
   local values = node.values
   if f.fails and values[1] and values[1].kind == "Nil" then return end -- nil, message
   for index, result in ipairs(f.results) do
      local value = values[index]
      if not value and spreads(values[#values]) then return end
      local bad = why_bad(file.api, result, value)
      if bad then
         file.report("result", value or node, "%s.%s returns %s%s, this returns %s", f.owner, f.name, result.type,
            #f.results > 1 and (" as result %d"):format(index) or "", bad)
         return
      end
   end
end

local function check_results(file, override)
   local f, body = override.f, override.body
   local first = f.results[1]
   if override.mode ~= "override" or not first then return end
   local returns = returns_of(body)
   for _, node in ipairs(returns) do check_return(file, f, node) end
   if syntax.ends(body.body) or known.may_be_nil(file.api, first.type) then return end
   file.report("result", body, "%s.%s returns %s, this function %s: write 'return original(...)' or a value",
      f.owner, f.name, first.type, #returns == 0 and "returns nothing" or "can reach its end without a result")
end

-- ---- original ---------------------------------------------------------------------------------

--- An override that never mentions original takes its place; so it returns something, is empty, or
--- calls the parameter `_`. One that does none of it was probably meant to add to it.
local function check_original(file, override)
   local body = override.body
   local first = body.parameters[1]
   if override.mode ~= "override" or #body.body.statements == 0 then return end
   if first and (first.name == "self" or first.name:find "^_" or #first.reads + #first.writes > 0) then return end
   if not first and body.is_vararg then return end
   for _, node in ipairs(returns_of(body)) do
      if #node.values > 0 then return end
   end
   file.report("original", first or body,
      "this override never calls original, so what was there does not happen: call it, or write patch.before or "
         .. "patch.after, or name the parameter '_'")
end

-- ---- waiting ----------------------------------------------------------------------------------

local WAITS = { ["coroutine.yield"] = true, wait = true }

local function check_waiting(file, override)
   syntax.walk_body(override.body, {
      Call = function(node)
         local path = syntax.path(node.func)
         if WAITS[path] and not syntax.root(node.func).variable then
            file.report("yield", node,
               "%s waits: that is an error when C calls %s.%s; start a coroutine, timer.run(function() ... end)", path,
               override.f.owner, override.f.name)
         end
      end,
   })
end

--- Overrides of Lua functions are not in the manifest: of them, no more is known than original.
return function(file)
   for _, override in ipairs(file.overrides) do
      if override.body then
         check_original(file, override)
         if override.f then
            check_parameters(file, override)
            check_results(file, override)
            check_waiting(file, override)
         end
      end
   end
end
