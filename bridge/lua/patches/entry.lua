-- What C calls for a patched function or an event.

local core = ...

--- The entry, which wants handles, and before them `original`; and in a VM that compiles the bound
--- entry: it knows `original`, and takes objects' indices. See bridge/src/layer.h.
return function(method, body, original)
   local stubs = method.stubs
   local entry = stubs.entry and stubs.entry(body) or body
   return entry, core.jit and stubs.bind and stubs.bind(entry, original) or nil
end
