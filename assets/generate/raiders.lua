--- The three raiders: scout, gunner and brute. They face right; the engine turns them.

local pixel_map = require "pixel_map"

local raiders = {}

--- A beetle on hover pods, quick and light.
local SCOUT = [[
   ........kkkkkk........
   .....kkkrRRPPPkk......
   ....kmrrRRRRRPPPPk....
   ...kmmrrrRRRRRRkkk....
   ...kkkkmmrrrkkkkkkkk..
   .....kk4kkkkkrRPk678k.
   ..kkk34kmrRRRRRPPkk78k
   .kokk3kmrRPPRRkkkRPk7k
   kyak3kmrRPPPRkayykRPkk
   kwyakkmrRRRRRkaywykRk.
   kwyak3mrrRRRRkaywykRk.
]]

--- A floating gun: twin fins, a violet core, a long barrel.
local GUNNER = [[
   ......kkkkkkkkk...............
   .....kvVVVVVllkk..............
   ....kkvvvVVVVVlk..............
   ...kkkkkkvvvvVVk..............
   ..kk3445kkkkkkkkk.............
   ..k34455k55667kkkk............
   ..kkkkkk4556677778kk..........
   .kok344kmmrrrrRRRR8kk.........
   kaokk33kmrrRRRRRPPP8kkkkkkk...
   kyaokkkmmrRRRkkkkPPP8k5567kk..
   kyyakk3kmrRRkvVVlkRPPkkkkkk67k
   .kakk34kmrRkvVVllkRP8k345678ok
   ..kk345kmrRkvVlwlkRPk4567788ak
   ..kk345kmrRkvVVllkRPk4567788yk
]]

--- A siege engine: steel plough with hazard stripes, slabs of red armour, four tracks.
local BRUTE = [[
   ........................................
   .....kkkkkkkkkkkk...kkkkkkkkkkkk........
   ....k343434343434k.k343434343434k.......
   ....k454545454545k.k454545454545k..kkk..
   ....k343434343434k.k343434343434k.k67kk.
   ...kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk678ak
   ..kmrrrrrRRRRRRRRPkmrrrRRRRRRRPPPkk68aak
   .kmrrRRRRRRRRRRRPPkmrrRRRRRRRPPPPPk7kkkk
   .kmrR5RRRRRRRR6RRPkmrR5RRRRRR6RPPPk7kkkk
   .kmrrRRRRRRRRRRRRPkmrrRRRRRRRRRPPPk78aak
   .kmmrrrrrrrrrrrrRRkmmrrrrrrrrrRRRkk68aak
   .kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk5k7kkk
   ..kk23445667k2344556678kkrrRRRkk55k7kkkk
   .kok3kkkkkk7k34kkkkkk78kkmrRRPPk56k78aak
   kaokkk2323kkk4kmmrrrrk78kmrRRPPk56k78aak
   kyaokk3434kkkkmmrRRPPRk8kmrRkkkk66k7kkkk
   kwyaok2323kk5kmrRPyyPRk8kmrkaayk67k7kkkk
   kwyaok3434kk5kmrRywwyPk8kkkoaywk67k78aak
   kyaokk2323kk5kmrRywwyPk8k.koaywk67k78aak
   kaokkk3434kk5kmrRPyyPRk8k.koaywk67k7kkkk
]]

--- Each kind's picture by file name.
local KINDS = {
   { "raider-scout", SCOUT },
   { "raider-gunner", GUNNER },
   { "raider-brute", BRUTE },
}

--- A list of { name, picture }.
function raiders.all()
   local pictures = {}
   for _, kind in ipairs(KINDS) do
      pictures[#pictures + 1] = { kind[1], pixel_map.mirrored(kind[2]) }
   end
   return pictures
end

return raiders
