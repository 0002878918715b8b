-- Typed messages: events whose fields are declared, and checked when they are sent.
--
--   message.define("Hit", { damage = "number", target = "Raider", by = "Rover?" })
--   message.on("Hit", function(hit) hit.target:damage(hit.damage) end)
--   message.send("Hit", { damage = 3, target = raider })
--
-- Types: "number", "integer", "string", "boolean", "table", "function", "any", and the classes of
-- native by name; with "?" the field may be missing. Nothing is copied: a table may be sent again.

local check = require "library.check"
local event = require "event"

local message = {}

---@class MessageField
---@field name string
---@field type string     without the "?"
---@field optional boolean
---@field is fun(value: any): boolean

---@class Message
---@field package channel string  the event that it travels as
---@field package fields MessageField[]
---@field package known table<string, boolean>

local function is_of(lua_type) return function(value) return type(value) == lua_type end end

local TYPES = {
   number = is_of "number", string = is_of "string", boolean = is_of "boolean", table = is_of "table",
   ["function"] = is_of "function",
   integer = function(value) return type(value) == "number" and value % 1 == 0 end,
   any = function() return true end,
}

local TYPE_NAMES = { "any", "boolean", "function", "integer", "number", "string", "table" }

local defined = {} ---@type table<string, Message>

local function class_named(name)
   local class = native[name]
   local ok, is = pcall(function() return class.is end)
   return ok and is and class or nil
end

local function read_field(message_name, name, declared)
   check.string(name, "message.define", "name of a field of " .. message_name)
   local field = ("%s.%s"):format(message_name, name)
   check.string(declared, "message.define", field)
   local kind = declared:match "^(.-)%??$"
   local class = not TYPES[kind] and class_named(kind) or nil
   if not TYPES[kind] and not class then
      check.expected(declared, "message.define", field, "type or class", check.near(kind, TYPE_NAMES))
   end
   return { name = name, type = kind, optional = declared:sub(-1) == "?", is = TYPES[kind] or class.is }
end

--- Declares a message and the types of its fields; again: it changes.
---@param name string
---@param fields table<string, string>
---@return Message
function message.define(name, fields)
   check.string(name, "message.define", "name")
   check.table(fields, "message.define", "fields")
   local new = { channel = "message " .. name, fields = {}, known = {} }
   for field, declared in pairs(fields) do
      new.fields[#new.fields + 1] = read_field(name, field, declared)
      new.known[field] = true
   end
   table.sort(new.fields, function(a, b) return a.name < b.name end)
   defined[name] = new
   return new
end

local function fits(field, value)
   if value == nil then return field.optional end
   return field.is(value)
end

local function find(name, called)
   local found = defined[name or false]
   if found then return found end
   local names = {}
   for known in pairs(defined) do names[#names + 1] = known end
   check.fail("%s: there is no message %s%s; message.define declares one", called, check.describe(name),
      check.near(name, names))
end

local function names_of(fields)
   local names = {}
   for index, field in ipairs(fields) do names[index] = field.name end
   return names
end

local function check_content(name, declared, content)
   check.table(content, "message.send", name)
   for index = 1, #declared.fields do
      local field = declared.fields[index]
      local value = content[field.name]
      if not fits(field, value) then check.expected(value, "message.send", name .. "." .. field.name, field.type) end
   end
   for key in next, content do
      if not declared.known[key] then
         local near = check.near(key, names_of(declared.fields))
         check.fail("message.send: %s has no field %s%s", name, check.describe(key), near)
      end
   end
end

--- Sends a message to all who listen, now.
---@param name string
---@param content table<string, any>
function message.send(name, content)
   local declared = find(name, "message.send")
   check_content(name, declared, content)
   event.emit(declared.channel, content)
end

--- Calls `call` with the content of every message of that name.
---@param name string
---@param call fun(content: table<string, any>)
---@return Connection
function message.on(name, call)
   local declared = find(name, "message.on")
   check.call(call, "message.on", "call")
   return event.on(declared.channel, call)
end

return message
