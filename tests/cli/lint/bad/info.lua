local patch = require "patch"

patch.info { id = "two words", versoin = 2, version = "2", author = 3, "stray", requires = { api = "2" } }
patch.info "info"
patch.info { id = ("x"):rep(3), version = 1, description = "fine", requires = { api = 2 } }

patch.before(native.Beast, "sleep", print)
