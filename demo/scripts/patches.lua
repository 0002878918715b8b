--- Which patches are in effect, for those who want to show it.

local patches = {}

local NAMED = 3 -- how many are named; the rest is counted

local active = {} ---@type string[]  ids, sorted
local words = "" -- what is said about them

local function remove(id)
   for index, each in ipairs(active) do
      if each == id then
         table.remove(active, index)
         return
      end
   end
end

local function insert(id)
   local place = #active + 1
   while place > 1 and active[place - 1] > id do place = place - 1 end
   table.insert(active, place, id)
end

local function describe()
   if #active <= NAMED then return table.concat(active, ", ") end
   return ("%s and %d more"):format(table.concat(active, ", ", 1, NAMED), #active - NAMED)
end

--- Takes note of what became of a patch.
---@param id string
---@param in_effect boolean
function patches.note(id, in_effect)
   remove(id)
   if in_effect then insert(id) end
   words = describe()
end

--- The ids of the patches in effect, sorted.
---@return string[]
function patches.active() return active end

--- Their names, in words: "a, b, c and 2 more"; "" when there is none.
---@return string
function patches.words() return words end

return patches
