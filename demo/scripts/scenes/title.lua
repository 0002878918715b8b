--- The title: the base at rest, the best score, how to play.

local app = require "app"
local art = require "art"
local autopilot = require "autopilot"
local graphics = require "graphics"
local highscore = require "highscore"
local palette = require "palette"
local patches = require "patches"
local play = require "scenes.play"
local scene = require "scene"
local sounds = require "sounds"
local text = require "text"
local widgets = require "widgets"

local title = {}

local STARS = 26
local stars = {}
for index = 1, STARS do
   -- Spread by the golden ratio: even, without a pattern and without chance.
   stars[index] = { x = index * 0.618034 % 1 * 640, y = 4 + index * 0.754878 % 1 * 150, phase = index * 1.7 }
end

local time, best_text = 0, ""

function title.enter()
   time = 0
   local best = highscore.best()
   best_text = best > 0 and "BEST " .. text.number(best) or ""
   sounds.title_music()
end

---@param dt number
function title.update(dt) time = time + dt end

local function draw_sky()
   graphics.blend "add"
   for index = 1, STARS do
      local star = stars[index]
      local light = math.max(0, math.sin(time * 1.3 + star.phase)) ^ 6
      if light > 0.02 then
         graphics.color(0.75, 0.95, 1, light)
         art.draw(art.spark, star.x, star.y, 0, 0.4 + 0.7 * light)
      end
   end
   graphics.color(0.25, 0.6, 1, 0.16 + 0.04 * math.sin(time * 0.8))
   art.draw(art.glow, 512, 185, 0, 4.6)
   graphics.color(0.4, 0.9, 1, 0.2 + 0.06 * math.sin(time * 1.7))
   art.draw(art.glow, 122, 262, 0, 2.6)
   graphics.blend "alpha"
   graphics.color(1, 1, 1)
end

local KEYS = {
   { "W", "A", "S", "D", "drive" },
   { "MOUSE", "aim and fire" },
   { "SHIFT", "boost" },
   { "ESC", "pause" },
}

--- One row of keycaps and what they do; or only how wide that is.
local function hint_row(x, y)
   for _, group in ipairs(KEYS) do
      for index = 1, #group - 1 do
         local width = y and widgets.keycap(group[index], x, y) or math.max(16, text.width(group[index]) + 9)
         x = x + width + 2
      end
      local words = group[#group]
      if y then text.small(words, x + 3, y + 1, "left", palette.cream) end
      x = x + 3 + text.width(words) + 14
   end
   return x
end

local hint_width
local INVITATION = "Drop demo/patches/fix-shield.lua into the folder patch/ while you play"

local function draw_hints()
   hint_width = hint_width or hint_row(0) - 14
   local ink = palette.ink
   graphics.color(ink[1], ink[2], ink[3], 0.6)
   graphics.rectangle("fill", 0, 322, graphics.width, 38)
   graphics.color(1, 1, 1)
   hint_row(math.floor((graphics.width - hint_width) / 2), 325)
   local words = patches.words()
   if words == "" then
      text.small(INVITATION, 320, 344, "center", palette.cyan)
   else
      text.small(words, 320, 344, "center", palette.lime)
   end
end

function title.draw()
   art.draw(art.title_scene, 0, 0)
   draw_sky()
   art.draw(art.title, 320, math.floor(82 + 2.5 * math.sin(time * 1.4) + 0.5))
   text.small(best_text, 320, 136, "center", palette.amber)
   if time % 1.1 < 0.75 then text.large("PRESS SPACE OR CLICK", 320, 158, "center", palette.cream) end
   draw_hints()
end

---@param action string
function title.pressed(action)
   if action == "confirm" or action == "shoot" or action == "fire" then
      sounds.confirm()
      scene.switch(play)
   end
end

---@param key string
function title.key_pressed(key)
   if key == "key:escape" then app.quit() end
end

function title.autoplay()
   if time > 0.5 then autopilot.press "confirm" end
end

return title
