--- Makes the art, sound and music of Moonbase and the engine's font.
---
---    luajit assets/generate/main.lua [--only art|sound|music] [--root FOLDER]
---
--- FOLDER is the repository, found from this file when left out. Every run makes the same files.

local here = arg[0]:match "^(.*)/[^/]*$" or "."
package.path = here .. "/?.lua;" .. package.path

local FOLDERS = {
   "assets/fonts",
   "demo/assets/images",
   "demo/assets/music",
   "demo/assets/sounds",
   "demo/patches/gold-rover/assets/images",
}

local USAGE = "usage: luajit assets/generate/main.lua [--only art|sound|music] [--root FOLDER]"

--- The repository this file is in.
local function default_root()
   if here == "assets/generate" then
      return "."
   end
   return here:match "^(.+)/assets/generate$" or here .. "/../.."
end

local function parse(arguments)
   local options = { root = default_root() }
   local known = { art = true, sound = true, music = true }
   local i = 1
   while arguments[i] do
      local value = arguments[i + 1]
      if arguments[i] == "--only" and known[value] then
         options.only = value
      elseif arguments[i] == "--root" and value then
         options.root = value
      else
         error(USAGE, 0)
      end
      i = i + 2
   end
   return options
end

local function make_folders(root)
   for _, folder in ipairs(FOLDERS) do
      os.execute(("mkdir -p '%s/%s'"):format(root:gsub("'", "'\\''"), folder))
   end
end

local function run(options)
   local count = 0
   local function report(path)
      count = count + 1
      print(path)
   end
   local function wanted(part)
      return options.only == nil or options.only == part
   end
   make_folders(options.root)
   if wanted "art" then
      require("art").make(options.root, report)
   end
   if wanted "sound" then
      require("sound").make_effects(options.root, report)
   end
   if wanted "music" then
      require("sound").make_music(options.root, report)
   end
   print(("%d files made in %.1f s"):format(count, os.clock()))
end

local ok, message = pcall(function()
   run(parse(arg))
end)
if not ok then
   io.stderr:write(tostring(message), "\n")
   os.exit(1)
end
