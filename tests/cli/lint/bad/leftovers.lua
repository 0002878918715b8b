local patch = require "patch"
local balance = require "balance"
local event = require "event"
local timer = require "timer"

balance.speed = 3
balance.waves[3].count = 9
function balance.budget(wave) return wave end
timer.every(1, function() print "tick" end)
timer.after(1, function() print "tock" end)
event.on("shot", function() print "shot" end)
balance.watch(function() print "changed" end)
local loop = coroutine.wrap(function() print "started" end)

patch.after(native.Beast, "update", function(self)
   timer.after(1, function() self.weight = 3 end)
   timer.every(1, function() self.weight = 3 end) -- goes with the patch
   self.bark = function() print "wau" end
   self.called:connect(function(name) print(name) end)
   loop()
end)
pcall(function() print "at once" end)
table.sort({ 2, 1 }, function(a, b) return a < b end)
