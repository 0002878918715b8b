-- A window of the game's size, which waits for no display; the modules are those that every game of LÖVE has.

function love.conf(t)
   t.identity = "moonpatch-bench"
   t.window.width, t.window.height, t.window.vsync = 640, 360, 0
end
