--- Hands what happened in the world's last step to everybody who wants to know.
---
--- A listener has a table `on`: {[native.EventKind.SHOT] = function(x, y, amount, size) ... end}.

---@class Listener
---@field on table<EventKind, fun(x: number, y: number, amount: number, size: number)>

local happenings = {}

--- Tells the listeners, in their order, about each event.
---@param world World
---@param listeners Listener[]
function happenings.tell(world, listeners)
   for index = 0, world.event_count - 1 do
      local event = world:event(index)
      local kind = event.kind
      for number = 1, #listeners do
         local hear = listeners[number].on[kind]
         if hear then hear(event.x, event.y, event.amount, event.size) end
      end
   end
end

return happenings
