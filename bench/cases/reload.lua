-- How long the game stands still while one of its scripts is reloaded: most of it is a walk through
-- all that scripts hold.

local tools = ...

local TEXT = [[
local edits, module = %d, { heap = {} }
function module.edits() return edits end
function module.fill(count)
   for index = 1, count do
      module.heap[index] = { x = index, y = index, hp = 100, update = function(self) return self.x + index + edits end }
   end
end
return module]]

local edits = 0

local function reload()
   edits = edits + 1
   tools.edit(TEXT:format(edits))
end

--- Milliseconds of one reload; the new text is in effect afterwards.
local function stall()
   local start = tools.clock()
   reload()
   local took = tools.clock() - start
   assert(tools.require("edited").edits() == edits)
   return took * 1e3
end

local function case(name, count, limit)
   return {
      name = name, unit = "ms", figure = stall, rounds = tools.quick and 1 or 7, limit = limit,
      prepare = function()
         reload()
         tools.require("edited").fill(tools.quick and 10 or count)
      end,
      finish = function()
         local heap = tools.require("edited").heap
         for index = #heap, 1, -1 do heap[index] = nil end
         collectgarbage()
      end,
   }
end

return {
   case("nothing but the bridge", 0),
   case("1,000 objects with a closure each", 1000),
   case("10,000 objects with a closure each", 10000),
}
