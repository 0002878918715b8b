-- The texts of a patch, a bundle, or a folder of both: each {path, text, kind, own_modules}, or {path,
-- problem}.
--
--   "patch"   overrides: a loose file, or the patch.lua of a bundle
--   "module"  in the scripts/ of a bundle, which only its patch sees
--   "script"  in a scripts/ that lies over the game's

local host = ...

local sources = {}

local NOTHING = {}

local function join(folder, name) return folder == "" and name or folder .. "/" .. name end

--- The file `path` in `place`, an open folder or archive.
local function visit_text(place, path, kind, own_modules, visit)
   local source = { path = join(place.shown, path), kind = kind, own_modules = own_modules }
   source.text, source.problem = host.read_in(place.mount, path)
   visit(source)
end

--- Calls visit(path) for all .lua files in `folder` and below.
local function each_lua(place, folder, visit)
   for _, name in ipairs(host.list(place.mount, folder)) do
      local path = join(folder, name)
      if host.is_folder(place.mount, path) then
         each_lua(place, path, visit)
      elseif name:find "%.lua$" then
         visit(path)
      end
   end
end

--- "scripts/foe/ai.lua" and "scripts/foe/init.lua" -> "foe.ai" and "foe"
local function module_name(path)
   return (path:gsub("%.lua$", ""):gsub("/init$", ""):gsub("/", "."))
end

local function visit_bundle(place, folder, visit)
   local own_modules, paths, scripts = {}, {}, join(folder, "scripts")
   each_lua(place, scripts, function(path)
      paths[#paths + 1] = path
      own_modules[module_name(path:sub(#scripts + 2))] = true
   end)
   if host.exists(place.mount, join(folder, "patch.lua")) then
      visit_text(place, join(folder, "patch.lua"), "patch", own_modules, visit)
   end
   for _, path in ipairs(paths) do visit_text(place, path, "module", own_modules, visit) end
end

local function with_place(path, shown, open, visit, walk)
   local mount, why = open(path)
   if not mount then return visit { path = shown, problem = why } end
   walk({ mount = mount, shown = shown }, "", visit)
end

local visit_folder

local function visit_entry(place, folder, name, visit)
   local path = join(folder, name)
   if name:sub(1, 1) == "." then return end
   if name == "scripts" and host.is_folder(place.mount, path) then
      each_lua(place, path, function(each) visit_text(place, each, "script", NOTHING, visit) end)
   elseif host.is_folder(place.mount, path) then
      visit_folder(place, path, visit)
   elseif name:find "%.lua$" then
      visit_text(place, path, "patch", NOTHING, visit)
   elseif name:find "%.zip$" then
      local whole = join(place.shown, path)
      with_place(whole, whole, host.open_archive, visit, visit_bundle)
   end
end

--- A folder is a bundle that is not packed yet, or holds patches.
function visit_folder(place, folder, visit)
   if host.exists(place.mount, join(folder, "patch.lua")) then return visit_bundle(place, folder, visit) end
   for _, name in ipairs(host.list(place.mount, folder)) do visit_entry(place, folder, name, visit) end
end

--- Calls visit(source) for each text that `path` stands for.
function sources.each(path, visit)
   if host.is_system_folder(path) then
      with_place(path, (path:gsub("(.)/+$", "%1")), host.open_folder, visit, visit_folder)
   elseif path:find "%.zip$" then
      with_place(path, path, host.open_archive, visit, visit_bundle)
   else
      local text, why = host.read(path)
      visit { path = path, text = text, problem = why, kind = "patch", own_modules = NOTHING }
   end
end

return sources
