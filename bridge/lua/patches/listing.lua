-- The list of patches, for people and reports.

local core, import = ...

local layer = import "layer"

local NOTHING = {}

--- {[target] = ids of the patches on it, the one that is called first at the end}
local function sharing(patches, order)
   local ids = {}
   for _, file in ipairs(order) do
      for _, each in ipairs(patches[file].layers) do
         local list = ids[each.target] or {}
         ids[each.target] = list
         if list[#list] ~= patches[file].id then list[#list + 1] = patches[file].id end
      end
   end
   return ids
end

--- "Dome.damage (2 of 3: fix-shield, gentle, strong)" where several patches are on one function: the
--- first is nearest to the C code.
local function overrides_of(patch, shared)
   if not patch.version then return patch.overrides end
   local names = {}
   for index, each in ipairs(patch.layers) do
      local ids = shared[each.target]
      names[index] = patch.overrides[index]
      for place, id in ipairs(#ids > 1 and ids or NOTHING) do
         if id == patch.id then
            names[index] = ("%s (%d of %d: %s)"):format(names[index], place, #ids, table.concat(ids, ", "))
         end
      end
   end
   return names
end

--- What is told of each layer of a patch, in the order of its `overrides`.
local function layers_of(patch)
   local list = {}
   for index, each in ipairs(patch.layers) do
      list[index] = {
         mode = each.mode, calls = layer.calls(each), errors = each.errors,
         time = each.timed and each.timed > 0 and each.time / each.timed or nil,
      }
   end
   return list
end

local function entry_of(patch, shared)
   local layers, calls = layers_of(patch), patch.calls
   for _, each in ipairs(layers) do calls = calls + each.calls end
   return {
      file = patch.file, id = patch.id, state = patch.state, cause = patch.cause, errors = patch.errors,
      version = patch.version and patch.version.info.version, overrides = overrides_of(patch, shared), calls = calls,
      in_effect = patch.version ~= nil, has_good = patch.good ~= nil and patch.good ~= patch.version,
      is_off = patch.off == true, layers = layers,
   }
end

--- A list of all patches {file, id, state, cause, overrides, layers, ...} in the order of `files`; `order`:
--- the files of those in effect.
return function(patches, files, order)
   local list, shared = {}, sharing(patches, order)
   for index, file in ipairs(files) do list[index] = entry_of(patches[file], shared) end
   return list
end
