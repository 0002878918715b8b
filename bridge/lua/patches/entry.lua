-- What C calls for a patched function or an event.
--
-- A bound entry is the outermost function of a trace. Where the trace ends, the interpreter reads the
-- frame's function, 8 bytes; if the trace has just written it, in two halves, the processor waits for
-- both: a fifth of the whole call. Traces write it after a tail call, and where they take an upvalue
-- for a constant. So generated bound entries make no tail calls, and assign to the variables they
-- use, which then are no constants.

local core, import = ...

local at = import("object").at

--- The entry, which wants handles, and before them `original`; and in a VM that compiles the bound
--- entry: it knows `original`, and takes objects' indices. See bridge/src/layer.h.
return function(method, body, original)
   local stubs = method.stubs
   local entry = stubs.entry and stubs.entry(body) or body
   return entry, core.jit and stubs.bind and stubs.bind(entry, original, at) or nil
end
