-- A game that does nothing, so that what the console costs stands out. config.lua says whether there is one: it
-- is then opened at the frame's graph, and closed again after the first step.

local config = require "config"

local main = { console = config.console }

local is_new = true

local function press(key) require("host").key_pressed("key:" .. key, false) end

function main.load()
   if not config.console then return end
   press "`"
   press "f6"
end

function main.update()
   if config.console and is_new then press "`" end
   is_new = false
end

function main.draw() end

return main
