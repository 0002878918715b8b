--- The table of the best scores.

local highscore = require "highscore"
local palette = require "palette"
local scene = require "scene"
local sounds = require "sounds"
local text = require "text"
local widgets = require "widgets"

local scores = {}

local LINE = 20 -- pixels

local time, marked = 0, nil ---@type number, integer?

--- `place`: the line that is marked, as the player's own.
---@param place integer?
function scores.enter(place) time, marked = 0, place end

---@param dt number
function scores.update(dt) time = time + dt end

local function color_of(place)
   if place == marked then return time % 0.6 < 0.4 and palette.lime or palette.cream end
   return place == 1 and palette.straw or palette.sand
end

local function draw_line(place, entry)
   local y, color = 98 + place * LINE, color_of(place)
   text.small(text.number(place), 206, y, "right", color)
   text.small(entry.name, 226, y, "left", color)
   text.small(text.number(entry.score), 370, y, "right", color)
   text.small("wave " .. text.number(entry.wave), 440, y, "right", color)
end

function scores.draw()
   widgets.dim(0.65)
   widgets.panel(180, 70, 280, 226)
   text.large("HIGH SCORES", 320, 82, "center", palette.straw)
   local all = highscore.all()
   for place = 1, #all do draw_line(place, all[place]) end
   if #all == 0 then text.small("Nobody has played yet", 320, 170, "center", palette.sand) end
end

---@param action string
function scores.pressed(action)
   if action == "confirm" or action == "click" or action == "back" or action == "pause" then
      sounds.confirm()
      scene.pop()
   end
end

function scores.autoplay() scene.pop() end

return scores
