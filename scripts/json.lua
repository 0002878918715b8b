-- JSON, read and written by C (jansson); what can be said in both comes back the same.
--
--   local text = json.encode({ name = "Ada", scores = { 3, 5 } }, true)
--   local value, why = json.decode(text)      -- nil, "line 3, column 5: ..."
--
-- Tables with the keys 1 to n are arrays, others are objects. An empty table is an object, unless
-- json.array made it; one that was decoded from [] stays an array.

local check = require "library.check"

local parser = native.json
local Kind = native.JsonKind

local json = {}

--- What stands for JSON's null, because nil cannot stand in a table.
json.null = setmetatable({}, { __tostring = function() return "json.null" end, __metatable = false })

local Array = { __name = "json.array" }

--- Marks a table as an array, for when it is empty.
---@generic T: table
---@param list T
---@return T
function json.array(list)
   check.table(list, "json.array", "list")
   return setmetatable(list, Array)
end

-- ---- decoding -------------------------------------------------------------------------------

local read ---@type fun(kind: JsonKind): any

local function read_array()
   local list, length = {}, 0
   local kind = parser:next()
   while kind ~= Kind.CLOSE do
      length = length + 1
      list[length] = read(kind)
      kind = parser:next()
   end
   return length > 0 and list or json.array(list)
end

local function read_object()
   local object = {}
   local kind = parser:next()
   while kind ~= Kind.CLOSE do
      local key = parser:key()
      object[key] = read(kind)
      kind = parser:next()
   end
   return object
end

local READERS = {
   [Kind.NULL] = function() return json.null end,
   [Kind.TRUE] = function() return true end,
   [Kind.FALSE] = function() return false end,
   [Kind.NUMBER] = function() return parser:number() end,
   [Kind.INTEGER] = function() return parser:integer() end,
   [Kind.TEXT] = function() return (parser:text()) end,
   [Kind.ARRAY] = read_array,
   [Kind.OBJECT] = read_object,
}

function read(kind) return READERS[kind]() end

--- The value of a JSON text; nil and where and why when it is none. Whole numbers beyond 2^53 come
--- as 64-bit integers, exact.
---@param text string at most 4 MB, nested at most 100 deep
---@return any value
---@return string? why
function json.decode(text)
   check.string(text, "json.decode", "text")
   local ok, why = parser:parse(text)
   if not ok then return nil, why end
   local value = read(parser:next())
   parser:next() -- the end: C lets go of the text
   return value
end

-- ---- encoding -------------------------------------------------------------------------------

local path, depth = {}, 0 -- where in the value that is encoded

local function here()
   local words = {}
   for index = 1, depth do
      local key = path[index]
      words[index] = type(key) == "number" and ("[%d]"):format(key) or (index > 1 and "." or "") .. key
   end
   return depth > 0 and table.concat(words) .. ": " or ""
end

local put ---@type fun(value: any): boolean?, string?

local function put_at(key, value)
   depth = depth + 1
   path[depth] = key
   local ok, why = put(value)
   if ok then depth = depth - 1 end
   return ok, why
end

local function is_list(value)
   local length, count = #value, 0
   if length == 0 then return next(value) == nil and getmetatable(value) == Array end
   for _ in next, value do count = count + 1 end
   return count == length
end

local function put_list(list)
   for index = 1, #list do
      local ok, why = put_at(index, list[index])
      if not ok then return nil, why end
   end
   return true
end

local function put_object(object)
   for key, value in next, object do
      if type(key) ~= "string" then
         return nil, ("a key that is a %s, in a table that is not a list from 1 on without gaps"):format(type(key))
      end
      if key:find("\0", 1, true) or not parser:put_key(key) then
         return nil, "a key with a zero byte, or of more than 256 bytes"
      end
      local ok, why = put_at(key, value)
      if not ok then return nil, why end
   end
   return true
end

local function put_table(value)
   if value == json.null then return parser:put_null() end
   local list = is_list(value)
   local ok, why = parser:put_open(list and Kind.ARRAY or Kind.OBJECT)
   if not ok then return nil, why .. " (does a table contain itself?)" end
   ok, why = (list and put_list or put_object)(value)
   parser:put_close()
   return ok, why
end

local WRITERS = {
   boolean = function(value) return parser:put_bool(value) end,
   number = function(value) return parser:put_number(value) end,
   string = function(value) return parser:put_text(value) end,
   table = put_table,
   cdata = function(value)
      if tostring(value):find "^%-?%d+U?LL$" then return parser:put_integer(value) end
      return nil, "a value of C cannot be written"
   end,
}

function put(value)
   local writer = WRITERS[type(value)]
   if not writer then return nil, ("a %s cannot be written"):format(type(value)) end
   return writer(value)
end

--- The JSON text of a value; keys in the order of the alphabet, so the same value gives the same
--- text. What JSON cannot hold is an error that says where it is.
---@param value any
---@param pretty? boolean in lines, indented by two spaces
---@return string
function json.encode(value, pretty)
   parser:begin()
   depth = 0
   local ok, why = put(value)
   local text
   if ok then text, why = parser:finish(pretty and 2 or 0) end
   return text or error(("json.encode: %s%s"):format(here(), why), 2)
end

return json
