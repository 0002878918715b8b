-- Between the engine and the game: the engine calls this module, this module calls the table that
-- the game's main.lua returns. See docs/gameplay.md.

require "strict"

local app = require "app"
local check = require "library.check"
local graphics = require "graphics"
local input = require "input"
local log = require "log"
local scene = require "scene"
local settings = require "settings"
local timer = require "timer"
local toast = require "toast"

---@class Game  what a game's scripts/main.lua returns; see docs/gameplay.md
---@field load? fun()
---@field update? fun(dt: number)
---@field draw? fun(alpha: number)
---@field pressed? fun(action: string)
---@field released? fun(action: string)
---@field key_pressed? fun(key: string, is_repeat: boolean)
---@field text_input? fun(text: string)
---@field gamepads? fun(count: integer)
---@field focus? fun(has_focus: boolean)
---@field patch_event? fun(id: string, state: PatchState, cause: string, in_effect: boolean)
---@field report? fun(): table
---@field autoplay? fun(dt: number)
---@field quit? fun()
---@field console? boolean  false: the grave key opens none

---@alias PatchState "staged"|"trial"|"active"|"removed"|"refused"|"quarantined"

local game = require "main" ---@type Game
if type(game) ~= "table" then
   -- A chunk that returns nothing counts as true.
   error(("scripts/main.lua must return a table of functions (load, update, draw, ...), it returned %s: end it with 'return main'"):format(
      game == true and "nothing" or type(game)), 0)
end

local CALLBACKS = {
   load = true, update = true, draw = true, pressed = true, released = true, key_pressed = true, text_input = true,
   gamepads = true, focus = true, patch_event = true, report = true, autoplay = true, quit = true,
}

local host = {}

local autoplay = false
local console -- nil until it is opened for the first time

local function call(name, ...)
   local f = game[name]
   if f then return f(...) end
end

--- Starts the game.
---@param wants_autoplay boolean its autopilot plays
function host.load(wants_autoplay)
   if wants_autoplay and not game.autoplay then error("this game has no autopilot: main.lua has no autoplay()", 0) end
   autoplay = wants_autoplay
   check.callbacks(game, CALLBACKS, "main.lua")
   call "load"
end

local function tell_actions()
   for _, action in ipairs(input.actions()) do
      if input.pressed(action) then call("pressed", action) end
      if input.released(action) then call("released", action) end
   end
end

-- ---- the console ----------------------------------------------------------------------------

local CONSOLE_KEY, CONSOLE_TEXT = "key:`", "`"

local function has_console() return console and console.is_open() end

--- Calls a function of the console. One that fails is told and closed: it must not stop the game.
local function guarded(name, ...)
   local ok, why = xpcall(console[name], tostring, ...)
   if ok then return end
   log.error("the console failed: %s", why)
   pcall(console.set_open, false)
end

local function toggle_console()
   console = console or require "console"
   guarded("set_open", not console.is_open())
end

local function is_down(name) return input.control("key:left " .. name) > 0 or input.control("key:right " .. name) > 0 end

--- The grave key, left of the 1. With shift it writes what is printed on it, of which Lua has need as in
--- `~=`; with ctrl a grave.
local function console_key(is_repeat)
   if is_down "ctrl" then
      if has_console() then guarded("text", CONSOLE_TEXT) end
   elseif not is_repeat and not (has_console() and is_down "shift") then
      toggle_console()
   end
end

--- One step of the game.
---@param dt number seconds
function host.update(dt)
   if autoplay then game.autoplay(dt) end
   input.update()
   tell_actions()
   timer.update(dt)
   call("update", dt)
   toast.update(dt)
   settings.update(dt)
   if has_console() then guarded "update" end
end

local has_warned_of_saved = false

local function warn_of_saved()
   if has_warned_of_saved then return end
   has_warned_of_saved = true
   log.warn("draw ends with %d graphics.push() for which there was no graphics.pop()", graphics.saved())
end

--- One picture. `alpha`: how far the moment of the picture is between the last two steps.
---@param alpha number from 0 to 1
function host.draw(alpha)
   log.update()
   graphics.reset()
   call("draw", alpha)
   if graphics.saved() > 0 then warn_of_saved() end
   toast.draw()
   if has_console() then guarded "draw" end
end

--- A key went down, or is still held while text is written.
---@param key string
---@param is_repeat boolean
function host.key_pressed(key, is_repeat)
   if input.is_listening() then return end
   if key == CONSOLE_KEY and game.console ~= false then
      console_key(is_repeat)
      return
   end
   local writer = input.writer()
   if has_console() then
      guarded("key", key)
   elseif writer then
      writer:key_pressed(key, is_repeat)
   else
      call("key_pressed", key, is_repeat)
   end
end

---@param text string
function host.text_input(text)
   if text == CONSOLE_TEXT and game.console ~= false then return end -- of the key that opens and closes it
   local writer = input.writer()
   if has_console() then
      guarded("text", text)
   elseif writer then
      writer:text_input(text)
   else
      call("text_input", text)
   end
end

---@param count integer
function host.gamepads(count) call("gamepads", count) end
---@param has_focus boolean
function host.focus(has_focus) call("focus", has_focus) end
function host.quit()
   call "quit"
   settings.quit()
end

--- Whether a script asked to end the program.
---@return boolean
function host.wants_quit() return app.is_quitting() end

--- For the report: the game's score.
---@return number
function host.score()
   local report = call "report"
   return report and tonumber(report.score) or 0
end

--- What the game's report says, as one text: the same in two runs only if they are the same.
---@return string
function host.digest()
   local report, fields = call "report", {}
   if type(report) ~= "table" then return tostring(report) end
   for key, value in pairs(report) do
      local exact = type(value) == "number" and ("%.17g"):format(value) or tostring(value)
      if type(value) ~= "table" then fields[#fields + 1] = tostring(key) .. "=" .. exact end
   end
   table.sort(fields)
   return table.concat(fields, ";")
end

local VERDICTS = {
   staged = { "patch %s waits", "info" },
   trial = { "patch %s applied", "good" },
   active = { "patch %s applied", "good" },
   removed = { "patch %s removed", "info" },
   refused = { "patch %s refused: %s", "bad" },
   quarantined = { "patch %s quarantined: %s", "bad" },
}

local ROLLED_BACK = { "patch %s rolled back to %s", "bad" }

--- Tells the player, and the game, what became of a patch.
---@param id string
---@param state PatchState
---@param cause string why; "" for none; of one that runs: why a good version runs in place of the file's
---@param in_effect boolean whether some version of it runs now
function host.patch_event(id, state, cause, in_effect)
   local runs = state == "trial" or state == "active"
   local verdict = runs and cause ~= "" and ROLLED_BACK or VERDICTS[state]
   toast.show(verdict[1]:format(id, cause), verdict[2])
   call("patch_event", id, state, cause, in_effect)
end

--- Tells the player what the engine has to say.
---@param line string
function host.notice(line) toast.show(line, "bad") end

--- The same for what is well.
---@param line string
function host.tell(line) toast.show(line, "good") end

--- Tells the player how a download goes on.
---@param line string
function host.progress(line) toast.replace("progress", line, "info") end

--- How often scenes have changed; an update may wait for that.
---@return integer
function host.scene_changes() return scene.changes() end

--- Tells the player what became of scripts that were edited.
---@param files string
---@param problem string why they were refused; "" when they were not
function host.reload_event(files, problem)
   if problem == "" then
      toast.show("reloaded " .. files, "good")
   else
      toast.show("reload refused: " .. problem, "bad")
   end
end

return host
