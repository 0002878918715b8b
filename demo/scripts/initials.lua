--- Three letters for the table of scores: up and down change a letter, left and right go to another.

local palette = require "palette"
local settings = require "settings"
local sounds = require "sounds"
local text = require "text"

local initials = {}

local LETTERS = " ABCDEFGHIJKLMNOPQRSTUVWXYZ"
local COUNT, GAP = 3, 30

local letters, place, time = {}, 1, 0

--- Starts with those of the last time.
function initials.start()
   local kept = settings.get "initials"
   for index = 1, COUNT do
      local letter = kept:sub(index, index)
      letters[index] = letter ~= "" and LETTERS:find(letter, 1, true) or 2
   end
   place, time = 1, 0
end

--- What they are now: "ACE".
---@return string
function initials.name()
   local name = ""
   for index = 1, COUNT do name = name .. LETTERS:sub(letters[index], letters[index]) end
   return name
end

local function turn(step)
   letters[place] = (letters[place] - 1 + step) % #LETTERS + 1
   sounds.select()
end

--- Returns true as soon as the last letter is confirmed; the name is kept then.
---@param action string
---@return boolean done
function initials.pressed(action)
   if action == "up" then
      turn(1)
   elseif action == "down" then
      turn(-1)
   elseif action == "left" then
      place = math.max(1, place - 1)
   elseif action == "right" then
      place = math.min(COUNT, place + 1)
   elseif action == "confirm" or action == "click" then
      place = place + 1
      sounds.select()
   end
   if place <= COUNT then return false end
   place = COUNT
   settings.set("initials", initials.name())
   return true
end

---@param dt number
function initials.update(dt) time = time + dt end

--- Draws them around x.
---@param x number
---@param y number
---@param alpha number
function initials.draw(x, y, alpha)
   for index = 1, COUNT do
      local left = x + (index - (COUNT + 1) / 2) * GAP
      local letter = LETTERS:sub(letters[index], letters[index])
      local chosen = index == place
      text.large(letter == " " and "_" or letter, left, y, "center", chosen and palette.lime or palette.cream, alpha, 2)
      if chosen and time % 0.6 < 0.4 then text.large("_", left, y + 8, "center", palette.lime, alpha, 2) end
   end
end

return initials
