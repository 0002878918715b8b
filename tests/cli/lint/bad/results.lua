local patch = require "patch"

patch.override(native.Beast, "hurt", function(original, self, amount) original(self, amount) end)
patch.override(native.Beast, "hurt", function(original, self, amount)
   if amount > 3 then return original(self, amount) end
end)
patch.override(native.Beast, "hurt", function(original, self, amount)
   if amount > 9 then return end
   if amount > 3 then return "much" end
   if amount > 2 then return 1.5 end
   if amount > 1 then return nil end
   return original(self, amount)
end)
patch.override(native.Beast, "get hungry", function(original, self) return original(self) and 1, 0 end)
patch.override(native.Beast, "get hungry", function() return 1 end)
patch.override(native.Beast, "speak", function() return true end)

-- Nothing is wrong with these.
patch.override(native.Beast, "speak", function(original, self, to) print(original, self, to) end)
patch.override(native.Dog, "fetch", function() return nil, "nothing there" end)
patch.override(native.Beast, "hurt", function(original, self, amount)
   while true do
      if amount > 3 then return original(self, amount) end
      amount = amount + 1
   end
end)
patch.override(native.Beast, "hurt", function(original, self, amount)
   if amount > 3 then
      return original(self, amount)
   elseif amount > 2 then
      error("no")
   else
      do return 3 end
   end
end)
patch.override(native.Beast, "update", function(original, self, step) return original(self, step) end)
