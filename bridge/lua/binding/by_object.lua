-- Tables by object: what is kept for an object while it lives, whether or not a script holds a
-- handle to it.

local _, import = ...

local object = import "object"

local cast, Handle, objects = object.cast, object.Handle, object.objects

local SWEEP = 64 -- objects looked at in one sweep

---@class ByObject
---@field all table   {[index] = {generation, value}}, by the object's place in the object table
---@field get fun(handle): any
---@field set fun(handle, value: any)
---@field sweep fun(all: boolean?)  forgets dead objects; looks at a few each time, or at all
---@field each fun(visit: fun(value: any, index: number, generation: number))  dead objects as well

--- A new table; a sweep calls on_death(value) for an object that died.
return function(on_death)
   local all = {}
   local places, cursor = {}, 0 -- the keys of `all` again, in a list
   local ousted = {} -- {index, entry} of the dead whose places others have, until the next sweep

   local function get(handle)
      local h = cast(Handle, handle)
      local entry = all[h.index]
      if entry and entry[1] == h.generation then return entry[2] end
   end

   local function set(handle, value)
      local h = cast(Handle, handle)
      local old = all[h.index]
      if old == nil then
         places[#places + 1] = h.index
      elseif on_death and old[1] ~= h.generation then
         ousted[#ousted + 1] = { h.index, old }
      end
      all[h.index] = { h.generation, value }
   end

   local function each(visit)
      for index, entry in next, all do visit(entry[2], index, entry[1]) end
      for _, dead in ipairs(ousted) do visit(dead[2][2], dead[1], dead[2][1]) end
   end

   local function bury_ousted()
      if #ousted == 0 then return end
      local dead = ousted
      ousted = {}
      for index = 1, #dead do on_death(dead[index][2][2]) end
   end

   local function sweep(all_of_them)
      bury_ousted()
      for _ = 1, all_of_them and 2 * #places or math.min(SWEEP, #places) do
         if #places == 0 then return end
         cursor = cursor > 1 and cursor - 1 or #places
         local index = places[cursor]
         local entry = all[index]
         if objects[index].generation ~= entry[1] then
            all[index] = nil
            places[cursor] = places[#places]
            places[#places] = nil
            if on_death then on_death(entry[2]) end
         end
      end
   end

   return { all = all, get = get, set = set, each = each, sweep = sweep }
end
