-- Events: what C fires and scripts listen to.
--
-- enemy.died is an event of one object: :connect(f), :once(f), :wait(), :fire(...). C finds one
-- listener for each event and VM, fire() below, which hands on to the connections of the object.

local core, import = ...

local by_object = import "by_object"
local entry_from_c = import "entry"
local layer = import "layer"
local object = import "object"
local owner = import "owner"
local stop = import "stop"
local traceback = core.traceback

local getmetatable, raise, type, xpcall = debug.getmetatable, core.raise, type, xpcall

local event = {}

local ERROR_BUDGET, MAX_REPORTS = 8, 3 -- of one connection

---@class Connection
---@field func function?      what it calls, or who waits; nil once it is cut
---@field once boolean
---@field thread thread?      the coroutine that waits
---@field owner table?        whose function it is: see owner.lua
---@field errors number
---@field event table         the method
---@field index number?       of the object that it hears, which it must not hold
---@field generation number?

--- Who listens to an event: lists of connections, by object, or one list for an event of no object.
local heard = {} -- {[method] = ByObject or list}

-- ---- firing ---------------------------------------------------------------------------------

local function blame(method, connection, message)
   if stop.take() and stop.is_told then return end
   connection.errors = connection.errors + 1
   if connection.owner then
      local where = method.where .. " (listener)"
      layer.failed({ patch = connection.owner.patch, target = { where = where }, errors = connection.errors - 1 }, message)
   elseif connection.errors <= MAX_REPORTS then
      core.log(3, ("%s: a listener failed: %s"):format(method.where, message))
   end
   if connection.errors == ERROR_BUDGET then
      connection.func = nil
      core.log(2, ("%s: a listener failed %d times and was disconnected"):format(method.where, ERROR_BUDGET))
   end
end

local function resume(thread, ...)
   local ok, message = coroutine.resume(thread, ...)
   if ok then return end
   if type(message) ~= "string" then message = "error object is a " .. type(message) end
   error(debug.traceback(thread, message), 0)
end

local function call(method, connection, ...)
   local func = connection.func
   if connection.once then connection.func = nil end
   local ok, message
   if connection.thread then
      ok, message = xpcall(resume, traceback, connection.thread, ...)
   else
      ok, message = xpcall(func, traceback, ...)
   end
   if not ok then blame(method, connection, message) end
end

local function list_of(method, self)
   local found = heard[method]
   if found and method.has_self then return found.get(self) end
   return found
end

--- Drops the connections that are cut. Never while the list is being gone through.
local function compact(connections)
   local kept = 0
   for index = 1, #connections do
      local connection = connections[index]
      connections[index] = nil
      if connection.func then
         kept = kept + 1
         connections[kept] = connection
      end
   end
end

--- Whether a connection hears what is fired: not when it is cut, or of a patch that is switched off.
local function hears(connection)
   return connection.func and not (connection.owner and connection.owner.patch.off)
end

--- Calls the connections there are now, in their order; those that are made meanwhile come next time.
local function fire(method, ...)
   local connections = list_of(method, (...))
   if not connections then return end
   connections.firing = connections.firing + 1
   for index = 1, #connections do
      if hears(connections[index]) then call(method, connections[index], ...) end
   end
   connections.firing = connections.firing - 1
   if connections.firing == 0 then compact(connections) end
end

-- ---- connecting -----------------------------------------------------------------------------

local function wake(method)
   local message = method.where .. ": its object was destroyed"
   return function(connections)
      for _, connection in ipairs(connections) do
         if connection.func and connection.thread then call(method, connection, nil, message) end
      end
   end
end

--- C calls this VM only for events to which somebody listens.
local function listen(method)
   heard[method] = method.has_self and by_object(wake(method)) or { firing = 0 }
   local function body(_, ...) fire(method, ...) end
   local entry, bound = entry_from_c(method, body)
   core.listen(method.pointer, { c = core.new_layer(), entry = entry, bound = bound })
end

local function find_or_add(method, handle)
   if not heard[method] then listen(method) end
   local list = list_of(method, handle)
   if not list then
      list = { firing = 0 }
      heard[method].set(handle, list)
   end
   return list
end

local MANY = 32 -- connections among which to look for cut ones

--- Methods are given what scripts put before the colon, which may be anything.
local function expect(self, class, method)
   if getmetatable(self) ~= class then
      raise(("%s: %s expected before the ':', got %s"):format(method, class.__name, object.describe(self)))
   end
end

local Connection = { __name = "listener", __metatable = false }
Connection.__index = Connection

--- Cuts the connection; nothing happens if it is cut already.
function Connection:disconnect()
   expect(self, Connection, "disconnect")
   self.func = nil
end

--- Whether it still is one.
function Connection:is_connected()
   expect(self, Connection, "is_connected")
   return self.func ~= nil
end

---@class Event  of one object
local Event = { __name = "event", __metatable = false }
Event.__index = Event

