-- Scenes: what the game is doing now. A scene is a table of functions, all of them optional:
-- enter(...), leave(), update(dt), draw(alpha), pressed(action), released(action), key_pressed(key).
--
--   scene.switch(require "scenes.title")
--   scene.push(pause)                -- on top: the scene below is drawn, but stands still
--   scene.pop()

local scene = {}

local stack = {}

local function call(target, name, ...)
   local f = target and target[name]
   if f then return f(...) end
end

--- The scene on top; nil before the first one.
function scene.current() return stack[#stack] end

--- Leaves all scenes and enters `target`.
---@param target table
---@param ... any for its enter()
function scene.switch(target, ...)
   for index = #stack, 1, -1 do
      local left = stack[index]
      stack[index] = nil
      call(left, "leave")
   end
   stack[1] = target
   call(target, "enter", ...)
end

--- Enters `target` on top of the current scene.
---@param target table
---@param ... any for its enter()
function scene.push(target, ...)
   stack[#stack + 1] = target
   call(target, "enter", ...)
end

--- Leaves the scene on top; the one below goes on.
function scene.pop()
   local left = stack[#stack]
   stack[#stack] = nil
   call(left, "leave")
end

--- Updates the scene on top.
---@param dt number seconds
function scene.update(dt) call(stack[#stack], "update", dt) end

--- Draws all scenes, the lowest first.
---@param alpha number
function scene.draw(alpha)
   for index = 1, #stack do call(stack[index], "draw", alpha) end
end

--- Hands an input event to the scene on top.
---@param name "pressed"|"released"|"key_pressed"|"focus"
---@param ... any
function scene.event(name, ...) return call(stack[#stack], name, ...) end

return scene
