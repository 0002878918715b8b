-- Patches that a spec applies and takes away.

local patching = {}

--- A patch that does half the damage.
patching.HALF = [[patch.override(native.Animal, "damage", function(original, self, amount)
   return original(self, amount * 0.5)
end)]]

--- The text of a patch file: the body begins in its second line.
function patching.text(body) return 'local patch = require "patch"\n' .. body end

--- Applies a patch file, which is accepted; returns its event.
function patching.apply_file(file, body)
   local event = zoo.apply { [file] = patching.text(body) }[file]
   unit.assertEquals(event.state, "active", event.cause)
   return event
end

--- The same with the file p.lua.
function patching.apply(body) return patching.apply_file("p.lua", body) end

--- Takes every patch away.
function patching.remove_all()
   local all = {}
   for file in pairs(zoo.list()) do all[file] = false end
   zoo.apply(all)
end

return patching
