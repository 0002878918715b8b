-- Scenes: what the game is doing now. A scene is a table of functions, all of them optional:
-- enter(...), leave(), covered(), uncovered(), update(dt), draw(alpha), pressed(action),
-- released(action), key_pressed(key, is_repeat), text_input(text).
--
--   scene.switch(require "scenes.title")
--   scene.switch(require "scenes.play", { transition = "fade", seconds = 0.6 }, level)
--   scene.push(pause)                -- on top: the scene below is drawn, but stands still
--   scene.pop()
--
-- A transition covers the picture, then the scenes change, then it uncovers it. While it covers,
-- scenes stand still; until it is over, they get no input.

local check = require "library.check"
local transition = require "transition"

---@class Scene
---@field enter? fun(...)
---@field leave? fun()
---@field covered? fun()       another scene came on top
---@field uncovered? fun()     it is on top again
---@field update? fun(dt: number)
---@field draw? fun(alpha: number)
---@field pressed? fun(action: string)
---@field released? fun(action: string)
---@field key_pressed? fun(key: string, is_repeat: boolean)
---@field text_input? fun(text: string)
---@field focus? fun(has_focus: boolean)
---@field live_below? boolean  the scene below is updated too
---@field opaque? boolean      the scenes below need not be drawn

---@class TransitionOptions
---@field transition string|TransitionDraw  "fade", "wipe", "curtain", "blinds", one of the game's own, or a function
---@field seconds? number                   for both ways together; 0.5

local scene = {}

local SECONDS = 0.5

local CALLBACKS = {
   enter = true, leave = true, covered = true, uncovered = true, update = true, draw = true, pressed = true,
   released = true, key_pressed = true, text_input = true, focus = true,
}

local stack = {} ---@type Scene[]
local changes = 0

local function call(target, name, ...)
   local f = target and target[name]
   if f then return f(...) end
end

-- ---- transitions ----------------------------------------------------------------------------

local cover ---@type TransitionDraw?  nil: there is no transition
local amount, speed = 0, 0 -- how much is covered, and what comes to it in a second
local behind ---@type fun()?  what happens as soon as everything is covered; nil: that was

local function is_options(value) return type(value) == "table" and rawget(value, "transition") ~= nil end

local function start_transition(options, change, called)
   local draw = transition.get(options.transition, called)
   local seconds = options.seconds or SECONDS
   check.above_zero(seconds, called, "seconds")
   cover, speed, behind = draw, 2 / seconds, change
end

local function end_transition() cover, amount, behind = nil, 0, nil end

local function advance(dt)
   if not cover then return end
   amount = amount + (behind and speed or -speed) * dt
   if amount <= 0 then return end_transition() end
   if amount < 1 then return end
   amount = 1
   local change = behind
   behind = nil
   if change then change() end
end

--- Whether a transition is under way.
---@return boolean
function scene.is_changing() return cover ~= nil end

-- ---- changing scenes ------------------------------------------------------------------------

local function switch_now(target, ...)
   for index = #stack, 1, -1 do
      local left = stack[index]
      stack[index] = nil
      call(left, "leave")
   end
   stack[1] = target
   changes = changes + 1
   call(target, "enter", ...)
end

local function push_now(target, ...)
   local below = stack[#stack]
   stack[#stack + 1] = target
   call(below, "covered")
   call(target, "enter", ...)
end

local function pop_now()
   local left = stack[#stack]
   stack[#stack] = nil
   call(left, "leave")
   call(stack[#stack], "uncovered")
end

local function change(now, called, target, ...)
   local options = ...
   if not is_options(options) then
      end_transition()
      return now(target, ...)
   end
   local count, arguments = select("#", ...), { ... }
   start_transition(options, function() now(target, unpack(arguments, 2, count)) end, called)
end

--- What goes to a scene's enter() must have one to go to: a transition's name alone is none.
local function check_scene(target, called, ...)
   check.table(target, called, "scene")
   check.callbacks(target, CALLBACKS, "a scene")
   local first = ...
   if type(first) == "string" and not target.enter then
      check.expected(first, called, "options", 'table such as { transition = "fade" }')
   end
end

--- The scene on top; nil before the first one.
---@return Scene?
function scene.current() return stack[#stack] end

--- How often scenes were switched.
---@return integer
function scene.changes() return changes end

--- Leaves all scenes and enters `target`; one that comes during a transition takes its place.
---@param target Scene
---@param ... any for its enter(); first of all TransitionOptions, if it is to be done with a transition
function scene.switch(target, ...)
   check_scene(target, "scene.switch", ...)
   change(switch_now, "scene.switch", target, ...)
end

--- Enters `target` on top of the current scene.
---@param target Scene
---@param ... any as for switch
function scene.push(target, ...)
   check_scene(target, "scene.push", ...)
   change(push_now, "scene.push", target, ...)
end

--- Leaves the scene on top; the one below goes on.
---@param options? TransitionOptions
function scene.pop(options)
   if #stack == 0 then check.fail "scene.pop: there is no scene" end
   if options ~= nil and not is_options(options) then
      check.expected(options, "scene.pop", "options", 'table such as { transition = "fade" }')
   end
   change(pop_now, "scene.pop", nil, options)
end

-- ---- every frame ----------------------------------------------------------------------------

--- The lowest scene that those above it let through, up to `top`.
local function lowest(top, word, lets_through)
   local index = top
   while index > 1 and (stack[index][word] == true) == lets_through do index = index - 1 end
   return index
end

--- Updates the scene on top, and those below that it lets live.
---@param dt number seconds
function scene.update(dt)
   advance(dt)
   if behind then return end
   local top = #stack
   for index = math.max(1, lowest(top, "live_below", true)), top do call(stack[index], "update", dt) end
end

local function draw_up_to(top, alpha)
   for index = math.max(1, lowest(top, "opaque", false)), top do call(stack[index], "draw", alpha) end
end

--- Draws the scenes below the one on top: for one that is opaque and keeps a picture of them in a canvas.
---@param alpha number
function scene.draw_below(alpha) draw_up_to(#stack - 1, alpha) end

--- Draws the scenes, the lowest first; then the transition.
---@param alpha number
function scene.draw(alpha)
   draw_up_to(#stack, alpha)
   if cover then transition.draw(cover, amount, behind == nil) end
end

--- Hands an input event to the scene on top.
---@param name "pressed"|"released"|"key_pressed"|"text_input"|"focus"|string the function of the scene that gets it
---@param ... any
---@return any
function scene.event(name, ...)
   if not cover then return call(stack[#stack], name, ...) end
end

return scene
