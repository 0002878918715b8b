-- Scenes: what the game is doing now. A scene is a table of functions, all of them optional:
-- enter(...), leave(), update(dt), draw(alpha), pressed(action), released(action), key_pressed(key, is_repeat),
-- text_input(text).
--
--   scene.switch(require "scenes.title")
--   scene.push(pause)                -- on top: the scene below is drawn, but stands still
--   scene.pop()

---@class Scene
---@field enter? fun(...)
---@field leave? fun()
---@field update? fun(dt: number)
---@field draw? fun(alpha: number)
---@field pressed? fun(action: string)
---@field released? fun(action: string)
---@field key_pressed? fun(key: string, is_repeat: boolean)
---@field text_input? fun(text: string)
---@field focus? fun(has_focus: boolean)

local scene = {}

local stack = {} ---@type Scene[]

local function call(target, name, ...)
   local f = target and target[name]
   if f then return f(...) end
end

--- The scene on top; nil before the first one.
---@return Scene?
function scene.current() return stack[#stack] end

--- Leaves all scenes and enters `target`.
---@param target Scene
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
---@param target Scene
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
---@param name "pressed"|"released"|"key_pressed"|"text_input"|"focus"|string the function of the scene that gets it
---@param ... any
---@return any
function scene.event(name, ...) return call(stack[#stack], name, ...) end

return scene
