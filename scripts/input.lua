-- Named actions instead of keys: the player chooses what triggers them.
--
--   input.bind { fire = { "key:space", "mouse:left", "pad:a" }, left = { "key:a", "pad:leftx-" } }
--   input.load()                                    -- what the player chose in an earlier run
--   if input.pressed "fire" then ... end
--
--   input.listen(function(control)                  -- in a menu: "press a key for fire"
--      if control then input.rebind("fire", { control }) end
--      input.save()
--   end)

local check = require "library.check"
local log = require "log"

local files = native.storage
local source = native.input

local input = {}

local FILE = "bindings.json"
local CONTROLS_MOST = 8

local actions = {} -- names in the order of binding
local listener ---@type fun(control: string?)?
local writer ---@type InputWriter?

local known = {} ---@type table<string, boolean>  those, and what was warned of

local function know(action)
   for _, name in ipairs(actions) do
      if name == action then return end
   end
   actions[#actions + 1] = action
   known[action] = true
end

--- Whoever asks for an action that is bound to nothing waits in vain: that is told once. It may be bound later.
local function meet(action, called)
   check.string(action, called, "action")
   known[action] = true
   if source:bound(action, 1) ~= "" then return end
   log.warn("%s: no action %q is bound%s", called, action, check.near(action, actions))
end

local function check_list(controls, called, action)
   if type(controls) ~= "table" then
      check.expected(controls, called, action, 'list of controls such as { "key:space" }')
   end
   for _, control in ipairs(controls) do check.string(control, called, action) end
end

--- Binds actions to controls: { action = { "key:w", "pad:a", "mouse:left", "pad:lefty-" }, ... }.
--- The player's own choice, see input.rebind, goes before it.
---@param bindings table<string, string[]>
function input.bind(bindings)
   check.table(bindings, "input.bind", "bindings")
   local names = {}
   for action in pairs(bindings) do names[#names + 1] = action end
   table.sort(names)
   for _, action in ipairs(names) do
      check.string(action, "input.bind", "action")
      check_list(bindings[action], "input.bind", action)
      know(action)
      for _, control in ipairs(bindings[action]) do
         local ok, why = source:bind(action, control)
         if not ok then check.fail("input.bind: %s: %s", action, why) end
      end
   end
end

--- The names of all bound actions.
---@return string[]
function input.actions() return actions end

-- ---- what a step sees -----------------------------------------------------------------------

--- Whether the action is held.
---@param action string
---@return boolean
function input.down(action)
   if not known[action or false] then meet(action, "input.down") end
   return source:down(action)
end

--- Whether it was pressed in this step.
---@param action string
---@return boolean
function input.pressed(action)
   if not known[action or false] then meet(action, "input.pressed") end
   return source:pressed(action)
end

--- Whether it was let go in this step.
---@param action string
---@return boolean
function input.released(action)
   if not known[action or false] then meet(action, "input.released") end
   return source:released(action)
end

--- How far it is pressed, from 0 to 1.
---@param action string
---@return number
function input.value(action)
   if not known[action or false] then meet(action, "input.value") end
   return source:value(action)
end

--- Two actions as one direction, from -1 to 1.
---@param negative string
---@param positive string
---@return number
function input.axis(negative, positive)
   if not known[negative or false] then meet(negative, "input.axis") end
   if not known[positive or false] then meet(positive, "input.axis") end
   return source:axis(negative, positive)
end

--- Where the pointer is, in pixels of the picture.
---@return number x
---@return number y
function input.mouse() return source.mouse_x, source.mouse_y end

--- How far the pointer was moved in this step, in pixels of the picture.
---@return number dx
---@return number dy
function input.motion() return source.motion_x, source.motion_y end

--- How far the wheel was turned in this step, in notches.
---@return number right
---@return number up
function input.wheel() return source.wheel_x, source.wheel_y end

--- How far one control is pressed now, from 0 to 1, whatever it is bound to: "key:left ctrl".
---@param control string
---@return number
function input.control(control) return source:control(control) end

-- ---- devices --------------------------------------------------------------------------------

--- What the player used last, for the words on the screen.
---@return "keyboard"|"mouse"|"gamepad"
function input.device() return source.device end

--- How many gamepads are plugged in.
---@return integer
function input.gamepads() return source.gamepads end

--- How much of a stick's way counts as nothing, from 0 to 0.9; sets it, if given.
---@param part number?
---@return number
function input.dead_zone(part)
   if part then check.number(part, "input.dead_zone", "part") end
   if part then source.dead_zone = math.max(0, math.min(part, 0.9)) end
   return source.dead_zone
end

--- Shakes the gamepads that can.
---@param strength number from 0 to 1
---@param seconds number up to 10
function input.rumble(strength, seconds) source:rumble(strength, seconds) end

-- ---- the player's own bindings --------------------------------------------------------------

--- The controls that work an action.
---@param action string
---@return string[]
function input.bindings(action)
   local controls = {}
   for place = 1, CONTROLS_MOST do
      local control = source:bound(action, place)
      if control == "" then break end
      controls[place] = control
   end
   return controls
end

--- The actions that a control works, in the order of binding.
---@param control string
---@return string[]
function input.users(control)
   local users = {}
   for _, action in ipairs(actions) do
      for _, other in ipairs(input.bindings(action)) do
         if other == control then users[#users + 1] = action end
      end
   end
   return users
end

local function check_controls(action, controls)
   check.string(action, "input.rebind", "action")
   check_list(controls, "input.rebind", "controls")
   if #controls > CONTROLS_MOST then
      check.fail("input.rebind: '%s' gets %d controls, at most %d are possible", action, #controls, CONTROLS_MOST)
   end
   for _, control in ipairs(controls) do
      if not source:has_control(control) then check.fail("input.rebind: there is no control '%s'", control) end
   end
end

--- Gives an action the controls that the player wants. Returns the other actions that one of them
--- works too: the game may warn, ask, or leave it.
---@param action string
---@param controls string[]
---@return string[] conflicts
function input.rebind(action, controls)
   check_controls(action, controls)
   local ok, why = source:clear(action)
   if not ok then check.fail("input.rebind: %s", why) end
   for _, control in ipairs(controls) do source:add(action, control) end
   local conflicts, seen = {}, { [action] = true }
   for _, control in ipairs(input.bindings(action)) do
      for _, other in ipairs(input.users(control)) do
         if not seen[other] then conflicts[#conflicts + 1] = other end
         seen[other] = true
      end
   end
   return conflicts
end

--- The game's own controls again: of one action, or of all.
---@param action string?
function input.reset(action)
   for _, name in ipairs(action and { action } or actions) do source:restore(name) end
end

--- Keeps what the player chose; nil and why if that fails.
---@return boolean? ok
---@return string? why
function input.save()
   local text, why = source:encode()
   if not text then return nil, why end
   return files:write(FILE, text)
end

--- Takes what the player chose in an earlier run; to be called after input.bind. A file that
--- cannot be read changes nothing, and the log says why.
---@return boolean found whether there was such a choice
function input.load()
   local text, why = files:read(FILE)
   if not text and why:find("no such file", 1, true) then return false end -- nothing was chosen yet
   local ok = false
   if text then ok, why = source:decode(text) end
   if not ok then print(("%s is left out: %s"):format(FILE, why)) end
   return ok == true
end

--- Calls `heard` with the control that is pressed next, for binding it; with nil if that is the
--- escape key. Nothing that is pressed until then works an action.
---@param heard fun(control: string?)
function input.listen(heard)
   check.call(heard, "input.listen", "heard")
   listener = heard
   source.listening = true
end

--- Whether a control to bind is waited for.
---@return boolean
function input.is_listening() return listener ~= nil end

--- One step, before the game's own. The host calls it.
function input.update()
   local control = source.last_key
   if not listener or control == "" then return end
   local heard = listener
   listener = nil
   source.listening = false
   heard(control ~= "key:escape" and control or nil)
end

-- ---- text -----------------------------------------------------------------------------------

--- Whether the player writes: keys then come as text_input(text), and as key_pressed(key,
--- is_repeat) with repetitions, and work no actions. Switches it, if given.
---@param on boolean?
---@return boolean
function input.text(on)
   if on ~= nil then source.text = on end
   return source.text
end

---@class InputWriter
---@field key_pressed fun(self: InputWriter, key: string, is_repeat: boolean)
---@field text_input fun(self: InputWriter, text: string)

--- Gives all that is written to `to`, in place of the game, until input.write(nil): for text fields.
---@param to InputWriter?
function input.write(to)
   if to ~= nil then check.table(to, "input.write", "to") end
   writer = to
   source.text = to ~= nil
end

--- Who gets what is written in place of the game.
---@return InputWriter?
function input.writer() return writer end

--- The text in the clipboard, or nil and why; puts one there, if given.
---@param text string?
---@return string? text
---@return string? why
function input.clipboard(text)
   if not text then return source:read_clipboard() end
   local ok, why = source:write_clipboard(text)
   return ok and text or nil, why
end

return input
