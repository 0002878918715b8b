--- What the player has to press for an action, in the words of the device in hand.

local input = require "input"

local prompts = {}

local WORDS = {
   ["key:left shift"] = "SHIFT", ["key:right shift"] = "R SHIFT", ["key:return"] = "ENTER", ["key:escape"] = "ESC",
   ["key:left ctrl"] = "CTRL", ["key:keypad enter"] = "KP ENTER",
   ["mouse:left"] = "LEFT CLICK", ["mouse:right"] = "RIGHT CLICK", ["mouse:middle"] = "WHEEL",
   ["pad:righttrigger+"] = "RT", ["pad:lefttrigger+"] = "LT", ["pad:rightshoulder"] = "RB", ["pad:leftshoulder"] = "LB",
   ["pad:leftx-"] = "STICK LEFT", ["pad:leftx+"] = "STICK RIGHT", ["pad:lefty-"] = "STICK UP",
   ["pad:lefty+"] = "STICK DOWN", ["pad:dpleft"] = "PAD LEFT", ["pad:dpright"] = "PAD RIGHT", ["pad:dpup"] = "PAD UP",
   ["pad:dpdown"] = "PAD DOWN",
}

--- A control's name on a keycap: "key:left shift" is "SHIFT".
---@param control string
---@return string
function prompts.name(control) return WORDS[control] or control:match ":(.*)$":upper() end

--- "gamepad", or "keyboard" for keyboard and mouse.
---@return "keyboard"|"gamepad"
function prompts.device() return input.device() == "gamepad" and "gamepad" or "keyboard" end

--- Whether a control belongs to the gamepad.
---@param control string
---@return boolean
function prompts.is_pad(control) return control:sub(1, 4) == "pad:" end

local known, known_device = {}, nil ---@type table<string, string>, string?

--- Bindings have changed: prompts are looked up again.
function prompts.forget() known = {} end

local function look_up(action, device)
   for _, control in ipairs(input.bindings(action)) do
      if prompts.is_pad(control) == (device == "gamepad") then return prompts.name(control) end
   end
   return "-"
end

--- What works an action on the device in hand: "SPACE".
---@param action string
---@return string
function prompts.of(action)
   local device = prompts.device()
   if device ~= known_device then known, known_device = {}, device end
   local words = known[action] or look_up(action, device)
   known[action] = words
   return words
end

return prompts
