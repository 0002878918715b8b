local patch = require "patch"
patch.info { id = "p", version = 1, requires = { api = ">=1", other = "<2" }, conflicts = { "x" } }
