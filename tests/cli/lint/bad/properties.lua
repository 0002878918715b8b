local patch = require "patch"

patch.after(native.Beast, "update", function(self)
   self.age = 3
   self.hungry = true
   self.weight = "heavy"
   self.mood = "CLAM"
   self.hurt = 3
   native.Beast.hurt = 3
   native.Cow = nil
   self.weight, self.mood = 3, native.Mood.CALM
   self.nickname = "Rex"
end)
