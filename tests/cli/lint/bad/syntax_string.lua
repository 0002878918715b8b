local name = "unfinished
