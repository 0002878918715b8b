-- The stop: when the watchdog (bridge/src/watch.c) stops a script, all scripts of the machine get
-- errors until the bridge's own code has taken note of it.

local core = ...

local ffi = require "ffi"

local stopping = ffi.cast("volatile uint32_t *", core.stopping)

local stop = {}

--- Whether scripts are being stopped.
function stop.is_on() return stopping[0] ~= 0 end

--- What the last one was for: "runaway" or "memory".
stop.blame = nil ---@type string?

--- Whether its cause was told when it began: to the patch whose fault it was. What is no patch's is for
--- those to tell who take it.
stop.is_told = true

--- Ends it: for those that caught an error that went through all of the script. Returns whether there
--- was anything to end, and what it was for.
function stop.take()
   local was_on = stopping[0] ~= 0
   stopping[0] = 0
   return was_on, was_on and stop.blame or nil
end

return stop
