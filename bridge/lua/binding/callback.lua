-- Lua functions that C holds: to whom they belong, and who is blamed when one fails. What C holds
-- is in bridge/src/callback.c.

local core, import = ...

local owner = import "owner"
local stop = import "stop"

local callbacks = core.callbacks -- {[place] = function, [-place] = what C calls instead}

local callback = {}

local failing = setmetatable({}, { __mode = "k" }) -- {[function] = what layer.failed() takes}

local MAX_REPORTS = 3 -- of one function that is no patch's

--- Makes a callback type known to generated code, as if it were a method.
function callback.describe(description)
   description.where = ("%s.%s"):format(description.owner, description.name)
   return description
end

--- Tells C what has to be done in Lua for a callback type; most types need nothing.
function callback.define(description, stubs)
   if stubs then core.define_callback(description.pointer, stubs.entry, stubs.shim) end
end

--- The places of the functions that C holds of a version of a patch.
local function places_of(token)
   local places = {}
   for place, func in next, callbacks do
      if place > 0 and owner.by_environment(func) == token then places[#places + 1] = place end
   end
   return places
end

--- Visits the functions that C holds: visit(token or nil, name of the function that took it).
function callback.each(visit)
   for place, func in next, callbacks do
      if place > 0 then visit(owner.by_environment(func), core.callback_taker(place)) end
   end
end

--- Whether C holds any.
function callback.is_owner(token) return #places_of(token) > 0 end

--- Takes all of them back from C: their code is gone.
function callback.take_back(token)
   for _, place in ipairs(places_of(token)) do core.drop_callback(place) end
end

--- Takes note that a function failed that C called; `where` took it. Called by C.
function callback.failed(func, where, message)
   if stop.take() and stop.is_told then return end
   local self = failing[func]
   if not self then
      local token = owner.by_environment(func)
      self = { patch = token and token.patch, target = { where = where }, body = func, errors = 0 }
      failing[func] = self
   end
   local layer = import "layer"
   if self.patch then
      layer.failed(self, message)
      return
   end
   self.errors = self.errors + 1
   if self.errors <= MAX_REPORTS then core.log(3, ("%s: %s"):format(where, layer.with_place(self, message))) end
end

return callback
