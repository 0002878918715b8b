local patch = require "patch"

local count = 0
local seen, last = {}, nil
local SETTINGS = { speed = 3 }
local names = { first = {} }
local known = setmetatable({}, { __mode = "k" })

local setup
setup = function() return SETTINGS.speed end
SETTINGS.speed = setup()

patch.after(native.Beast, "update", function(self)
   count = count + 1
   seen[self] = true
   last = self
   table.insert(names.first, self)
   count = count + 1
   known[self] = SETTINGS.speed -- a table of weak keys is about objects
   local own = {}
   own[1] = last
   self.steps = (self.steps or 0) + 1
end)
