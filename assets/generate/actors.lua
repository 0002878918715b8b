--- Everything that moves or stands on the surface, with its flash for the moment of a hit.
---
--- Facts for the game, all in pixels. Pictures face right (angle 0) and turn about the pivot.
---
---    file                 size      pivot      note
---    rover                28x28     14,14      turret sits on the pivot
---    turret               24x12     7,6        muzzle at 23,6 = 16 in front of the pivot
---    raider-scout         22x22     11,11
---    raider-gunner        30x28     14,14      muzzle at 30,14 = 16 in front of the pivot
---    raider-brute         40x40     20,20      plough at the right edge
---    raider-boss          64x64     32,32      gun at the right edge
---    dome, dome-damaged   84x90     42,42      glass radius 30, ring radius 36
---    shield               96x96     48,48      radius 47; draw over the dome, pivot on pivot
---    bullet               14x6      7,3
---    plasma               14x10     8,5
---    muzzle               16x16     0,8        put the pivot on the muzzle
---    crystal-small        12x12     6,6        4 frames side by side (48x12)
---    crystal-medium       14x14     7,7        4 frames (56x14)
---    crystal-large        16x16     8,8        4 frames (64x16)
---    explosion            32x32     16,16      8 frames (256x32)
---    explosion-large      64x64     32,32      8 frames (512x64)
---    spark                7x7       3.5,3.5    white, to be tinted
---    smoke                16x16     8,8        white and grey, to be tinted
---    glow                 64x64     32,32      white, for additive drawing
---    shadow               32x20     16,10      scale to the thing above it
---    track                6x28      3,14       wheel marks of the rover, one every 6 pixels
---    ground               640x360   0,0        the dome stands at 320,200; ground from row 44
---    title-scene          640x360   0,0
---    title                376x92    188,46     at 132,36 on the title scene
---    cursor               15x15     7.5,7.5
---    pointer              11x14     1,1
---    card, card-selected  150x190   75,95      icon 75,56; name rows 96-118; text rows 124-174
---    icon-*               32x32     16,16
---    hud-*                12x12     6,6
---    panel                24x24                nine patch, corners of 8
---    keycap               16x16                nine patch, corners of 5
---
--- A flash (rover-flash, raider-*-flash, dome-flash) is the same shape, all white.

local boss = require "boss"
local dome = require "dome"
local dome_damage = require "dome_damage"
local palette = require "palette"
local raiders = require "raiders"
local rover = require "rover"
local shield = require "shield"

local actors = {}

local function add(list, name, picture)
   list[#list + 1] = { name, picture }
   list[#list + 1] = { name .. "-flash", picture:silhouette(palette.white) }
end

--- A list of { name, picture }.
function actors.all()
   local list = {
      { "turret", rover.turret() },
      { "dome-damaged", dome_damage.draw() },
      { "shield", shield.draw() },
   }
   add(list, "rover", rover.body())
   add(list, "dome", dome.draw(true))
   add(list, "raider-boss", boss.draw())
   for _, raider in ipairs(raiders.all()) do
      add(list, raider[1], raider[2])
   end
   return list
end

--- The gold paint, for the patch that overrides the rover's pictures.
function actors.gold()
   return { { "rover", rover.gold_body() }, { "turret", rover.gold_turret() } }
end

return actors
