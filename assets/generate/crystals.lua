--- Crystals: a cyan shard, a violet pair, a gold cluster.
---
--- Four frames side by side; a glint runs over them.

local canvas = require "canvas"
local palette = require "palette"
local pixel_map = require "pixel_map"

local crystals = {}

local FRAMES = 4

local SMALL = [[
   ............
   .....kk.....
   ....kCSk....
   ...kCCSsk...
   ..kCCCSssk..
   ..kwCSSssk..
   ..kwCSSsck..
   ..kCCSSsck..
   ..kCSSSsck..
   ...kSSsck...
   ....kSck....
   .....kk.....
]]

local MEDIUM = [[
   ..............
   ......kk......
   .....klVk.....
   ....kllVvk.kk.
   ...kllVVvkkllk
   ...kwlVVvklVvk
   ...kwlVVvklVvk
   ...kllVvvklVvk
   .kkkllVvvkVVvk
   klVklVVvvkVvik
   klVklVVvikVvik
   .kvvkVVvikvik.
   ..kvkVvvikkk..
   ...kkkkkkk....
]]

local LARGE = [[
   .......kk.......
   ......kywk......
   .....kyywak.....
   ....kyyywaak....
   ....kyyywaaok...
   ....kyyywaaok...
   .kk.kyyyaaaok.k.
   kwykkyyyaaookkyk
   kwyakyyaaaookyak
   kyaakyyaaaookaok
   kyaokyyaaaookaok
   .kaookyaaaookok.
   .kkaokyaaookobk.
   ...kokyaaookkk..
   ....kkkaobkk....
   ......kkkk......
]]

--- Brightens the slanted band of the crystal that the glint has reached.
local function paint_glint(picture, left, size, frame)
   local band = math.floor(size * (0.5 + frame * 0.36))
   for y = 0, size - 1 do
      for x = 0, size - 1 do
         local rgb, alpha = picture:get(left + x, y)
         local off = x + y - band
         if alpha > 0 and rgb ~= palette.ink and off >= 0 and off < 2 then
            picture:set(left + x, y, palette.white)
         end
      end
   end
end

--- A cross of light at the crystal's tip while the glint passes.
local function paint_star(picture, x, y, arms)
   for step = -2, 2 do
      picture:set(x + step, y, math.abs(step) == 2 and arms or palette.white)
      picture:set(x, y + step, math.abs(step) == 2 and arms or palette.white)
   end
end

local function animate(map, star_x, star_y, arms)
   local still = pixel_map.picture(map)
   local size = still.width
   local strip = canvas.new(size * FRAMES, size)
   for frame = 0, FRAMES - 1 do
      strip:blit(still, frame * size, 0)
      if frame > 0 then
         paint_glint(strip, frame * size, size, frame)
      end
      if frame == 2 then
         paint_star(strip, frame * size + star_x, star_y, arms)
      end
   end
   return strip
end

--- A list of { name, picture }.
function crystals.all()
   return {
      { "crystal-small", animate(SMALL, 4, 4, palette.cyan) },
      { "crystal-medium", animate(MEDIUM, 5, 4, palette.lilac) },
      { "crystal-large", animate(LARGE, 6, 3, palette.amber) },
   }
end

return crystals
