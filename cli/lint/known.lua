-- What is known of the value of an expression without running it. A thing that is known is {type, ...}:
--
--   "nil" "boolean" "table" "int64"   "number", "string" {value}
--   "object" {class}   "value" {name}   "function" {node, or f of the manifest, and its self}
--   "native"   "owner" {owner}   "enum" {enum}   "value type" {name}   "module" {name}
--
-- nil means that nothing is known. A variable has a value as long as nobody writes to it.

local known = {}

local of

local SCALARS = { number = "number", boolean = "boolean", string = "string", integer = "number" }

--- What a value of that type is, as manifests word it.
function known.of_type(api, words)
   local first = words:match "^%S+"
   if SCALARS[words] or first == "integer" then return { type = SCALARS[first] } end
   if api.owners[words] then return { type = "object", class = words } end
   if api.values[words] then return { type = "value", name = words } end
   if api.enums[words] then return { type = "number" } end
   if first == "list" or first == "table" then return { type = "table" } end
end

local function result_of(api, f)
   local first = f.results[1]
   return first and known.of_type(api, first.type)
end

local function of_variable(api, variable)
   if variable.known then return variable.known end
   if #variable.writes > 0 or variable.kind ~= "local" then return nil end
   if variable.is_nil then return { type = "nil" } end
   return variable.value and of(api, variable.value)
end

local function of_member(api, object, name)
   local member = api:member(object.class, name)
   local typed = member and (member.property or member.getter and member.getter.results[1])
   if typed then return known.of_type(api, typed.type) end
   if member and member.func then return { type = "function", f = member.func, takes_self = true } end
end

local INDEX = {
   native = function(api, _, name) return api:native(name) end,
   object = of_member,
   enum = function(_, enum, name)
      for _, member in ipairs(enum.enum.members) do
         if member.name == name then return { type = "number", value = member.value } end
      end
   end,
   owner = function(api, thing, name)
      local member = api:member(thing.owner.name, name)
      local f = member and member.func
      if f then return { type = "function", f = f, takes_self = f.kind ~= "static" and f.kind ~= "constructor" } end
   end,
}

local OF = {
   Nil = function() return { type = "nil" } end,
   True = function() return { type = "boolean" } end,
   False = function() return { type = "boolean" } end,
   Number = function(_, node) return { type = node.value and "number" or "int64", value = node.value } end,
   String = function(_, node) return { type = "string", value = node.value } end,
   Table = function() return { type = "table" } end,
   Function = function(_, node) return { type = "function", node = node } end,
   Paren = function(api, node) return of(api, node.inner) end,
   Name = function(api, node)
      if node.variable then return of_variable(api, node.variable) end
      return node.name == "native" and { type = "native" } or nil
   end,
   Index = function(api, node)
      local object = of(api, node.object)
      local index = object and INDEX[object.type]
      return index and node.key.kind == "String" and index(api, object, node.key.value) or nil
   end,
   Unary = function(api, node)
      if node.operator == "not" then return { type = "boolean" } end
      local operand = of(api, node.operand)
      if node.operator == "-" and operand and operand.type == "number" then
         return { type = "number", value = operand.value and -operand.value }
      end
   end,
   Binary = function(api, node)
      local operator = node.operator
      if operator == "==" or operator == "~=" then return { type = "boolean" } end
      if not operator:find "^[%+%-%*/%%^]$" then return nil end
      local left, right = of(api, node.left), of(api, node.right)
      local numbers = left and right and left.type == "number" and right.type == "number"
      return numbers and { type = "number" } or nil
   end,
   Invoke = function(api, node)
      local object = of(api, node.object)
      local member = object and object.type == "object" and api:member(object.class, node.name)
      return member and member.func and result_of(api, member.func)
   end,
   Call = function(api, node)
      local func = of(api, node.func)
      if func then
         if func.f then return result_of(api, func.f) end
         return func.type == "value type" and { type = "value", name = func.name } or nil
      end
      local name, first = node.func, node.arguments[1]
      if name.kind == "Name" and name.name == "require" and not name.variable and first and first.kind == "String" then
         return { type = "module", name = first.value }
      elseif name.kind == "Index" and name.key.value == "cast" then
         local owner = of(api, name.object)
         return owner and owner.type == "owner" and { type = "object", class = owner.owner.name } or nil
      end
   end,
}

