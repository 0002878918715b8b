-- What a release costs those who get it, on the files of the demo: all of them, those that changed, and
-- what changed in them.

local tools = ...

local deltas = tools.deltas

-- ---- two versions of a tree -----------------------------------------------------------------

local function read(path)
   local file = assert(io.open(path, "rb"))
   local content = file:read "*a"
   file:close()
   return content
end

--- The files of folders as { path = content }, and their paths in order.
local function read_tree(folders)
   local files, paths = {}, {}
   for _, folder in ipairs(folders) do
      local pipe = io.popen(("find '%s/%s' -type f | LC_ALL=C sort"):format(deltas.tree, folder))
      for path in pipe:lines() do
         files[path] = read(path)
         paths[#paths + 1] = path
      end
      pipe:close()
   end
   return files, paths
end

--- A line more in the middle of a script; some other bytes in the middle of anything else.
local function edit(path, content)
   local middle = math.floor(#content / 2)
   if path:match "%.lua$" then
      local at = content:find("\n", middle, true) or #content
      return content:sub(1, at) .. "-- balanced anew: 4.5 instead of 4\n" .. content:sub(at + 1)
   end
   return content:sub(1, middle) .. ("\90"):rep(64) .. content:sub(middle + 65)
end

local before, paths = read_tree { "demo/scripts", "demo/assets", "scripts" }

--- The files after each `step`-th of those that match was edited, and the paths of these.
local function release(step, ...)
   local after, changed = {}, {}
   for path, content in pairs(before) do after[path] = content end
   for _, pattern in ipairs { ... } do
      local index = 0
      for _, path in ipairs(paths) do
         if path:match(pattern) then
            if index % step == 0 then
               after[path] = edit(path, before[path])
               changed[#changed + 1] = path
            end
            index = index + 1
         end
      end
   end
   return after, changed
end

--- All files behind each other, like a bundle that is not compressed.
local function bundle(files)
   local parts = {}
   for _, path in ipairs(paths) do
      parts[#parts + 1] = ("%s %d\n"):format(path:sub(#deltas.tree + 2), #files[path])
      parts[#parts + 1] = files[path]
   end
   return table.concat(parts)
end

local function size_of(files, of)
   local size = 0
   for _, path in ipairs(of) do size = size + #files[path] end
   return size
end

-- ---- the cases ------------------------------------------------------------------------------

local cases = {}

local function add(case)
   case.rounds = case.rounds or 1
   cases[#cases + 1] = case
end

local function add_release(name, after, changed)
   local one, two = bundle(before), bundle(after)
   local delta, memory -- made once, by the first case that asks
   local function made()
      if not delta then delta, memory = deltas.make(one, two) end
      return delta, memory
   end
   local function measured(index)
      local patch, need = made()
      return (select(index, deltas.measure(one, patch, two, need)))
   end
   local whole = size_of(after, paths)
   local function against_whole(label, figure)
      add {
         name = ("%s: %s"):format(name, label), unit = "B", figure = figure,
         baseline_figure = function() return whole end, baseline_name = "all files",
      }
   end
   against_whole("files that changed", function() return size_of(after, changed) end)
   against_whole("their deltas", function()
      local sum = 0
      for _, path in ipairs(changed) do sum = sum + #deltas.make(before[path], after[path]) end
      return sum
   end)
   against_whole("delta of a bundle", function() return #made() end)
   add {
      name = name .. ": making it", unit = "ms",
      figure = function()
         local start = tools.clock()
         deltas.make(one, two)
         return (tools.clock() - start) * 1e3
      end,
   }
   add {
      name = name .. ": applying it", unit = "ms", rounds = tools.quick and 1 or 5,
      figure = function() return measured(1) * 1e3 end,
   }
   add {
      name = name .. ": memory for that", unit = "MiB", limit = 1,
      figure = function() return measured(2) / 2 ^ 20 end,
      baseline_figure = function() return 2 * #one / 2 ^ 20 + 16 end, baseline_name = "2 x base + 16 MiB",
   }
end

add_release("1 file", release(1, "demo/scripts/main%.lua$"))
do
   local after, changed = release(5, "%.lua$", "%.png$")
   add_release(("%d files"):format(#changed), after, changed)
end

--- Bytes that nothing compresses, the same each time.
local function noise(size)
   local state, bytes = 1, {}
   for index = 1, size do
      state = state * 16807 % 2147483647
      bytes[index] = string.char(state % 256)
   end
   return table.concat(bytes)
end

if not tools.quick then
   add {
      name = "24 MiB: memory for applying", unit = "MiB", limit = 1,
      figure = function()
         local one = noise(24 * 2 ^ 20)
         local two = "new" .. one
         local delta, memory = deltas.make(one, two)
         return select(2, deltas.measure(one, delta, two, memory)) / 2 ^ 20
      end,
      baseline_figure = function() return 2 * 24 + 16 end, baseline_name = "2 x base + 16 MiB",
   }
end
return cases
