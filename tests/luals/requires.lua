-- requires.lua ROOT FILE ... - that a fresh checkout completes: with the .luarc.json of the repository,
-- and with that of the demo for the demo's files, every module that a script requires is found.
-- Prints TAP.

local root = arg[1]

local function read(path)
   local file = io.open(path, "rb")
   if not file then return nil end
   local text = file:read("*a")
   file:close()
   return text
end

--- A .luarc.json as a table. What is no JSON without strange characters is no business of a settings file.
local function settings(path)
   local text = assert(read(path), path)
   assert(not text:find(",%s*[%]}]"), path .. ": a comma before a bracket")
   local lua = text:gsub("%[", "{"):gsub("%]", "}"):gsub('"([^"]*)"%s*:', '["%1"] =')
   return assert(load("return " .. lua, "@" .. path, "t", {}))()
end

--- All folders in which the language server looks: the workspace and its libraries.
local function folders_of(workspace, config)
   local folders = { workspace }
   for _, library in ipairs(config.workspace.library) do folders[#folders + 1] = workspace .. "/" .. library end
   return folders
end

local function is_found(name, folders, patterns)
   local path = name:gsub("%.", "/")
   for _, folder in ipairs(folders) do
      for _, pattern in ipairs(patterns) do
         if read(("%s/%s"):format(folder, (pattern:gsub("?", path)))) then return true end
      end
   end
   return false
end

local function missing_in(path, folders, config)
   local missing = {}
   for name in read(root .. "/" .. path):gmatch('require%s*%(?%s*"([^"]+)"') do
      if not is_found(name, folders, config.runtime.path) then missing[#missing + 1] = name end
   end
   return missing
end

local CASES = { { workspace = root, prefix = "" }, { workspace = root .. "/demo", prefix = "demo/" } }

local count, failed = 0, 0
for _, case in ipairs(CASES) do
   local config = settings(case.workspace .. "/.luarc.json")
   local folders = folders_of(case.workspace, config)
   for index = 2, #arg do
      local path = arg[index]
      if path:sub(1, #case.prefix) == case.prefix and not path:find("^tests/") then
         local missing = missing_in(path, folders, config)
         count = count + 1
         failed = failed + (#missing > 0 and 1 or 0)
         print(("%s %d %s.luarc.json: %s"):format(#missing == 0 and "ok" or "not ok", count, case.prefix, path))
         for _, name in ipairs(missing) do print(('# require "%s" is not found'):format(name)) end
      end
   end
end
print(("1..%d"):format(count))
os.exit(failed == 0 and 0 or 1)
