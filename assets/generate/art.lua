--- Draws every picture and font and saves it in its place.

local actors = require "actors"
local bolts = require "bolts"
local cards = require "cards"
local crystals = require "crystals"
local explosions = require "explosions"
local font = require "font"
local hud = require "hud"
local icons = require "icons"
local light = require "light"
local logo = require "logo"
local surface = require "surface"
local title_scene = require "title_scene"

local art = {}

local function save_all(pictures, folder, report)
   for _, entry in ipairs(pictures) do
      local path = ("%s/%s.png"):format(folder, entry[1])
      entry[2]:save(path)
      report(path)
   end
end

local function save_fonts(folder, report)
   for _, entry in ipairs(font.all()) do
      save_all({ entry }, folder, report)
      local path = ("%s/%s.txt"):format(folder, entry[1])
      local file = assert(io.open(path, "wb"))
      file:write(entry[3])
      file:close()
      report(path)
   end
end

--- Makes everything below `root`, the repository's folder.
function art.make(root, report)
   local images = root .. "/demo/assets/images"
   for _, source in ipairs { actors, bolts, crystals, explosions, light, icons, hud, cards } do
      save_all(source.all(), images, report)
   end
   save_all({
      { "ground", surface.ground() },
      { "title", logo.draw() },
      { "title-scene", title_scene.draw() },
   }, images, report)
   save_all(actors.gold(), root .. "/demo/patches/gold-rover/assets/images", report)
   save_fonts(root .. "/assets/fonts", report)
end

return art