local function connect(bound, func, once, waiting)
   expect(bound, Event, once and "once" or "connect")
   if type(func) ~= "function" then
      raise(("%s: connect: function expected, got %s"):format(bound.method.where, object.describe(func)))
   end
   local method = bound.method
   if method.gone then raise(("%s: module %s was unloaded"):format(method.where, method.module.name)) end
   if method.has_self then object.resolve(bound.handle, method.where) end
   local connections = find_or_add(method, bound.handle)
   if #connections % MANY == MANY - 1 and connections.firing == 0 then compact(connections) end
   local connection = setmetatable({
      func = func, once = once, thread = waiting, owner = owner.of(func), errors = 0, event = method,
   }, Connection)
   if method.has_self then connection.index, connection.generation = object.identity(bound.handle) end
   connections[#connections + 1] = connection
   return connection
end

function Event:__tostring() return "event " .. self.method.where end

--- Calls func(object, ...) whenever the event is fired; returns the connection.
function Event:connect(func) return connect(self, func, false) end

--- The same for the next time only.
function Event:once(func) return connect(self, func, true) end

--- Whether a connection is to this event, of this object.
local function is_of(connection, bound)
   if connection.event ~= bound.method then return false end
   if not bound.method.has_self then return true end
   local index, generation = object.identity(bound.handle)
   return connection.index == index and connection.generation == generation
end

--- Cuts the connection that connect() or once() of this event returned.
function Event:disconnect(connection)
   expect(self, Event, "disconnect")
   local where = self.method.where
   if getmetatable(connection) ~= Connection then
      raise(("%s: disconnect: what connect() returned expected, got %s"):format(where, object.describe(connection)))
   elseif not is_of(connection, self) then
      local to = connection.event == self.method and "the same event of another object" or connection.event.where
      raise(("%s: disconnect: this is a connection to %s; connection:disconnect() cuts any"):format(where, to))
   end
   connection.func = nil
end

-- Whoever resumed it: the wait is over.
local function finish_wait(connection, ...)
   connection.func = nil
   return ...
end

--- The function that calls wait(). `return event:wait()` leaves nothing of one that is a coroutine's
--- first; then it is the function that resumed the coroutine.
local function waiter()
   local info = debug.getinfo(3, "f")
   local resumer = not info and core.library.coroutine.resumers()
   info = info or resumer and debug.getinfo(resumer, 1, "f")
   return info and info.func or Event.wait
end

--- Waits in a coroutine until the event is fired; returns what it was fired with. When the object is
--- destroyed first, it returns nil and a message, between two frames. Another who resumes the coroutine
--- ends the wait as well, and wait() returns what was passed.
function Event:wait()
   expect(self, Event, "wait")
   local thread, is_main = coroutine.running()
   if not thread or is_main then raise(("%s: wait: only in a coroutine"):format(self.method.where)) end
   local connection = connect(self, waiter(), true, thread)
   return finish_wait(connection, coroutine.yield())
end

--- Fires it, for scripts and for C alike.
function Event:fire(...)
   expect(self, Event, "fire")
   if self.method.has_self then return self.method.fire(self.handle, ...) end
   return self.method.fire(...)
end

--- The event of one object, or of none.
function event.of(method, handle) return setmetatable({ method = method, handle = handle }, Event) end

-- ---- letting go -----------------------------------------------------------------------------

--- Visits all connections that are not cut, those of dead objects as well.
local function each_connection(visit)
   local function visit_list(method, connections, index, generation)
      for _, connection in ipairs(connections) do
         if connection.func then visit(connection, method, index, generation) end
      end
   end
   for method, found in next, heard do
      if method.has_self then
         found.each(function(connections, index, generation) visit_list(method, connections, index, generation) end)
      else
         visit_list(method, found)
      end
   end
end

--- Visits the connections that can still hear something: visit(connection, method).
function event.each(visit)
   each_connection(function(connection, method, index, generation)
      if not index or object.objects[index].generation == generation then visit(connection, method) end
   end)
end

--- Between two frames: forgets the connections of dead objects; who waits for them goes on.
function event.sweep()
   for method, found in next, heard do
      if method.has_self then found.sweep() end
   end
end

--- Cuts the connections of a version of a patch that goes.
function event.drop(token)
   each_connection(function(connection)
      if connection.owner == token then connection.func = nil end
   end)
end

--- Whether it has any.
function event.is_owner(token)
   local found = false
   each_connection(function(connection) found = found or connection.owner == token end)
   return found
end

--- Lets go of the connections of all dead objects; who waits for them goes on now.
function event.settle(method)
   if heard[method] and method.has_self then heard[method].sweep(true) end
end

--- Forgets an event that goes. C calls this VM no more.
function event.forget(method)
   if not heard[method] then return end
   heard[method] = nil
   core.listen(method.pointer, nil)
end

return event
