-- Rows in which the player chooses what works an action.

local input = require "input"
local parts = require "ui.parts"

---@class UiPage
local binding = {}

local MOST = 8 -- controls of an action

local names = { -- of controls, as they are shown; others by what they are called
   ["pad:leftx-"] = "Stick Left", ["pad:leftx+"] = "Stick Right", ["pad:lefty-"] = "Stick Up", ["pad:lefty+"] = "Stick Down",
   ["pad:rightx-"] = "R-Stick Left", ["pad:rightx+"] = "R-Stick Right", ["pad:righty-"] = "R-Stick Up",
   ["pad:righty+"] = "R-Stick Down", ["pad:lefttrigger+"] = "L-Trigger", ["pad:righttrigger+"] = "R-Trigger",
   ["pad:leftshoulder"] = "L-Shoulder", ["pad:rightshoulder"] = "R-Shoulder", ["pad:dpup"] = "Pad Up",
   ["pad:dpdown"] = "Pad Down", ["pad:dpleft"] = "Pad Left", ["pad:dpright"] = "Pad Right",
}

local function capital(word) return (word:gsub("^%l", string.upper):gsub(" %l", string.upper)) end

--- "key:left shift" as "Left Shift", "mouse:left" as "Mouse Left".
local function name_of(control)
   local name = names[control]
   if not name then
      local device, rest = control:match "^(%a+):(.*)$"
      name = (device == "key" and "" or capital(device) .. " ") .. capital(rest)
      names[control] = name
   end
   return name
end

--- The words for an action's controls; found anew when they have changed.
local function words_of(node, action)
   local known = node.controls
   local changed = not known
   if changed then
      known = {}
      node.controls = known
   end
   for place = 1, MOST do
      local control = native.input:bound(action, place)
      if known[place] ~= control then known[place], changed = control, true end
      if control == "" then break end
   end
   if changed then
      local shown = {}
      for place = 1, MOST do
         if not known[place] or known[place] == "" then break end
         shown[place] = name_of(known[place])
      end
      node.control_words = #shown > 0 and table.concat(shown, " / ") or "none"
   end
   return node.control_words
end

local function kind_of(control) return control:match "^pad:" and "pad" or "desk" end

--- The new control comes in place of those of its kind: a gamepad keeps its buttons when a key is chosen.
local function rebind(action, control)
   local controls = { control }
   for _, other in ipairs(input.bindings(action)) do
      if kind_of(other) ~= kind_of(control) then controls[#controls + 1] = other end
   end
   return input.rebind(action, controls)
end

local function listen(page, node, action)
   node.listens = true
   input.listen(function(control)
      node.listens = nil
      if not control then return end
      node.conflicts = rebind(action, control)
      page.sound "accept"
   end)
end

--- What works an action, and, once activated, the wish for something else: the next control that is pressed.
---@param label string
---@param action string
---@return boolean changed in this step; then input.save() keeps it
---@return string[]? conflicts other actions that the new control works too
function binding:binding(label, action)
   local theme = self.theme
   local node, x, y, width = parts.labelled(self, label)
   if parts.clicked(self, node) and not input.is_listening() then listen(self, node, action) end
   parts.area(self, "well", x, y + 2, width, theme.height - 4)
   if node.listens then
      self.sheet:add("rim", x, y + 2, width, theme.height - 4, theme.colors.caret)
      local color = self.time % 0.8 < 0.5 and theme.colors.title or theme.colors.muted
      parts.text(self, node, "waits", "press a key ...", x + 4, y, width - 8, theme.height, "center", color)
   else
      parts.text(self, node, "shown", words_of(node, action), x + 4, y, width - 8, theme.height, "center",
         parts.ink(self, node))
   end
   local conflicts = node.conflicts
   node.conflicts = nil
   return conflicts ~= nil, conflicts
end

return binding
