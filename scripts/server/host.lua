-- Between the program and a server's scripts: the program calls this module, this module calls the
-- table that the main script returns. See docs/host.md.

require "strict"

local app = require "app"
local log = require "log"
local net = require "net"
local timer = require "timer"

---@class Server  what a server's main script returns; see docs/host.md
---@field load? fun()  the server starts: listen here
---@field update? fun(dt: number)  sixty times a second
---@field quit? fun()  the server ends: last words to clients are still sent
---@field patch_event? fun(id: string, state: PatchState, cause: string, in_effect: boolean)

local main = native.net.script
local server = require(main) ---@type Server
if type(server) ~= "table" then
   error(("scripts/%s.lua must return a table of functions (load, update, quit, ...), it returned %s"):format(main,
      type(server)), 0)
end

local host = {}

local function call(name, ...)
   local f = server[name]
   if f then return f(...) end
end

function host.load() call "load" end

--- One tick.
---@param dt number seconds since the last one
function host.update(dt)
   log.update()
   timer.update(dt)
   call("update", dt)
end

--- Whether a script asked to end the program.
---@return boolean
function host.wants_quit() return app.is_quitting() end

function host.quit() call "quit" end

---@param id string
---@param state PatchState
---@param cause string
---@param in_effect boolean
function host.patch_event(id, state, cause, in_effect) call("patch_event", id, state, cause, in_effect) end

local looks = 0

--- How often scenes have changed: a server has none, and an update that waits for one comes with the next tick.
---@return integer
function host.scene_changes()
   looks = looks + 1
   return looks
end

-- What happens to clients.
host.connected = function(client) net.tell("connected", client) end
host.received = function(client, message) net.tell("received", client, message) end
host.drained = function(client) net.tell("drained", client) end
host.closed = function(client, why) net.tell("closed", client, why) end

return host
