-- What clients can say: a line is a command and its text. Each command returns what is wrong, or
-- nothing.

local room = require "room"
local rules = require "rules"

local FIRST_ROOM = "airlock"

local commands = {} ---@type table<string, fun(player: Player, text: string): string?>

function commands.join(player, text)
   if player.name then return "you have joined already" end
   if not text:find "^%w+$" or #text > rules.longest_name then
      return ("a name has 1 to %d letters and digits"):format(rules.longest_name)
   end
   player.name = text
   player.client:write("welcome " .. text)
   room.enter(FIRST_ROOM, player)
end

function commands.rooms(player) player.client:write("rooms " .. table.concat(room.names(), " ")) end

function commands.go(player, text)
   if not text:find "^%w+$" then return "where to? go NAME" end
   player.room:leave(player)
   room.enter(text, player)
end

function commands.say(player, text) player.room:say(player, text) end

function commands.ready(player) player.room:make_ready(player) end

function commands.dig(player)
   local match = player.room.match
   if not match then return "there is no match; say ready" end
   if not match:dig() then return "not enough oxygen" end
end

function commands.quit(player) player.client:close() end

local FOR_EVERYBODY = { join = true, quit = true }

local all = {}
for name in pairs(commands) do all[#all + 1] = name end
table.sort(all)

local module = {}

--- Does what a line asks for.
---@param player Player
---@param line string
---@return string? problem
function module.run(player, line)
   local name, text = line:match "^(%l+) ?(.*)$"
   local command = commands[name]
   if not command then return "unknown command; there are: " .. table.concat(all, ", ") end
   if not player.name and not FOR_EVERYBODY[name] then return "who are you? join NAME" end
   return command(player, text)
end

return module
