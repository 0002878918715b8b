local patch = require "patch"

patch.after(native.Beast, "update", function(self)
   print(self.wieght, self:hutr(1), native.Mood.ANGY, native.garden.sise(), native.yard.dgo, native.yrad)
   print(native.Beast.weight, native.Dog.fetsch, native.Mood.CALM, native.Cat, self.hungry)
   -- A field that the file itself attaches is no misspelling, and neither is one that resembles nothing.
   self.weigth = 3
   print(self.weigth, self.colour, native.Dog.is(self), native.Dog.cast(self).nose, native.player)
   print(native.Dog.cast(self).nsoe)
end)
