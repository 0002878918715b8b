-- Typed messages: events whose fields are declared, and checked when they are sent.
--
--   message.define("Hit", { damage = "number", target = "Raider", by = "Rover?" })
--   message.on("Hit", function(hit) hit.target:damage(hit.damage) end)
--   message.send("Hit", { damage = 3, target = raider })
--
-- Types: "number", "integer", "string", "boolean", "table", "function", "any", and the classes of
-- native by name; with "?" the field may be missing. Nothing is copied: a table may be sent again.

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

local defined = {} ---@type table<string, Message>

local function class_named(name)
   local class = native[name]
   local ok, is = pcall(function() return class.is end)
   return ok and is and class or nil
end

local function read_field(message_name, name, declared)
   local where = ("message.define: %s.%s"):format(message_name, tostring(name))
   if type(name) ~= "string" or type(declared) ~= "string" then
      error(('%s: a field is a name and a type such as "number"'):format(where), 3)
   end
   local kind = declared:match "^(.-)%??$"
   local class = not TYPES[kind] and class_named(kind) or nil
   if not TYPES[kind] and not class then
      error(("%s: there is no type %q, and no class of that name"):format(where, declared), 3)
   end
   return { name = name, type = kind, optional = declared:sub(-1) == "?", is = TYPES[kind] or class.is }
end

--- Declares a message and the types of its fields; again: it changes.
---@param name string
---@param fields table<string, string>
---@return Message
function message.define(name, fields)
   if type(name) ~= "string" or type(fields) ~= "table" then
      error(("message.define: a name and a table of types expected, got %s and %s"):format(type(name), type(fields)), 2)
   end
   local new = { channel = "message " .. name, fields = {}, known = {} }
   for field, declared in pairs(fields) do
      new.fields[#new.fields + 1] = read_field(name, field, declared)
      new.known[field] = true
   end
   table.sort(new.fields, function(a, b) return a.name < b.name end)
   defined[name] = new
   return new
end

local function describe(value)
   if type(value) == "number" or type(value) == "boolean" or value == nil then return tostring(value) end
   return type(value) == "string" and ("%q"):format(value) or ("%s (%s)"):format(type(value), tostring(value))
end

local function fits(field, value)
   if value == nil then return field.optional end
   return field.is(value)
end

local function find(name, called)
   return defined[name] or error(("message.%s: there is no message %s; message.define it first"):format(called,
      describe(name)), 3)
end

local function check(name, declared, content)
   for index = 1, #declared.fields do
      local field = declared.fields[index]
      local value = content[field.name]
      if not fits(field, value) then
         error(("message.send: %s.%s: %s expected, got %s"):format(name, field.name, field.type, describe(value)), 3)
      end
   end
   for key in next, content do
      if not declared.known[key] then
         error(("message.send: %s has no field %s"):format(name, describe(key)), 3)
      end
   end
end

--- Sends a message to all who listen, now.
---@param name string
---@param content table<string, any>
function message.send(name, content)
   local declared = find(name, "send")
   if type(content) ~= "table" then
      error(("message.send: %s: a table of its fields expected, got %s"):format(name, describe(content)), 2)
   end
   check(name, declared, content)
   event.emit(declared.channel, content)
end

--- Calls `call` with the content of every message of that name.
---@param name string
---@param call fun(content: table<string, any>)
---@return Connection
function message.on(name, call)
   local declared = find(name, "on")
   if type(call) ~= "function" then
      error(("message.on: %s: function expected, got %s"):format(name, describe(call)), 2)
   end
   return event.on(declared.channel, call)
end

return message