-- Every node is looked at once: what refers to itself twice, again and again, would take for ever.
local found = {} -- {[node] = thing, or false}

function of(api, node)
   if found[node] == nil then
      local find = OF[node.kind]
      found[node] = find and find(api, node) or false
   end
   return found[node] or nil
end

known.of = of

--- To be called when variables became known since: what followed from them is to be found anew.
function known.forget() found = {} end

-- ---- what C takes ---------------------------------------------------------------------------

local function integer_fits(value, low, high)
   return value == nil or (value % 1 == 0 and value >= low and value <= high)
end

local function number_mismatch(words, thing)
   if thing.type ~= "number" then return true end
   local low, high = words:match "^integer from (%-?%d+) to (%-?%d+)$"
   if low then return not integer_fits(thing.value, tonumber(low), tonumber(high)) end
   return words == "integer" and not integer_fits(thing.value, -2 ^ 31, 2 ^ 31 - 1)
end

local function enum_mismatch(enum, thing)
   if thing.type == "number" then return false end
   if thing.type == "table" then return not enum.flags end
   if thing.type ~= "string" then return true end
   if not thing.value then return false end
   for _, member in ipairs(enum.members) do
      if member.name == thing.value then return false end
   end
   return true
end

local function class_mismatch(api, words, thing)
   return thing.type ~= "object" or not api:is_a(thing.class, words)
end

local SCALAR = { number = true, string = true, boolean = true, int64 = true, ["function"] = true }

--- Whether a thing that is known is surely no value of the type. nil is left to those who ask.
function known.mismatch(api, words, thing)
   if not thing or thing.type == "nil" then return false end
   if words == "number" or words:find "^integer" then return number_mismatch(words, thing) end
   if words:find "^64%-bit" then return thing.type ~= "number" and thing.type ~= "int64" end
   if words == "boolean" or words == "string" then return thing.type ~= words end
   if words:find "^function" then return thing.type ~= "function" end
   if api.enums[words] then return enum_mismatch(api.enums[words], thing) end
   if api.owners[words] then return class_mismatch(api, words, thing) end
   if api.values[words] then return thing.type ~= "table" and (thing.type ~= "value" or thing.name ~= words) end
   if words:find "^table" then return thing.type ~= "table" end
   return words:find "^list" ~= nil and SCALAR[thing.type] ~= nil
end

--- Whether an override may return nil where C expects that type: a reference may point to nothing.
function known.may_be_nil(api, words)
   return words == "string" or api.owners[words] ~= nil or words:find "^list" ~= nil
end

--- The fields {name, type} of a table that is taken in place of a value, or as options; nil: unknown.
--- `f` is the function that takes it.
function known.fields(api, words, f)
   if words == "table of properties" then
      local fields = {}
      for _, member in pairs(api:members(f.owner)) do
         if member.property then fields[#fields + 1] = member.property end
      end
      return fields
   end
   local described = api.values[words] or api.options[words:match "^table of (.*)$"]
   return described and described.fields
end

--- A thing for people.
function known.describe(thing)
   if thing.type == "number" and thing.value then return ("%.14g"):format(thing.value) end
   if thing.type == "string" and thing.value and #thing.value <= 40 then return ("%q"):format(thing.value) end
   if thing.type == "object" then return thing.class end
   if thing.type == "value" then return thing.name end
   if thing.type == "owner" then return thing.owner.kind .. " " .. thing.owner.name end
   if thing.type == "enum" then return "enum " .. thing.enum.name end
   return thing.type
end

return known
