--- Moonbase: defend the dome. The classes of everything that moves are in C (demo/src); which waves
--- come, what points are worth, how it looks and sounds is here, in Lua.

local attract = require "attract"
local controls = require "controls"
local options = require "options"
local patches = require "patches"
local play = require "scenes.play"
local pointer = require "pointer"
local scene = require "scene"
local session = require "session"
local sounds = require "sounds"
local title = require "scenes.title"

local main = {} ---@type Game

function main.load()
   options.load()
   controls.load()
   scene.switch(title)
end

---@param dt number seconds, always 1/60
function main.update(dt)
   controls.update(dt)
   pointer.update()
   sounds.update(dt)
   attract.update(dt)
   scene.update(dt)
end

---@param alpha number how far the picture is between the last two steps, from 0 to 1
function main.draw(alpha)
   scene.draw(alpha)
   if scene.current() ~= play then pointer.draw() end
   attract.draw()
end

---@param action string
function main.pressed(action)
   if attract.active then
      attract.stop()
   else
      scene.event("pressed", action)
   end
end

---@param key string
function main.key_pressed(key)
   if attract.active then
      attract.stop()
   else
      scene.event("key_pressed", key)
   end
end

--- The window got or lost the player's attention.
---@param has_focus boolean
function main.focus(has_focus) scene.event("focus", has_focus) end

--- Something became of a patch.
---@param id string
---@param in_effect boolean
function main.patch_event(id, _, _, in_effect) patches.note(id, in_effect) end

--- Figures of this run.
---@return table
function main.report() return { score = session.score, wave = session.wave, digest = native.world:digest() } end

--- The autopilot: what a player would press now.
---@param dt number
function main.autoplay(dt) scene.event("autoplay", dt) end

return main
