--- Small things of the display: 12x12 symbols and the crosshair.

local pixel_map = require "pixel_map"

local hud = {}

local HULL = [[
   ............
   ..kkk..kkk..
   .kRRRkkRRRk.
   kRPwPRRRRRrk
   kRPPRRRRRRrk
   kRRRRRRRRrrk
   .kRRRRRRrrk.
   ..kRRRRrrk..
   ...kRRrrk...
   ....krrk....
   .....kk.....
   ............
]]

local SHIELD = [[
   .....kk.....
   ..kkkCCkkk..
   .kCCSSssCCk.
   .kCSSSsssCk.
   .kCwSSsssCk.
   .kCwSSsscCk.
   .kCSSSsscCk.
   .kCCSSssCCk.
   ..kCCSsCCk..
   ...kCCCCk...
   ....kCCk....
   .....kk.....
]]

local CRYSTAL = [[
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
   ............
]]

local RAIDER = [[
   .k........k.
   kRk......kRk
   kRRkkkkkkRrk
   .kRRPPRRRrk.
   kRPPRRRRRRrk
   kRkkRRRRkkrk
   kRyakRRkaykk
   kRywkRrkwykk
   kRRkRRrrkrrk
   .kRRkrrkrrk.
   ..kkR..rkk..
   ....k..k....
]]

--- The point of aim is the pixel (7, 7).
local CURSOR = [[
   ......kkk......
   ......kCk......
   ....kkkCkkk....
   ...kSSkCkSSk...
   ..kSkkkkkkkSk..
   ..kSk.....kSk..
   kkkkk.....kkkkk
   kCCCk..w..kCCCk
   kkkkk.....kkkkk
   ..kSk.....kSk..
   ..kSkkkkkkkSk..
   ...kSSkCkSSk...
   ....kkkCkkk....
   ......kCk......
   ......kkk......
]]

--- A list of { name, picture }.
function hud.all()
   return {
      { "hud-hull", pixel_map.picture(HULL) },
      { "hud-shield", pixel_map.picture(SHIELD) },
      { "hud-crystal", pixel_map.picture(CRYSTAL) },
      { "hud-raider", pixel_map.picture(RAIDER) },
      { "cursor", pixel_map.picture(CURSOR) },
   }
end

return hud
