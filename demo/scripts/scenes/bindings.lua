--- The key bindings: choose an action, press what shall work it.

local dialog = require "dialog"
local input = require "input"
local menu = require "menu"
local palette = require "palette"
local prompts = require "prompts"
local scene = require "scene"
local sounds = require "sounds"
local text = require "text"

local ACTIONS = {
   { "up", "UP" }, { "down", "DOWN" }, { "left", "LEFT" }, { "right", "RIGHT" },
   { "fire", "FIRE" }, { "boost", "BOOST" }, { "pause", "PAUSE" },
}
local SHOWN = 3 -- controls of an action

local waiting ---@type string?  the action that gets the next control
local words = {} ---@type table<string, string>  what is shown beside each action

local function describe(action)
   local names = {}
   for _, control in ipairs(input.bindings(action)) do
      if #names < SHOWN then names[#names + 1] = prompts.name(control) end
   end
   return #names > 0 and table.concat(names, ", ") or "-"
end

local function refresh()
   prompts.forget()
   for _, entry in ipairs(ACTIONS) do words[entry[1]] = describe(entry[1]) end
end

--- An action's controls without one, and without those of its kind if `is_pad` says which.
local function without(action, control, is_pad)
   local left = {}
   for _, other in ipairs(input.bindings(action)) do
      if other ~= control and (is_pad == nil or prompts.is_pad(other) ~= is_pad) then left[#left + 1] = other end
   end
   return left
end

--- Lets `control` work `action` instead of what did on the same device, and nothing else of the list.
---@param action string
---@param control string
local function choose(action, control)
   local new = without(action, control, prompts.is_pad(control))
   table.insert(new, 1, control)
   input.rebind(action, new)
   for _, entry in ipairs(ACTIONS) do
      if entry[1] ~= action then input.rebind(entry[1], without(entry[1], control)) end
   end
   input.save()
   refresh()
end

local function listen(action)
   waiting = action
   input.listen(function(control)
      waiting = nil
      if control then choose(action, control) end
      sounds.confirm()
   end)
end

local function restore()
   input.reset()
   input.save()
   refresh()
end

local items = {}
for index, entry in ipairs(ACTIONS) do
   local action = entry[1]
   items[index] = {
      entry[2], function() listen(action) end,
      value = function() return waiting == action and "press a key" or words[action] end,
   }
end
items[#items + 1] = { "RESTORE ALL", restore }
items[#items + 1] = { "BACK", function() scene.pop() end }
items = menu.new(320, 92, items, -30)

local bindings = dialog.new {
   title = "CONTROLS", title_y = 62, dim = 0.75, panel = { 130, 48, 380, 262 }, items = items,
   enter = refresh,
   draw = function()
      if waiting then text.small("ESC leaves it as it is", 320, 292, "center", palette.amber) end
   end,
}

bindings.choose = choose

return bindings
