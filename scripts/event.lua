-- Events: some parts of a game tell, others listen, and neither knows the other.
--
--   local connection = event.on("wave_cleared", function(number) ... end)
--   event.emit("wave_cleared", 3)
--   connection:disconnect()

local check = require "library.check"

local event = {}

---@class Connection
---@field package listeners Connection[]
---@field package call fun(...)
---@field package once boolean
---@field package gone? boolean
local Connection = {}
Connection.__index = Connection

local by_name = {} ---@type table<string, Connection[]>

--- A listener of a patch that has gone hears nothing.
local function hears(connection)
   if is_gone(connection.call) then connection:disconnect() end
   return not connection.gone
end

local function connect(name, call, once, called)
   if name == nil then check.expected(name, called, "name", "name of an event") end
   check.call(call, called, "call")
   local listeners = by_name[name] or {}
   by_name[name] = listeners
   local connection = setmetatable({ listeners = listeners, call = call, once = once }, Connection)
   listeners[#listeners + 1] = connection
   return connection
end

--- Calls `call` whenever `name` is emitted, in the order of connecting.
---@param name string
---@param call fun(...)
---@return Connection
function event.on(name, call) return connect(name, call, false, "event.on") end

--- Calls `call` the next time `name` is emitted.
---@param name string
---@param call fun(...)
---@return Connection
function event.once(name, call) return connect(name, call, true, "event.once") end

--- Stops listening; may be called while the event is being emitted.
function Connection:disconnect()
   self.gone = true
   local listeners = self.listeners
   for index, each in ipairs(listeners) do
      if each == self then
         table.remove(listeners, index)
         return
      end
   end
end

--- Calls everybody who listens to `name` now; those who connect meanwhile wait for the next time.
---@param name string
---@param ... any
function event.emit(name, ...)
   if name == nil then check.expected(name, "event.emit", "name", "name of an event") end
   local listeners = by_name[name]
   if not listeners or #listeners == 0 then return end
   if #listeners == 1 then
      local only = listeners[1]
      if not hears(only) then return end
      if only.once then only:disconnect() end
      only.call(...)
      return
   end
   local now = {}
   for index, each in ipairs(listeners) do now[index] = each end
   for _, each in ipairs(now) do
      if hears(each) then
         if each.once then each:disconnect() end
         each.call(...)
      end
   end
end

return event
