-- What the Lua template asks for about patched functions: pieces of Lua about what thunks bring and
-- what patches return. Variables are named as in lua_side.lua.

local c = require "c_side"
local lua = require "lua_side"
local types = require "types"

local patched = {}

-- ---- being called by C ----------------------------------------------------------------------

--- What a thunk's call brings, by name. A callback has no original.
function patched.thunk_parameters(f)
   local brought = patched.brought(f)
   if f.callback then return brought end
   return brought == "" and "original" or "original, " .. brought
end

--- What its calls bring.
function patched.brought(f)
   local out = {}
   for _, crossing in ipairs(types.crossings(f)) do out[#out + 1] = lua.variable(crossing) end
   if f.rest then out[#out + 1] = "..." end
   return table.concat(out, ", ")
end

--- The same for an entry, with handles in the place of objects' indices.
function patched.bound_arguments(f)
   local out = { "original" }
   for _, crossing in ipairs(types.crossings(f)) do
      local name = lua.variable(crossing)
      out[#out + 1] = c.is_object(crossing) and ("at(%s)"):format(name) or name
   end
   return table.concat(out, ", ")
end

--- The variables for what its entry returns to the thunk; "": nothing.
function patched.handed_back(f)
   return table.concat({ "first", "second" }, ", ", 1, c.values_taken(f))
end

local function from_c(f, parameter)
   local t, name = parameter.type, lua.name(parameter.name)
   if types.is_direct(t) and not parameter.role then return name end
   local converter = lua.converter(t)
   if t.kind == "array" then
      local count = t.count
      for _, other in ipairs(f.parameters) do
         if other.of == parameter.name then count = lua.name(other.name) end
      end
      return ("%s.from_c(%s, %s)"):format(converter, name, count)
   elseif t.kind == "options" then
      return ("%s.from_c(%s)"):format(converter, name)
   end
   return ("%s.from_c(%s)"):format(converter, name)
end

--- The call of a patch's body with what a thunk brought.
function patched.body_call(f)
   local out = { not f.callback and "original" or nil }
   for _, parameter in ipairs((types.passed(f))) do out[#out + 1] = from_c(f, parameter) end
   if f.rest then out[#out + 1] = "..." end
   return ("body(%s)"):format(table.concat(out, ", "))
end

--- The variables for the body's results: "result, new_rest"
function patched.result_names(f, first)
   local _, returned = types.passed(f)
   local out = {}
   if f.result.kind ~= "void" or f.fails then out[1] = first end
   for _, parameter in ipairs(returned) do out[#out + 1] = lua.name(parameter.name, "new") end
   return out
end

--- The parameters that a body gives back: their places, and the variables that they are in and stored from.
function patched.returned(f)
   local _, returned = types.passed(f)
   local out = {}
   for index, parameter in ipairs(returned) do
      out[index] = {
         parameter = parameter, place = lua.name(parameter.name), variable = lua.name(parameter.name, "new"),
         stored = lua.name(parameter.name, "stored"),
      }
   end
   return out
end

-- ---- what patches return --------------------------------------------------------------------

local NULLABLE = { object = true, string = true, bytes = true }

local function wrong(t, variable, name)
   if t.kind == "array" then
      return ('%s ~= nil and %s.wrong(%s, method, "%s")'):format(variable, lua.converter(t), variable, name or "result")
   end
   local condition
   if t.kind == "value" then
      condition = ("not istype(value_%s, %s) and not try_%s(%s)"):format(t.name, variable, t.name, variable)
   elseif t.kind == "object" then
      condition = ("not is_a(%s, class_%s)"):format(variable, t.name)
   elseif types.is_direct(t) then
      condition = types.bad(t, variable)
   else
      condition = ("not %s.fits(%s)"):format(lua.converter(t), variable)
   end
   if NULLABLE[t.kind] then condition = ("%s ~= nil and (%s)"):format(variable, condition) end
   return ('(%s) and bad_result(method, "%s", %s%s)'):format(condition, types.words(t), variable, name and (', "%s"'):format(name) or "")
end

local FINDS = { index = true, iterate = true }

--- Whether the function is a metamethod that says by its result whether it found something. A patch
--- that returns false is done: what else C would write is not looked at.
function patched.may_find_nothing(f)
   if f.result.kind ~= "bool" or #patched.returned(f) == 0 then return false end
   for _, event in ipairs(f.meta or {}) do
      if FINDS[event] then return true end
   end
   return false
end

--- An expression for what is wrong with a patch's results; false: nothing.
function patched.wrong_result(f)
   local out = {}
   if f.result.kind ~= "void" then out[1] = wrong(f.result, "result") end
   for _, entry in ipairs(patched.returned(f)) do
      out[#out + 1] = wrong(entry.parameter.type, entry.variable, entry.parameter.name)
   end
   return #out > 0 and table.concat(out, " or ") or "false"
end

local function good(t, variable)
   if t.kind == "value" then return ("try_%s(%s)"):format(t.name, variable) end
   if t.kind == "enum" then return ("enum_%s[%s]"):format(t.name, variable) end
   if t.kind == "flags" then return ("flags_%s(%s)"):format(t.name, variable) end
   if t.kind == "int64" or t.kind == "uint64" then return ("%s.to_c(%s)"):format(lua.converter(t), variable) end
   return variable
end

--- A patch's results as C would give them.
function patched.good_results(f)
   local out = {}
   if f.result.kind == "value" then
      out[1] = ("%s(%s)"):format(lua.value_maker(f), good(f.result, "result"))
   elseif f.result.kind ~= "void" then
      out[1] = good(f.result, "result")
   elseif f.fails then
      out[1] = "true"
   end
   for _, entry in ipairs(patched.returned(f)) do
      local t = entry.parameter.type
      out[#out + 1] = (t.kind == "value" and "value_" .. t.name or "") .. ("(%s)"):format(good(t, entry.variable))
   end
   return table.concat(out, ", ")
end

-- ---- what failed ----------------------------------------------------------------------------

local NOTHING = { bool = "false", string = "nil", bytes = "nil", object = "nil", int64 = "0LL", uint64 = "0ULL", array = "{}" }

local function nothing_of(t)
   return t.kind == "value" and ("value_%s()"):format(t.name) or NOTHING[t.kind] or "0"
end

--- What a failed function returns instead, as Lua: zero of every type; for one that can fail, why.
function patched.nothing(f)
   if f.fails then return { "nil", ('"%s.%s failed: the log says why"'):format(f.owner, f.name) } end
   local out = {}
   if f.result.kind ~= "void" then out[1] = nothing_of(f.result) end
   for _, entry in ipairs(patched.returned(f)) do out[#out + 1] = nothing_of(entry.parameter.type) end
   return out
end

return patched
