--- Shots: the rover's bolt, the gunner's plasma and the flash at the muzzle. All face right.

local pixel_map = require "pixel_map"

local bolts = {}

local BULLET = [[
   ....cccccccc..
   ..ccsSSSSSSSc.
   .csSSCCCwwwwSc
   .csSSCCCwwwwSc
   ..ccsSSSSSSSc.
   ....cccccccc..
]]

local PLASMA = [[
   .....rrrrr....
   ...rrooooorr..
   ..rooaaaaaaor.
   .roaayyywwyaor
   roaayyywwwwyar
   roaayyywwwwyar
   .roaayyywwyaor
   ..rooaaaaaaor.
   ...rrooooorr..
   .....rrrrr....
]]

--- The pivot is the middle of the left edge.
local MUZZLE = [[
   ................
   ....s...........
   .....S..........
   .s...SS...s.....
   ..S...SC.S......
   ..SSS.SCSSSS....
   .SCCCSCCCCCSSs..
   CwwwwwwwwwCCSSSs
   CwwwwwwwwwCCSSSs
   .SCCCSCCCCCSSs..
   ..SSS.SCSSSS....
   ..S...SC.S......
   .s...SS...s.....
   .....S..........
   ....s...........
   ................
]]

--- A list of { name, picture }.
function bolts.all()
   return {
      { "bullet", pixel_map.picture(BULLET) },
      { "plasma", pixel_map.picture(PLASMA) },
      { "muzzle", pixel_map.picture(MUZZLE) },
   }
end

return bolts
