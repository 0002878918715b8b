-- A player of Moonbase for its specs: steps, pictures, presses.

local main, play, scene = game.require "main", game.require "scenes.play", game.require "scene"
local settings, title = game.require "settings", game.require "scenes.title"
local native = game.native

--- `pilot` holds what is held in the next steps: function, or nil. `autopilot` is the game's.
local player = { pilot = nil, autopilot = main.autoplay } ---@type table
game_player = player

main.autoplay = function(dt)
   if player.pilot then player.pilot(dt) end
end

local errors = 0

local function expect_no_errors(now, words)
   unit.assertEquals(now - errors, 0, words)
   errors = now
end

function player.steps(count) expect_no_errors(demo.step(count), "a script raised an error, see the log") end

function player.picture() expect_no_errors(demo.draw(), "drawing raised an error, see the log") end

--- Presses an action for one step and lets it go.
function player.press(action)
   player.pilot = function() native.input:hold(action, 1) end
   player.steps(1)
   player.pilot = nil
   player.steps(1)
end

--- A class of tests, each of which begins on the title.
function player.tests()
   local tests = {}

   function tests:setUp()
      game.require("host").load(true)
      player.pilot = nil
      native.random:seed(11)
      settings.set("taught", true)
      settings.reset "initials"
      scene.switch(title)
      player.steps(1)
   end

   return tests
end

--- From the title into the first wave.
function player.begin()
   player.press "confirm"
   unit.assertIs(scene.current(), play)
end

--- Plays on until that scene comes.
function player.wait_for(target, seconds)
   for _ = 1, 60 * seconds do
      if scene.current() ~= target then player.steps(1) end
   end
   unit.assertIs(scene.current(), target)
end

--- There are no more raiders in this wave.
function player.clear_wave()
   game.require("session").arrivals, game.require("session").next_arrival = {}, 1
end
