local patch = require "patch"

count = 0
function helper() return coutn end

patch.after(native.Beast, "update", function(self)
   last = self
   print(count, math.flor(1), math.pie, string.dump, io.open, os.time(), strin.rep, dofile, _G.count)
   table.clear = nil
   score = score + 1
   math.double = function(x) return 2 * x end
   print(math.double(3), bit.band(1, 2), coroutine.wrap, is_valid(self), weak(self), wait)
end)
