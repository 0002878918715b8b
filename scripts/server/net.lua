-- TCP: listens, and calls handlers with what clients send.
--
--   local listener, why = net.listen("0.0.0.0", 7777, {
--      connected = function(client) client:write("hello " .. client.peer) end,
--      received = function(client, message) client:write(message) end,
--      drained = function(client) end,       -- after a write that returned false
--      closed = function(client, why) end,   -- the last that is heard of it
--   }, { longest = 1024 })                   -- members of native.ListenOptions
--
-- The handlers may be the functions of a module: which function it is is looked up every time, so
-- that an edit of the module counts at once. An error in one is logged; the client stays connected.

local net = {}

---@class NetHandlers
---@field connected? fun(client: Client)
---@field received? fun(client: Client, message: string)
---@field drained? fun(client: Client)
---@field closed? fun(client: Client, why: string)

--- Waits for clients on `port` of the address `host`; port 0 is one that is free.
---@param host string    "127.0.0.1", "0.0.0.0", "::1"
---@param port integer
---@param hears NetHandlers
---@param options? ListenOptions
---@return Listener? listener
---@return string? why there is none
function net.listen(host, port, hears, options)
   if type(hears) ~= "table" then error("net.listen: handlers: table expected, got " .. type(hears), 2) end
   local listener, why = native.net:listen(host, port, options or {})
   if listener then listener.handlers = hears end
   return listener, why
end

--- Calls a handler. For scripts/host.lua.
---@param name "connected"|"received"|"drained"|"closed"
---@param client Client
---@param what? string
function net.tell(name, client, what)
   local handler = client.listener.handlers[name]
   if handler then handler(client, what) end
end

return net
