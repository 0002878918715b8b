-- Where the server listens. Lay your own over it: patch/scripts/config.lua.

return {
   host = "127.0.0.1", -- this machine alone; "0.0.0.0" for everybody
   port = 7777,
}
