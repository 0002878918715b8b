-- LÖVE without a window: only what main.lua measures.

function love.conf(t)
   t.identity = "moonpatch-bench"
   for module in pairs(t.modules) do t.modules[module] = false end
   t.modules.math, t.modules.physics = true, true
end
