local patch = require "patch"

patch.info { requires = { api = ">=1" } }

patch.before(native.Beast, "sleep", function(self)
   self:sleep()
   self:bark()
   self.mood = native.Mood.SLEEPY
end)
patch.before(native.Beast, "bark", function(self) print(self) end)
