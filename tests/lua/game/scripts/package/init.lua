return { from = "init" }
