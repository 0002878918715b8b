-- How the Lua language server writes types and functions down.

local types = require "types"

local luals = {}

local KEYWORDS = {}
for word in ("and break do else elseif end false for function goto if in local nil not or repeat return then true until "
   .. "while"):gmatch("%a+") do KEYWORDS[word] = true end

--- A parameter's name as a Lua variable.
function luals.variable(name) return KEYWORDS[name] and name .. "_" or name end

--- A name as the key of a table: `x` or `["end"]`.
function luals.key(name) return KEYWORDS[name] and ("[%q]"):format(name) or name end

--- `table.x` or `table["end"]`.
function luals.member(owner, name) return owner .. (KEYWORDS[name] and ("[%q]"):format(name) or "." .. name) end

-- ---- types ----------------------------------------------------------------------------------

--- A type as scripts get it from C.
function luals.given(t)
   if t.kind == "array" then return luals.given(t.element) .. "[]" end
   if t.kind == "flags" then return "integer" end
   return t.name or (types.kinds[t.kind] or {}).stubs or "any"
end

local TAKEN_AS = { enum = "OrName", flags = "OrNames", value = "OrTable" }

--- A type as C takes it from scripts: enums by name too, values also as tables.
function luals.taken(t)
   if t.kind == "array" then return luals.taken(t.element) .. "[]" end
   return TAKEN_AS[t.kind] and t.name .. TAKEN_AS[t.kind] or luals.given(t)
end

-- ---- functions ------------------------------------------------------------------------------

local POINTS = { object = true, string = true, bytes = true }

--- The types of what a function returns: {type}, or with the name of a parameter {type, name}. By
--- `type_of`; `is_optional(index, type)` says which may be nil besides.
local function results(f, type_of, is_optional)
   local list = {}
   local function add(t, name)
      local written = type_of(t)
      list[#list + 1] = { type = written .. (is_optional(#list + 1, t) and "?" or ""), name = name }
   end
   if f.result.kind ~= "void" then add(f.result) end
   local _, out = types.passed(f)
   for _, parameter in ipairs(out) do add(parameter.type, parameter.name) end
   if not f.fails then return list end
   -- Or nil and a message.
   list[1] = list[1] or { type = "boolean" }
   list[2] = list[2] and { type = list[2].type:gsub("%?$", "") .. "|string", name = list[2].name, fails = true }
      or { type = "string?", name = "message", fails = true }
   for index, each in ipairs(list) do
      if not each.fails and each.type:sub(-1) ~= "?" then list[index].type = each.type .. "?" end
   end
   return list
end

--- What a function returns to scripts; `told` are the manifest's results.
function luals.results(f, told)
   return results(f, luals.given, function(index) return told[index].optional end)
end

-- In brackets, because a comma goes on with the results otherwise.
local function closed(list)
   local written = {}
   for index, each in ipairs(list) do written[index] = each.type end
   return #written > 0 and (": (%s)"):format(table.concat(written, ", ")) or ""
end

--- The parameters of a function and its self: "self: Dome, amount: number".
local function listed(f, type_of)
   local list = {}
   for index, parameter in ipairs((types.passed(f))) do
      local is_self = index == 1 and types.has_self(f)
      local optional = (parameter.optional or parameter.default) and "?" or ""
      list[index] = is_self and "self: " .. f.owner
         or ("%s%s: %s"):format(luals.variable(parameter.name), optional, type_of(parameter.type))
   end
   if f.rest then list[#list + 1] = "...: any" end
   return list
end

--- What scripts pass for a callback: it gets what C gives, and may return whatever C takes.
function luals.callback(f)
   local returned = results(f, luals.taken, function(_, t) return POINTS[t.kind] end)
   return ("fun(%s)%s"):format(table.concat(listed(f, luals.given), ", "), closed(returned))
end

--- A call of the function without its self, as the object itself can be called.
function luals.call(f, told)
   local parameters = listed(f, luals.taken)
   table.remove(parameters, 1)
   return ("fun(%s)%s"):format(table.concat(parameters, ", "), closed(luals.results(f, told)))
end

--- What a patch passes to patch.override. It gets what C gives, and may return whatever C takes.
function luals.override(f, told)
   local original = ("fun(%s)%s"):format(table.concat(listed(f, luals.taken), ", "), closed(luals.results(f, told)))
   local parameters = listed(f, luals.given)
   table.insert(parameters, 1, "original: " .. original)
   local returned = results(f, luals.taken, function(_, t) return POINTS[t.kind] end)
   return ("fun(%s)%s"):format(table.concat(parameters, ", "), closed(returned))
end

--- What a patch passes to patch.before and patch.after. After a constructor it gets the new object.
function luals.observer(f)
   local parameters = listed(f, luals.given)
   if f.kind == "constructor" then table.insert(parameters, 1, "self: " .. f.owner) end
   return ("fun(%s)"):format(table.concat(parameters, ", "))
end

--- The fields of an event of type `name`: what scripts do with it.
function luals.event_fields(f, name)
   local listener, given, taken = luals.observer(f), {}, listed(f, luals.taken)
   for index, parameter in ipairs((types.passed(f))) do given[index] = luals.given(parameter.type) end
   if types.has_self(f) then table.remove(taken, 1) end
   table.insert(taken, 1, "self: " .. name)
   local connect = ("fun(self: %s, listener: %s): EventConnection"):format(name, listener)
   return {
      { name = "connect", type = connect, doc = "calls `listener` whenever it is fired" },
      { name = "once", type = connect, doc = "calls `listener` the next time only" },
      { name = "disconnect", type = ("fun(self: %s, connection: EventConnection)"):format(name), doc = "cuts a connection" },
      { name = "wait", type = ("fun(self: %s)%s"):format(name, #given > 0 and (": (%s)"):format(table.concat(given, ", ")) or ""),
         doc = "waits in a coroutine; returns what it was fired with" },
      { name = "fire", type = ("fun(%s)"):format(table.concat(taken, ", ")), doc = "fires it, for scripts and for C alike" },
   }
end

--- What a patch passes to patch.override, patch.before or patch.after.
function luals.body(f, told, mode) return mode == "override" and luals.override(f, told) or luals.observer(f) end

return luals
