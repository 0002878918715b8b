--- The title: the base at rest, the best score, how to play.

local app = require "app"
local art = require "art"
local attract = require "attract"
local autopilot = require "autopilot"
local controls = require "controls"
local graphics = require "graphics"
local highscore = require "highscore"
local menu = require "menu"
local palette = require "palette"
local patches = require "patches"
local play = require "scenes.play"
local prompts = require "prompts"
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

local PATIENCE = 20 -- seconds until the autopilot shows the game

local time, idle, deaf, best_text = 0, 0, 0, ""

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

-- What is shown below for each device: words on keycaps, those of actions with "=" before them.
local KEYS = {
   keyboard = {
      { "=up", "=left", "=down", "=right", "drive" }, { "MOUSE", "aim and fire" }, { "=boost", "boost" },
      { "=pause", "pause" },
   },
   gamepad = {
      { "LEFT STICK", "drive" }, { "RIGHT STICK", "aim" }, { "=fire", "fire" }, { "=boost", "boost" },
   },
}

local function cap_words(cap) return cap:sub(1, 1) == "=" and prompts.of(cap:sub(2)) or cap end

--- One row of keycaps and what they do; or only how wide that is.
local function hint_row(x, y)
   for _, group in ipairs(KEYS[prompts.device()]) do
      for index = 1, #group - 1 do
         local cap = cap_words(group[index])
         x = x + (y and widgets.keycap(cap, x, y) or widgets.keycap_width(cap)) + 2
      end
      local words = group[#group]
      if y then text.small(words, x + 3, y + 1, "left", palette.cream) end
      x = x + 3 + text.width(words) + 14
   end
   return x
end

local INVITATION = "Drop demo/patches/fix-shield.lua into the folder patch/ while you play"

local function draw_hints()
   local ink = palette.ink
   graphics.color(ink[1], ink[2], ink[3], 0.6)
   graphics.rectangle("fill", 0, 322, graphics.width, 38)
   graphics.color(1, 1, 1)
   hint_row(math.floor((graphics.width - hint_row(0) + 14) / 2), 325)
   local words = patches.words()
   if words == "" then
      text.small(INVITATION, 320, 344, "center", palette.cyan)
   else
      text.small(words, 320, 344, "center", palette.lime)
   end
end

local items = menu.new(320, 164, {
   { "PLAY", function() scene.switch(play) end },
   { "HIGH SCORES", function() scene.push(require "scenes.scores") end },
   { "SETTINGS", function() scene.push(require "scenes.settings") end },
   { "QUIT", function() app.quit() end },
})

--- `is_deaf`: the press that ended the demonstration does nothing more.
---@param is_deaf boolean?
function title.enter(is_deaf)
   time, idle = 0, 0
   deaf = is_deaf and 0.2 or 0
   attract.reset()
   items:reset()
   local best = highscore.best()
   best_text = best > 0 and "BEST " .. text.number(best) or ""
   sounds.title_music()
end

function title.uncovered() idle = 0 end

---@param dt number
function title.update(dt)
   time, idle, deaf = time + dt, idle + dt, deaf - dt
   if controls.mouse_moved() then idle = 0 end
   items:update(dt, controls)
   if idle > PATIENCE then attract.start() end
end

function title.draw()
   art.draw(art.title_scene, 0, 0)
   draw_sky()
   art.draw(art.title, 320, math.floor(82 + 2.5 * math.sin(time * 1.4) + 0.5))
   text.small(best_text, 320, 136, "center", palette.amber)
   if scene.current() == title then items:draw() end
   draw_hints()
end

---@param action string
function title.pressed(action)
   idle = 0
   if deaf <= 0 then items:pressed(action) end
end

---@param key string
function title.key_pressed(key)
   if key == "key:escape" then items:choose_or_confirm(#items.items) end
end

function title.autoplay()
   if time > 0.5 then autopilot.press "confirm" end
end

return title
