-- What still runs old code after a reload: closures that could not be replaced, and coroutines that
-- wait inside a function that has changed. What the collector takes leaves the census by itself.

local core, import = ...

local heap = import "heap"
local prototype = import "prototype"

local getinfo, getmetatable, getupvalue = debug.getinfo, debug.getmetatable, debug.getupvalue

local census = {}

---@class Stale
---@field kind string   "closure", "coroutine", "timer", "listener", "callback of C", ...: who holds it
---@field name string   of the function, as its file calls it
---@field place string  "scripts/waves.lua:40", in the old text
---@field why string

local closures = setmetatable({}, { __mode = "k" }) -- {[function] = Stale}
local threads = setmetatable({}, { __mode = "k" }) -- {[coroutine] = {[function] = Stale}}

--- Objects that a walk need not enter.
census.own = { closures, threads }

--- What a table that holds a function is, by the name that its metatable says.
local function kind_of(holder, key)
   if holder == core.callbacks then return "callback of C (" .. core.callback_taker(math.abs(key)) .. ")" end
   local metatable = getmetatable(holder)
   local name = type(metatable) == "table" and rawget(metatable, "__name")
   return type(name) == "string" and name or "closure"
end

local function has_upvalue(holder, func)
   local index = 1
   local name, value = getupvalue(holder, index)
   while name do
      if value == func then return true end
      index = index + 1
      name, value = getupvalue(holder, index)
   end
   return false
end

-- What came in the place of a function has its variables, maybe in another order.
local STILL_HELD = {
   [heap.VALUE] = function(holder, key, func) return rawget(holder, key) == func and kind_of(holder, key) end,
   [heap.KEY] = function(holder, key) return rawget(holder, key) ~= nil and "closure" end,
   [heap.UPVALUE] = function(holder, _, func, replaced) return has_upvalue(replaced[holder] or holder, func) and "closure" end,
   [heap.LOCAL] = function() return "coroutine" end,
   [heap.START] = function() return "coroutine" end,
}

local function stale(node, func, kind, why)
   return { kind = kind, name = node.label or "?", place = prototype.place(func), why = why }
end

--- Notes functions that could not be replaced: missed is {[function] = why}, replaced {[function] = the new one} of the
--- others. Returns the new entries.
function census.note_closures(walk, missed, replaced, node_of)
   local noted, holders = {}, walk.holders
   for at = 1, #holders, 4 do
      local func = holders[at + 3]
      if missed[func] and not closures[func] then
         local kind = STILL_HELD[holders[at]](holders[at + 1], holders[at + 2], func, replaced)
         if kind then
            closures[func] = stale(node_of(func), func, kind, missed[func])
            noted[#noted + 1] = closures[func]
         end
      end
   end
   return noted
end

--- Notes that a coroutine waits in a function of old code. Returns the entry, nil if it is known.
function census.note_thread(thread, func, node)
   local known = threads[thread] or {}
   threads[thread] = known
   if known[func] then return nil end
   known[func] = stale(node, func, "coroutine", "it runs the earlier text until it returns")
   return known[func]
end

--- Forgets entries: the reload that they are of was undone.
function census.forget(entries)
   local gone = {}
   for _, entry in ipairs(entries) do gone[entry] = true end
   for func, entry in pairs(closures) do
      if gone[entry] then closures[func] = nil end
   end
   for _, known in pairs(threads) do
      for func, entry in pairs(known) do
         if gone[entry] then known[func] = nil end
      end
   end
end

local function runs(thread, func)
   local level = 0
   while true do
      local frame = getinfo(thread, level, "f")
      if not frame then return false end
      if frame.func == func then return true end
      level = level + 1
   end
end

local function by_place(a, b)
   if a.place ~= b.place then return a.place < b.place end
   return a.kind < b.kind
end

--- All that still runs old code now: a list of Stale.
function census.list()
   collectgarbage()
   local list = {}
   for _, entry in pairs(closures) do list[#list + 1] = entry end
   for thread, known in pairs(threads) do
      for func, entry in pairs(known) do
         if runs(thread, func) then list[#list + 1] = entry else known[func] = nil end
      end
   end
   table.sort(list, by_place)
   return list
end

return census
