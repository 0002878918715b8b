-- The shapes of the JSON files that bindgen reads: its own, but whoever calls it may give any file.
--
-- A shape is the name of a Lua type; { shape } for a list; { key = shape } for a record, where a key
-- with a question mark may be missing; or a function like shape.fault().

local types = require "types"

local shape = {}

local function is_list(expected) return #expected == 1 end

--- What is wrong with `given`, which people know as `where`; nil: nothing.
function shape.fault(given, expected, where)
   if type(expected) == "function" then return expected(given, where) end
   local wanted = type(expected) == "table" and "table" or expected
   if type(given) ~= wanted then
      local words = wanted == "table" and (is_list(expected) and "list" or "record") or wanted
      return ("%s: %s expected, got %s"):format(where, words, given == nil and "nothing" or type(given))
   end
   if wanted ~= "table" then return nil end
   for index, entry in ipairs(is_list(expected) and given or {}) do
      local fault = shape.fault(entry, expected[1], ("%s[%d]"):format(where, index))
      if fault then return fault end
   end
   for key, inner in pairs(is_list(expected) and {} or expected) do
      local name, may_miss = key:match "^(.-)(%??)$"
      local fault = not (may_miss == "?" and given[name] == nil) and shape.fault(given[name], inner, where .. "." .. name)
      if fault then return fault end
   end
end

--- A name in C and in Lua.
local function name(given, where)
   if type(given) ~= "string" or not given:find "^[%a_][%w_]*$" then return ("%s: name expected"):format(where) end
end

--- The keys of several records in one.
local function all(...)
   local merged = {}
   for _, record in ipairs { ... } do
      for key, inner in pairs(record) do merged[key] = inner end
   end
   return merged
end

-- ---- manifests ------------------------------------------------------------------------------

local PARAMETER = {
   ["name?"] = "string", type = "string", ["default?"] = "string", ["optional?"] = "boolean", ["unit?"] = "string",
   ["note?"] = "string",
}
local LISTED = { name = "string", header = "string", since = "number", ["deprecated?"] = "string" }
local TOLD = all(LISTED, { doc = "string" })
local CALLABLE = all(TOLD, {
   c = "string", signature = "string", parameters = { all(PARAMETER, { name = "string", note = "string" }) }, results = { PARAMETER },
   fails = "boolean", rest = "boolean",
})
local FUNCTION = all(CALLABLE, {
   kind = "string", leaf = "boolean", event = "boolean", ["meta?"] = { "string" }, patchable = "boolean", modes = { "string" },
})
local MEMBER = {
   name = "string", type = "string", ["unit?"] = "string", doc = "string", ["since?"] = "number", ["deprecated?"] = "string",
}
local PROPERTY = all(MEMBER, {
   readonly = "boolean", patchable = "boolean", ["why?"] = "string", ["in_place?"] = "boolean", ["optional?"] = "boolean",
   since = "number",
})
local OWNER = all(LISTED, {
   kind = "string", ["doc?"] = "string", ["c?"] = "string", ["base?"] = "string", ["root?"] = "string", ["shared?"] = "boolean",
   properties = { PROPERTY }, functions = { FUNCTION },
})
local NAMED = all(TOLD, { c = "string" })
local CONSTANT = {
   name = "string", c = "string", value = "number", ["since?"] = "number", ["deprecated?"] = "string", doc = "string",
}

--- What `module` writes.
shape.manifest = {
   module = "string", level = "number", owners = { OWNER }, callbacks = { CALLABLE },
   values = { all(NAMED, { fields = { MEMBER }, arithmetic = "boolean" }) },
   options = { all(NAMED, { fields = { all(MEMBER, { ["default?"] = "string" }) } }) },
   enums = { all(NAMED, { members = { CONSTANT }, ["flags?"] = "boolean" }) },
}

-- ---- the API of one header ------------------------------------------------------------------

local PLACE = { file = "string", line = "number", column = "number", ["since?"] = "number", ["deprecated?"] = "string" }
local DECLARED = all(PLACE, { name = name, c_name = name, doc = "string" })

-- What a type of a kind has beside kind and c.
local NAME = { name = name, c_name = name }
local OF_KIND = { object = NAME, enum = NAME, flags = NAME, options = NAME, callback = NAME }

local function type_fault(given, where)
   local fault = shape.fault(given, { kind = "string", c = "string" }, where)
   if fault then return fault end
   if not types.kinds[given.kind] then return ("%s.kind: no kind of type is called '%s'"):format(where, given.kind) end
   return OF_KIND[given.kind] and shape.fault(given, OF_KIND[given.kind], where)
end

local FIELD = all(PLACE, { name = name, doc = "string", type = type_fault, offset = "number", size = "number" })
OF_KIND.value = all(NAME, { size = "number", fields = { FIELD } })
OF_KIND.array = { element = type_fault, ["count?"] = "number" }

local DEFAULT = { c = "string", lua = "string" }
local TAKEN = {
   name = name, type = type_fault, ["role?"] = "string", ["of?"] = "string", ["counts?"] = "string",
   ["default?"] = DEFAULT, ["optional?"] = "boolean", ["keep?"] = "boolean",
}
local CALLED = all(DECLARED, {
   kind = "string", owner = name, ["owner_class?"] = name, parameters = { TAKEN }, result = type_fault,
   ["meta?"] = { "string" },
})
local STRUCT = all(DECLARED, { size = "number" })

--- What `header` writes.
shape.header = {
   header = "string", ["path?"] = "string", callbacks = { CALLED }, functions = { CALLED },
   classes = { all(STRUCT, { ["base?"] = name, ["base_name?"] = name, properties = { FIELD } }) },
   values = { all(STRUCT, { fields = { FIELD } }) },
   options = { all(STRUCT, { fields = { all(FIELD, { ["default?"] = DEFAULT }) } }) },
   enums = { all(DECLARED, { members = { all(DECLARED, { value = "number" }) } }) },
}

return shape
