-- A lobby for Moonbase: players join, go from room to room, chat, and play a small match that the
-- server decides. docs/host.md walks through it. Try it:
--
--   moonpatch-host --script examples/lobby/server.lua
--   nc 127.0.0.1 7777           then: join ada, say hello, ready, dig

local commands = require "commands"
local config = require "config"
local log = require("log").of "lobby"
local net = require "net"
local room = require "room"

local players = {} ---@type table<integer, Player>  by the number of their client

local handlers = {} ---@type NetHandlers

function handlers.connected(client)
   players[client.number] = { client = client }
   client:write "moonbase: join NAME"
end

function handlers.received(client, line)
   local problem = commands.run(players[client.number], line)
   if problem then client:write("error " .. problem) end
end

function handlers.closed(client)
   local player = players[client.number]
   players[client.number] = nil
   if player.room then player.room:leave(player) end
end

local server = {}

function server.load()
   local listener, why = net.listen(config.host, config.port, handlers, { longest = 512, silence = 600 })
   if not listener then error(why, 0) end
   log:info("listening on %s port %d", config.host, listener.port)
end

server.update = room.update

--- The server ends.
function server.quit()
   for _, player in pairs(players) do player.client:write "bye: the server ends" end
end

return server
