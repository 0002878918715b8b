--- Hints in the first wave of the first game: each stays until the player has done what it says.

local kind = native.EventKind
local palette = require "palette"
local prompts = require "prompts"
local settings = require "settings"
local text = require "text"
local widgets = require "widgets"

local hints = {}

local LEAST, MOST = 1.6, 12 -- seconds that a hint is shown
local DRIVE = { "up", "left", "down", "right" }

---@class Hint
---@field words string
---@field keyboard string[]?  actions or "!" and a keycap's words
---@field gamepad string[]?
---@field goal number         how much of it has to be done

---@type Hint[]
local HINTS = {
   { words = "drive the rover", keyboard = DRIVE, gamepad = { "!LEFT STICK" }, goal = 60 },
   { words = "aim and fire at the raiders", keyboard = { "!MOUSE", "fire" }, gamepad = { "!RIGHT STICK", "fire" }, goal = 4 },
   { words = "boost: rams raiders, and nothing hurts", keyboard = { "boost" }, gamepad = { "boost" }, goal = 1 },
   { words = "Collect crystals: they pay for upgrades", keyboard = {}, gamepad = {}, goal = 1 },
}

local current, time, done, shown = #HINTS + 1, 0, 0, 0

local function do_part(index, amount)
   if index == current then done = done + amount end
end

--- What a happening teaches: {[kind] = function(...)}.
hints.on = {
   [kind.SHOT] = function() do_part(2, 1) end,
   [kind.BOOST] = function() do_part(3, 1) end,
   [kind.CRYSTAL] = function() do_part(4, 1) end,
}

--- A new game: from the first hint, unless the player knows them all.
function hints.start() current, time, done, shown = settings.get "taught" and #HINTS + 1 or 1, 0, 0, 0 end

--- The number of the hint that is shown; nil: none.
---@return integer?
function hints.current() return HINTS[current] and current or nil end

--- Lets `dt` seconds pass.
---@param rover Rover
---@param dt number
function hints.update(rover, dt)
   local hint = HINTS[current]
   if not hint then return end
   time = time + dt
   shown = math.min(1, shown + 5 * dt)
   do_part(1, math.abs(rover.velocity_x * dt) + math.abs(rover.velocity_y * dt))
   if time < LEAST or (done < hint.goal and time < MOST) then return end
   current, time, done, shown = current + 1, 0, 0, 0
   if not HINTS[current] then settings.set("taught", true) end
end

--- The keycaps of a hint from x on, or only how wide they are.
local function caps(hint, x, y)
   local start = x
   for _, action in ipairs(hint[prompts.device()]) do
      local words = action:sub(1, 1) == "!" and action:sub(2) or prompts.of(action)
      x = x + (y and widgets.keycap(words, x, y) or widgets.keycap_width(words)) + 2
   end
   return x - start
end

function hints.draw()
   local hint = HINTS[current]
   if not hint then return end
   local width = caps(hint, 0) + text.width(hint.words) + 4
   local left = math.floor(320 - width / 2)
   local top = math.floor(324 + 36 * (1 - shown) ^ 2)
   widgets.panel(left - 10, top - 6, width + 20, 28)
   local x = left + caps(hint, left, top)
   text.small(hint.words, x + 4, top + 1, "left", palette.cream)
end

return hints
