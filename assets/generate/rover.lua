--- The player's rover and its turret, in the standard and the gold paint.
---
--- Both face right and are lit from straight above, because the engine turns them.

local palette = require "palette"
local pixel_map = require "pixel_map"

local rover = {}

local BODY = [[
   ...kkkkk...kkkkk...kkkk.....
   ..k23232k.k23232k.k2323k....
   ..k56565k.k56565k.k5656k....
   ..k23232k.k23232k.k2323k....
   .kkkkkkkkkkkkkkkkkkkkkkkk...
   .k7788888888888888888887kk..
   .k88999999999999999999988yk.
   .k889oaaaaaaaaaaaao999998yyk
   .k8899999999999999999kk99yyk
   .k87kkkkkk8999999999kCSk998k
   kk87ksSksk78999999kkCSSk998k
   ko87kcskck7788888kkcSSsk988k
   ka87kkkkkk77788877kcSSsk988k
   kyk7ksSksk77777777kcSSsk888k
]]

local TURRET = [[
   ....kkkkkk..............
   ..kk455554kk............
   .k3456776654k...........
   k345kkkk7765kkkkkkkkkk..
   k45kcsSSk776k345567kSCk.
   k46ksSCCk787k456788kSCwk
]]

--- White hull to gold; the steel of wheels and glass stay.
local GOLD_BODY = {
   [palette.stone7] = palette.orange,
   [palette.stone8] = palette.amber,
   [palette.stone9] = palette.straw,
   [palette.amber] = palette.red,
   [palette.orange] = palette.crimson,
   [palette.straw] = palette.white,
}

--- Steel to gold; the muzzle stays cyan.
local GOLD_TURRET = {
   [palette.stone3] = palette.umber,
   [palette.stone4] = palette.orange,
   [palette.stone5] = palette.orange,
   [palette.stone6] = palette.amber,
   [palette.stone7] = palette.straw,
}

function rover.body()
   return pixel_map.mirrored(BODY)
end

function rover.turret()
   return pixel_map.mirrored(TURRET)
end

function rover.gold_body()
   return rover.body():recoloured(GOLD_BODY)
end

function rover.gold_turret()
   return rover.turret():recoloured(GOLD_TURRET)
end

return rover
