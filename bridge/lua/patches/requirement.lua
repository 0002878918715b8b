-- What patches say of each other in patch.info: `requires` and `conflicts`. Whether a set of patches
-- can be in effect together, and in which order.
--
--    patch.info { id = "fast-shield", version = 2,
--                 requires = { api = ">=1", ["fix-shield"] = ">=2 <4" }, conflicts = { "no-shield" } }

local requirement = {}

local COMPARE = {
   [">="] = function(a, b) return a >= b end,
   ["<="] = function(a, b) return a <= b end,
   [">"] = function(a, b) return a > b end,
   ["<"] = function(a, b) return a < b end,
   ["=="] = function(a, b) return a == b end,
}
COMPARE["="], COMPARE[""] = COMPARE["=="], COMPARE[">="]

--- The conditions in ">=2 <4", all of which must hold: a list of {operator, number}; nil: not readable.
local function conditions(text)
   local list = {}
   local rest = tostring(text):gsub("([<>=]*)%s*(%d+%.?%d*)%s*,?%s*", function(operator, number)
      list[#list + 1] = { COMPARE[operator], tonumber(number) }
      return COMPARE[operator] and "" or "?"
   end)
   return rest == "" and #list > 0 and list or nil
end

--- Whether a range of versions can be read: ">=2", "<3", "==4", ">=2 <4", or a number.
function requirement.is_range(text) return conditions(text) ~= nil end

local function holds(range, version)
   for _, condition in ipairs(conditions(range)) do
      if not condition[1](version, condition[2]) then return false end
   end
   return true
end

local function sorted_keys(list)
   local keys = {}
   for key in pairs(list or {}) do keys[#keys + 1] = key end
   table.sort(keys)
   return keys
end

---@class Candidate
---@field file string
---@field id string
---@field info table    as patch.info got it
---@field is_new boolean

--- Of two that do not fit, the one that came last is at fault.
local function at_fault(one, other) return (one.is_new or not (other and other.is_new)) and one or other end

local function problem(one, other, why) return { file = at_fault(one, other).file, cause = one.file .. ": " .. why } end

local function check_ids(candidates, by_id, problems)
   for _, each in ipairs(candidates) do
      local other = by_id[each.id]
      if other then
         problems[#problems + 1] = problem(each, other, ("its id %q is that of %s, too"):format(each.id, other.file))
      else
         by_id[each.id] = each
      end
   end
end

local function missing(each, id, range, by_id, level)
   if id == "api" then
      if not holds(range, level) then
         return ("it requires API level %s, this program has %d"):format(range, level)
      end
      return nil
   end
   local other = by_id[id]
   if not other then return ("it requires patch %s, which is not there"):format(id), nil, true end
   local version = other.info.version or 1
   if not holds(range, version) then
      return ("it requires patch %s %s, %s is version %s"):format(id, range, other.file, version), other
   end
end

local function check_each(each, by_id, level, problems)
   for _, id in ipairs(sorted_keys(each.info.requires)) do
      local why, other, orphan = missing(each, id, each.info.requires[id], by_id, level)
      if why then
         problems[#problems + 1] = problem(each, other, why)
         problems[#problems].orphan = orphan and not each.is_new
      end
   end
   for _, id in ipairs(each.info.conflicts or {}) do
      local other = by_id[id]
      if other and other ~= each then
         problems[#problems + 1] = problem(each, other, ("it cannot be together with patch %s (%s)"):format(id, other.file))
      end
   end
end

--- Puts what others require before them; where that says nothing, the order of the names stays.
local function sort(candidates, by_id, problems)
   local ordered, placed = {}, {}
   local function is_ready(each)
      for id in pairs(each.info.requires or {}) do
         if by_id[id] and not placed[id] then return false end
      end
      return true
   end
   local first = 1 -- that is not placed
   while #ordered < #candidates do
      local before = #ordered
      while placed[candidates[first].id] do first = first + 1 end
      for index = first, #candidates do
         local each = candidates[index]
         if not placed[each.id] and is_ready(each) then
            ordered[#ordered + 1], placed[each.id] = each.file, true
            break
         end
      end
      if #ordered == before then break end
   end
   local circle = {}
   for _, each in ipairs(candidates) do
      if not placed[each.id] then circle[#circle + 1] = each.id end
   end
   for _, each in ipairs(candidates) do
      if not placed[each.id] and each.is_new then
         problems[#problems + 1] = problem(each, nil, ("patches require each other in a circle: %s"):format(table.concat(circle, ", ")))
      end
   end
   return ordered
end

--- Checks a list of candidates, which is in the order of their files' names. Returns the files in
--- the order in which they take effect, and a list of problems {file, cause, orphan}: `orphan` is a
--- patch, in effect before, that lost what it requires.
function requirement.check(candidates, level)
   local problems, by_id = {}, {}
   check_ids(candidates, by_id, problems)
   if #problems > 0 then return nil, problems end
   for _, each in ipairs(candidates) do check_each(each, by_id, level, problems) end
   if #problems > 0 then return nil, problems end
   local ordered = sort(candidates, by_id, problems)
   return ordered, problems
end

return requirement
