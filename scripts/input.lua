-- Named actions instead of keys: the player chooses what triggers them.
--
--   input.bind { fire = { "key:space", "mouse:left", "pad:a" }, left = { "key:a", "pad:leftx-" } }
--   if input.pressed "fire" then ... end

local source = native.input

local input = {}

local actions = {} -- names in the order of binding

local function know(action)
   for _, name in ipairs(actions) do
      if name == action then return end
   end
   actions[#actions + 1] = action
end

--- Binds actions to controls: { action = { "key:w", "pad:a", "mouse:left", "pad:lefty-" }, ... }.
---@param bindings table<string, string[]>
function input.bind(bindings)
   local names = {}
   for action in pairs(bindings) do names[#names + 1] = action end
   table.sort(names)
   for _, action in ipairs(names) do
      know(action)
      for _, control in ipairs(bindings[action]) do
         local ok, why = source:bind(action, control)
         if not ok then error(("input.bind: %s"):format(why), 2) end
      end
   end
end

--- The names of all bound actions.
---@return string[]
function input.actions() return actions end

--- Whether the action is held.
---@param action string
---@return boolean
function input.down(action) return source:down(action) end

--- Whether it was pressed in this step.
---@param action string
---@return boolean
function input.pressed(action) return source:pressed(action) end

--- Whether it was let go in this step.
---@param action string
---@return boolean
function input.released(action) return source:released(action) end

--- How far it is pressed, from 0 to 1.
---@param action string
---@return number
function input.value(action) return source:value(action) end

--- Two actions as one direction, from -1 to 1.
---@param negative string
---@param positive string
---@return number
function input.axis(negative, positive) return source:axis(negative, positive) end

--- Where the pointer is, in pixels of the picture.
---@return number x
---@return number y
function input.mouse() return source.mouse_x, source.mouse_y end

return input
