local patch = require "patch"
local café = 3
