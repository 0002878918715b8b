-- The message handler of every protected call in the bridge's own Lua. An error value that is no
-- text is only named: its __tostring would be script code. An error that is raised again keeps the
-- traceback of the place where it came from.

local debug_traceback, type = debug.traceback, type

return function(message)
   if type(message) ~= "string" then message = ("error object is a %s"):format(type(message)) end
   if message:find("\nstack traceback:", 1, true) then return message end
   return debug_traceback(message, 2)
end
