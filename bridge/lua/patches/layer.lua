-- Layers: what patches put on top of a function.
--
-- A target is a C method or a function in a Lua table. Its layers are stacked in the order of
-- their patches. Each layer's body gets the layer below as `original`; a guard around it hands
-- the call to the layer below when the body fails. Nothing of a layer outlives its patch.

local core, import = ...

local class = import "class"
local entry_from_c = import "entry"
local hold = import "hold"
local is_alive = import("object").is_alive
local stop = import "stop"

local now, xpcall, select = core.now, xpcall, select
local traceback = core.traceback

local layer = {}

---@class Layer
---@field patch table    whose it is
---@field target table   what it is on
---@field mode string    "override", "before" or "after"
---@field body function  as the patch gave it
---@field calls number   calls from Lua
---@field errors number
---@field tripped boolean  calls pass it over
---@field time number?   seconds spent in `body`, of `timed` calls: see layer.measure()
---@field timed number?
---@field c userdata     what C knows of it; C methods only

local MAX_REPORTS = 3 -- of one layer; the rest only counts
local ERROR_BUDGET = 8 -- MP_PATCH_ERROR_BUDGET

local exhausted -- patches that used up their budget since the last step

local YIELD = "attempt to yield across C-call boundary"

--- The message without the place of a script that is blamed for what `where` got.
local function without_blame(message, where)
   local _, last = message:find("^[^\n]-:%d+: ")
   if not last or message:sub(last + 1, last + #where + 2) ~= where .. ": " then return message end
   return message:sub(last + 1)
end

--- The message with the place of the layer's function, unless it names its file. `return original(x)`
--- leaves nothing of the function on the stack: whoever called it is blamed.
function layer.with_place(failing, message)
   local info = failing.body and debug.getinfo(failing.body, "S")
   if not info or message:find(info.short_src .. ":", 1, true) then return message end
   local first, rest = without_blame(message, failing.target.where):match("^([^\n]*)(.*)$")
   return ("%s (from the function at %s:%d)%s"):format(first, info.short_src, info.linedefined, rest)
end

local function report(failing, message)
   local where = failing.target.where
   local first, last = message:find(YIELD, 1, true)
   if first then
      message = message:sub(1, last) .. " (it can wait only when a script called it, and in a coroutine)" .. message:sub(last + 1)
   end
   if message:sub(1, #where + 2) == where .. ": " then message = message:sub(#where + 3) end
   core.log(3, ("patch %s: %s: %s"):format(failing.patch.id, where, message))
end

--- Whether calls pass a patch's functions over.
local function pass_over(patch, over)
   for _, each in ipairs(patch.layers) do
      each.tripped = over
      if each.c then core.trip(each.c, over) end
   end
end

--- From here on the patch's functions are passed over, until it is taken away between two frames.
local function trip(patch)
   if patch.tripped then return end
   patch.tripped = true
   exhausted = exhausted or {}
   exhausted[#exhausted + 1] = patch
   pass_over(patch, true)
end

--- Switches the functions of a patch off, or on again; all else of it stays.
function layer.switch(patch, on)
   patch.off = not on
   pass_over(patch, patch.off or patch.tripped == true)
end

-- What is said when there was no room for one more call: the patch calls itself without end. Every
-- call that is open may do the same again, so there is no second chance.
local function is_overflow(message)
   return message:find("stack overflow", 1, true) or message:find("error in error handling", 1, true)
end

--- An error that counts against a patch, whose budget may be used up with it.
local function charge(patch, message, blame)
   patch.errors = patch.errors + 1
   patch.last_error, patch.blame = message, patch.verdict and patch.blame or blame or "error"
   core.count_error()
   if patch.errors >= ERROR_BUDGET then trip(patch) end
end

--- Charges a patch with what it was stopped for; `blame`: "runaway" or "memory".
function layer.charge(patch, message, blame)
   charge(patch, message, blame)
   core.log(3, ("patch %s: %s"):format(patch.id, message))
end

--- The patch had its last chance: it is passed over from here on, and then taken away for `cause`.
function layer.condemn(patch, cause, blame)
   if not patch.tripped then layer.charge(patch, cause, blame) end
   if not patch.verdict then patch.verdict, patch.blame = cause, blame end
   trip(patch)
end

--- Takes note that a layer's body failed; `message` has a traceback. Called by guards and by C.
--- That C refused its arguments is told, but not held against the patch: it may have handed on
--- what its caller gave. Of a stop, whose fault it is has been told when it began.
function layer.failed(failing, message)
   if hold.on then error(message:match "^[^\n]*", 0) end -- nothing of it counts: another patch's top level called
   if stop.take() then return end
   local patch = failing.patch
   message = layer.with_place(failing, message)
   local overflow = is_overflow(message)
   if overflow then trip(patch) end
   if core.is_refusal(message) then
      failing.refusals = (failing.refusals or 0) + 1
      if failing.refusals <= MAX_REPORTS then report(failing, message) end
      return
   end
   failing.errors = failing.errors + 1
   charge(patch, overflow and failing.target.where .. ": it calls itself without end; did you mean original(...)?"
      or message:match("^[^\n]*"), failing.blame)
   if failing.errors <= MAX_REPORTS then report(failing, overflow and patch.last_error or message) end
end
local failed = layer.failed

--- Takes note of an error that ended a call of C's, other than of a layer: it was raised in a function
--- of this version of a patch, or below it. Returns the message, with the patch's name.
function layer.escaped(token, message)
   local patch = token.patch
   if not token.gone then charge(patch, message:match("^[^\n]*"), "error") end
   return ("patch %s: %s"):format(patch.id, message)
end

--- Takes note that after a layer's body failed there was nothing left to call the layer below with:
--- object `index` of C's arguments was destroyed meanwhile; nil: some object, which C's lists may hold.
function layer.bereaved(failing, index)
   if failing.errors + (failing.refusals or 0) > MAX_REPORTS then return end
   local what = index and ("object #%d, which C called it with, was destroyed meanwhile"):format(index)
      or "an object was destroyed meanwhile, and C may have called it with that one"
   report(failing, layer.with_place(failing, what .. ": the C body does not run, its caller gets nothing"))
end

--- The patches that used up their error budget since the last call; nil: none.
function layer.take_exhausted()
   local taken = exhausted
   exhausted = nil
   return taken
end

-- ---- bodies ---------------------------------------------------------------------------------

local measuring = false

--- The function of the patch that is called; while calls are measured, one around it that takes the time.
--- Nothing of that is in the way of calls which are not.
local function body_of(self)
   local body = self.body
   if not measuring then return body end
   self.time, self.timed = self.time or 0, self.timed or 0
   local function finish(begun, ...)
      self.time, self.timed = self.time + now() - begun, self.timed + 1
      return ...
   end
   return function(...) return finish(now(), body(...)) end
end

--- Whether layers that are stacked from now on take the time of their calls.
function layer.measure(on) measuring = on end

local function hook(self, body, ...)
   local ok, message = xpcall(body, traceback, ...)
   if not ok then failed(self, message) end
end

--- A hook that destroys the object itself gets what it wants, and does not run again for that.
local function before_destructor(self)
   local body = body_of(self)
   local ending = setmetatable({}, { __mode = "k" }) -- {[handle] = true} while the hook runs
   return function(original, handle)
      if not ending[handle] then
         ending[handle] = true
         hook(self, body, handle)
         ending[handle] = nil
      end
      if is_alive(handle) then return original(handle) end
   end
end

--- Every layer's body as an override: function(original, ...).
local MODES = {
   override = body_of,
   before = function(self)
      if self.target.method and self.target.method.kind == "destructor" then return before_destructor(self) end
      local body = body_of(self)
      return function(original, ...)
         hook(self, body, ...)
         return original(...)
      end
   end,
   -- What `original` returned is kept; the hook sees the arguments, and before them what a
   -- constructor made.
   after = function(self)
      local body = body_of(self)
      if self.target.method and self.target.method.kind == "constructor" then
         return function(original, ...)
            local made, message = original(...)
            if made ~= nil then hook(self, body, made, ...) end
            return made, message
         end
      end
      local function finish(count, arguments, ...)
         hook(self, body, unpack(arguments, 1, count))
         return ...
      end
      return function(original, ...) return finish(select("#", ...), { ... }, original(...)) end
   end,
}
layer.MODES = MODES

--- What a caller in Lua gets of a layer that failed, unless it gets what the layer below returns: an
--- error, or `...`.
function layer.end_call(failing, message, ...)
   if failing.on_error == "raise" then
      error(("patch %s: %s"):format(failing.patch.id, tostring(message):match "^[^\n]*"), 0)
   end
   return ...
end

--- A guard for targets of which no types are known: functions in Lua tables.
local function plain_guard(self, body, original)
   local function finish(ok, first, ...)
      if ok then return true, first, ... end
      failed(self, first)
      return false, first
   end
   local function choose(count, arguments, ok, ...)
      if ok then return ... end
      if self.on_error then return layer.end_call(self, (...)) end
      return original(unpack(arguments, 1, count))
   end
   return function(...)
      if self.tripped then return original(...) end
      self.calls = self.calls + 1
      return choose(select("#", ...), { ... }, finish(xpcall(body, traceback, original, ...)))
   end
end

-- ---- targets --------------------------------------------------------------------------------

---@class Target
---@field where string                       for people: "Enemy.damage"
---@field base fun(): function               the unpatched function
---@field guard fun(layer, body, original)   makes the function that callers get
---@field install fun(top, layers)           makes `top` what callers get; nil: the unpatched one

local targets = setmetatable({}, { __mode = "k" }) -- {[method or table] = {[name] = target}}

local function native_target(method)
   local stubs = method.stubs
   local bound -- one of the bound entries in use

   -- They all share their code, and its compiled form holds on to the functions of one patch.
   local function forget_compiled()
      if bound then jit.flush(bound) end
      bound = nil
   end

   return {
      where = method.where, method = method,
      base = function() return class.native_function(method) end,
      guard = stubs.guard,
      install = function(top, layers)
         forget_compiled()
         for _, self in ipairs(layers) do
            self.c = self.c or core.new_layer(self)
            self.entry, self.bound = entry_from_c(method, MODES[self.mode](self), self.original)
            bound = self.bound
         end
         core.set_layers(method.pointer, layers)
         class.set_function(method, top)
      end,
   }
end

local function table_target(owner, name, where)
   local original
   local patched = false
   return {
      where = where, guard = plain_guard,
      base = function()
         if not patched then original = rawget(owner, name) end
         return original
      end,
      install = function(top)
         rawset(owner, name, top or original)
         patched = top ~= nil
      end,
   }
end

--- The target for a C method.
function layer.native_target(method)
   targets[method] = targets[method] or native_target(method)
   return targets[method]
end

--- The target for function `name` of a Lua table; one and the same while it has layers.
function layer.table_target(owner, name, where)
   local of_owner = targets[owner] or {}
   targets[owner] = of_owner
   of_owner[name] = of_owner[name] or table_target(owner, name, where)
   return of_owner[name]
end

local below = setmetatable({}, { __mode = "k" }) -- {[what callers get of a layer] = what they would get without it}

--- The function that a patched one stands for; itself if it is none.
function layer.unpatched(func)
   while below[func] do func = below[func] end
   return func
end

--- Stacks `layers`, lowest first, on a target in place of what it had.
function layer.stack(target, layers)
   local function_below = target.base()
   local from_top = {}
   for _, self in ipairs(layers) do
      self.original = function_below
      function_below = target.guard(self, MODES[self.mode](self), function_below)
      below[function_below] = self.original
      table.insert(from_top, 1, self)
   end
   target.install(#layers > 0 and function_below or nil, from_top)
end

local ACCESSOR = { getter = "get ", setter = "set " }

--- What is overridden, by the names that patches use: "Rover.fire", "Rover.get wrecked".
function layer.names(layers)
   local names = {}
   for index, each in ipairs(layers) do
      local method = each.target.method
      local accessor = method and ACCESSOR[method.kind]
      names[index] = accessor and ("%s.%s%s"):format(method.owner.name, accessor, method.name) or each.target.where
   end
   return names
end

--- How often a layer was called, by Lua and by C.
function layer.calls(self) return self.calls + (self.c and core.layer_calls(self.c) or 0) end

return layer
