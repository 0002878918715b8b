-- State and text, brought together in three ways: what the earlier text made when it was loaded
-- ("base"), what it has become ("live"), and what the new text makes ("new").
--
-- What still is as it was loaded was never touched by the running code: the new text decides. What
-- changed since is state, and stays. Live tables stay the tables they are; the new text's entries
-- come into them.

local rawequal, rawget, next, type = rawequal, rawget, next, type
local getmetatable = debug.getmetatable

local Merge = {}
Merge.__index = Merge

local merge = {}

--- `twin_of(live function)` is its function in the new text; `node_of(function)` which one it is;
--- `is_old(object)` whether it was there before the texts were run.
function merge.new(options)
   return setmetatable({
      twin_of = options.twin_of, node_of = options.node_of, is_old = options.is_old,
      live_of = {}, -- {[new or base object] = the live one}
      base_of = {}, -- {[new object] = the base one}
      tables = {}, -- flat: live, new, base or false; ...
   }, Merge)
end

--- Says that these objects are the same thing; `base` may be nil.
function Merge:tie(live, new, base)
   self.live_of[new] = live
   if base ~= nil then self.base_of[new], self.live_of[base] = base, live end
end

local function either(map, key)
   local other = map[key]
   if other == nil then return key end
   return other
end

--- Ties what stands at the same place in all three, as far as they are tables that the texts made.
function Merge:tie_tables(live, new, base, has_base)
   if type(new) ~= "table" or type(live) ~= "table" or self.is_old(new) or self.live_of[new] ~= nil then return end
   if has_base and (type(base) ~= "table" or self.is_old(base)) then return end
   self:tie(live, new, base)
   local tables = self.tables
   local count = #tables
   tables[count + 1], tables[count + 2], tables[count + 3] = live, new, base or false
   for key, value in next, new do
      if type(value) == "table" then
         local of_base = base and rawget(base, either(self.base_of, key))
         self:tie_tables(rawget(live, either(self.live_of, key)), value, of_base, has_base)
      end
   end
   self:tie_tables(getmetatable(live), getmetatable(new), base and getmetatable(base), has_base)
end

--- Whether a live value still is what the earlier text made.
function Merge:is_untouched(base, live, compared)
   if rawequal(base, live) or (base ~= base and live ~= live) then return true end
   local kind = type(base)
   if kind ~= type(live) then return false end
   if kind == "function" then
      local node = self.node_of(base)
      return node ~= nil and node == self.node_of(live)
   elseif kind == "cdata" then
      local ok, equal = pcall(function() return base == live end)
      return ok and equal
   elseif kind ~= "table" or self.is_old(base) then
      return false
   end
   compared = compared or {}
   if compared[base] then return compared[base] == live end
   compared[base] = live
   for key, value in next, base do
      if not self:is_untouched(value, rawget(live, either(self.live_of, key)), compared) then return false end
   end
   for key in next, live do
      if rawget(base, key) == nil and type(key) ~= "function" and type(key) ~= "table" then return false end
   end
   return true
end

--- Whether something is a function that the new text has no more.
function Merge:is_deleted(live)
   return type(live) == "function" and self.node_of(live) ~= nil and not self.twin_of(live)
end

--- What a place gets that has `live`. Without a base all that is there is state, except functions
--- that the new text has no more.
function Merge:choose(live, new, base, has_base)
   if type(live) == "function" and type(new) == "function" then
      local twin = self.twin_of(live)
      if twin and twin == self.node_of(new) then return live end -- it is replaced wherever it is held
   end
   if new ~= nil and live ~= nil and rawequal(self.live_of[new], live) then return live end
   local takes_new
   if has_base then
      takes_new = self:is_untouched(base, live)
   else
      takes_new = live == nil or (new == nil and self:is_deleted(live))
   end
   if takes_new then return new end
   return live
end

local SCALAR = { number = true, string = true, boolean = true }

--- Visits the entries of the tied tables that are to change: visit(live table, key, value).
function Merge:each_change(has_base, visit)
   local tables = self.tables
   for at = 1, #tables, 3 do
      local live, new, base = tables[at], tables[at + 1], tables[at + 2] or {}
      for key, value in next, new do
         local place = either(self.live_of, key)
         local old = rawget(live, place)
         local chosen = self:choose(old, value, rawget(base, either(self.base_of, key)), has_base)
         if not rawequal(chosen, old) then visit(live, place, chosen) end
      end
      for key, value in next, has_base and base or live do
         if SCALAR[type(key)] and rawget(new, key) == nil and rawget(live, key) ~= nil then
            local chosen = self:choose(rawget(live, key), nil, value, has_base)
            if chosen == nil then visit(live, key, nil) end
         end
      end
   end
end

return merge
