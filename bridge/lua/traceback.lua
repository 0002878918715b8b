-- The message handler of every protected call in the bridge's own Lua. An error value that is no
-- text is only named: its __tostring would be script code. An error that is raised again keeps the
-- traceback of the place where it came from.

local debug_traceback, getinfo, type = debug.traceback, debug.getinfo, type

local LONGEST = 4096 -- bytes of a message, with its traceback

--- "p.lua:3: " of the innermost Lua function.
local function where()
   for level = 3, 20 do
      local info = getinfo(level, "Sl")
      if not info then break end
      if info.currentline > 0 then return ("%s:%d: "):format(info.short_src, info.currentline) end
   end
   return ""
end

return function(message)
   if type(message) ~= "string" then message = ("%serror object is a %s"):format(where(), type(message)) end
   if #message > LONGEST then message = message:sub(1, LONGEST) .. "..." end
   if message:find("\nstack traceback:", 1, true) then return message end
   return debug_traceback(message, 2)
end
