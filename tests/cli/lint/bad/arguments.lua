local patch = require "patch"

local FAR = { x = 3, z = "far" }

patch.override(native.Beast, "hurt", function(original, self, amount)
   self:hurt()
   self:hurt(1, 2)
   self:hurt("much")
   self:hurt(1.5)
   self:hurt(nil)
   self:walk()
   self:walk(3)
   self:walk({ x = 3, z = 2 }, 1, 2)
   self:walk({ x = "3", y = 2 })
   self:walk(native.Point(1, 2), "fast")
   self:bite(native.yard, 256)
   self:bite(native.Point(1, 2), -1)
   native.garden.size(1)
   native.garden.size(1, true)
   native.Dog:new()
   native.Dog.new { nsoe = 1 }
   native.Dog.new { nose = "big" }
   native.Dog.fetch(self, "CALM")
   native.Dog.fetch()
   native.yard.dog:fetch "CLAM"
   native.yard.dog:fetch(false)
   original(amount)
   original(self, "much")
   return original(self)
end)

-- Nothing is wrong with these.
patch.override(native.Beast, "update", function(original, self, step, ...)
   self:hurt(-3)
   self:hurt(...)
   self:walk(FAR)
   self:walk({ x = 3 }, nil)
   self:walk({ x = 1, y = 2 }, step * 2)
   self:bite(native.yard.dog, 255)
   self:bite(native.Dog.new { nose = 2, weight = 3 }, 0)
   native.yard.dog:fetch(native.Mood.CALM)
   native.yard.dog:fetch "CALM"
   native.Beast.hurt(self, 3)
   local unknown = ...
   unknown = unknown or "3"
   self:hurt(unknown)
   original(self, step)
end)
