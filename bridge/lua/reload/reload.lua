-- Reload: the running game's modules follow their files. docs/reload.md says what becomes of functions
-- and of state.

local _, import = ...

local census = import "census"
local commit = import "commit"
local interpreted = import "interpreted"
local loader = import "loader"
local comparison = import "comparison"
local utf8 = import "utf8"

local reload = {}

local LONGEST_PROBLEM = 500 -- bytes; people read it in a toast and in one line of a log

local refused = {} -- {[name] = text}: what was refused last

local function is_same(a, b)
   for key, value in pairs(a) do
      if b[key] ~= value then return false end
   end
   for key in pairs(b) do
      if a[key] == nil then return false end
   end
   return true
end

--- The modules whose files are not what is in effect, sorted by name: {name, path, text}. A module
--- whose file is gone stays as it is. Second, their texts by name.
local function changed()
   local changes, texts = {}, {}
   for name, version in pairs(loader.versions) do
      local ok, text, path = pcall(loader.find, name)
      if ok and text and text ~= version.text then
         changes[#changes + 1] = { name = name, path = path, text = text }
         texts[name] = text
      end
   end
   table.sort(changes, function(a, b) return a.name < b.name end)
   return changes, texts
end

--- "waves.lua, scenes/play.lua"
local function names_of(changes)
   local names = {}
   for index, change in ipairs(changes) do names[index] = change.path:gsub("^scripts/", "") end
   return table.concat(names, ", ")
end

--- "timer blink (scripts/hud.lua:40): why; ..."
local function words_of(stale)
   local words = {}
   for index, each in ipairs(stale) do
      words[index] = ("%s %s (%s): %s"):format(each.kind, each.name, each.place, each.why)
   end
   return table.concat(words, "; ")
end

--- Reloads all modules whose files changed, or none. Between two frames. Returns nil when nothing
--- changed, or {files, functions, stale} and, when it was refused, {files, problem}.
local function follow()
   local changes, texts = changed()
   if #changes == 0 or is_same(texts, refused) then return nil end
   refused = {}
   local event = { files = names_of(changes), functions = 0, stale = "" }
   local staged, why = comparison.stage(changes)
   if not staged then
      refused = texts
      event.problem = utf8.clean(why:match("^[^\n]*"), LONGEST_PROBLEM)
      return event
   end
   local done = commit(staged)
   for _, module in ipairs(done.modules) do event.functions = event.functions + module.functions end
   event.stale = words_of(done.stale)
   return event
end

reload.follow = interpreted(follow)
reload.stage, reload.abandon = interpreted(comparison.stage), interpreted(comparison.abandon)
reload.commit, reload.census = interpreted(commit), interpreted(census.list)

--- The files of all loaded modules, for who watches them: a list of paths.
function reload.paths()
   local paths = {}
   for _, version in pairs(loader.versions) do paths[#paths + 1] = version.path end
   return paths
end

return reload
