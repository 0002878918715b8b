local main = {}
local dice

function main.play()
   dice = native.Dice.new(20)
   print(("a dice with %d sides: %d, %d, %d"):format(dice.sides, dice:roll(), dice:roll(), dice:roll()))
end

function main.stop() dice = nil end

return main
