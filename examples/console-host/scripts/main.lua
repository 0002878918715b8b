-- The weather, and when it should be warm: what changes more often than the program.

local room = native.room -- mp_vm_set_root() in main.c

local main = {}

--- Called before every minute; returns how warm it is outside.
function main.minute(minute)
   local hour = minute / 60
   room.target = hour >= 6 and hour < 22 and 20 or 18
   return 5 - 4 * math.cos((hour - 3) / 24 * 2 * math.pi)
end

return main
