-- Which function of an edited file was which before: by its name and by the function it stands in;
-- among several without a name, by its text, then by their order.

local match = {}

local function by_label(nodes)
   local groups = {}
   for _, node in ipairs(nodes) do
      local group = groups[node.label] or {}
      groups[node.label] = group
      group[#group + 1] = node
   end
   return groups
end

--- Pairs the nodes of two lists of one label: those of the same text first.
local function pair_group(old, new, pair)
   local left, taken = {}, {}
   for _, node in ipairs(new) do
      local same
      for _, candidate in ipairs(old) do
         if not taken[candidate] and candidate.text == node.text then
            same = candidate
            break
         end
      end
      if same then
         taken[same] = true
         pair(same, node)
      else
         left[#left + 1] = node
      end
   end
   local next_left = 1
   for _, node in ipairs(old) do
      if not taken[node] and left[next_left] then
         pair(node, left[next_left])
         next_left = next_left + 1
      end
   end
end

--- {[old node] = new node, [new node] = old node} of two trees.
function match.trees(old_root, new_root)
   local twins = {}
   local function pair(old, new)
      twins[old], twins[new] = new, old
      local old_groups = by_label(old.children)
      for label, group in pairs(by_label(new.children)) do
         if old_groups[label] then pair_group(old_groups[label], group, pair) end
      end
   end
   pair(old_root, new_root)
   return twins
end

--- Whether two functions do the same: their text is the same, and so are the variables they use.
function match.is_same(old, new)
   if old.text ~= new.text or #old.upvalues ~= #new.upvalues then return false end
   for index, upvalue in ipairs(old.upvalues) do
      if upvalue.name ~= new.upvalues[index].name then return false end
   end
   return true
end

return match
