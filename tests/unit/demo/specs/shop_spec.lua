-- Between two waves: the cards, and the victory after the last wave.

local player = game_player
local begin, picture, press, steps = player.begin, player.picture, player.press, player.steps

local world = game.native.world
local input = game.native.input
local scene = game.require "scene"
local session = game.require "session"
local play = game.require "scenes.play"
local build = game.require "scenes.build"
local over = game.require "scenes.over"

TestShop = player.tests()

local function reach_cards()
   begin()
   player.clear_wave()
   player.wait_for(build, 8)
   picture()
end

local function built()
   local rover, dome = world.rover, world.dome
   return rover.rapid + rover.power + rover.speed + rover.magnet + (dome.max_shield - 60) / 25
end

function TestShop:test_the_first_card_is_free_and_others_cost()
   reach_cards()
   session.crystals = 0
   steps(60)
   press "confirm"
   unit.assertEquals({ built(), session.crystals }, { 1, 0 })
   press "right"
   press "confirm"
   picture()
   unit.assertEquals(built(), 1)
   session.crystals = 1000
   press "confirm"
   unit.assertEquals(built(), 2)
   unit.assertTrue(session.crystals < 1000)
   press "down"
   press "confirm"
   unit.assertIs(scene.current(), play)
   unit.assertEquals(session.wave, 2)
end

--- How often the game behind the shop is drawn in so many frames.
local function drawn_behind(frames)
   local surface, count = game.require "surface", 0
   local draw = surface.draw
   surface.draw = function(...)
      count = count + 1
      return draw(...)
   end
   for _ = 1, frames do
      steps(1)
      picture()
   end
   surface.draw = draw
   return count
end

function TestShop:test_what_lies_behind_is_drawn_anew_only_when_it_changes_and_now_and_then()
   reach_cards()
   unit.assertEquals(drawn_behind(30), 0)
   press "confirm"
   unit.assertEquals(built(), 1)
   unit.assertEquals(drawn_behind(10), 1)
   unit.assertEquals(drawn_behind(240), 2)
end

function TestShop:test_what_lies_behind_gets_dark_and_stays_dark()
   reach_cards()
   local widgets, darkness = game.require "widgets", {}
   local dim = widgets.dim
   widgets.dim = function(alpha)
      darkness[#darkness + 1] = ("%.2f"):format(alpha)
      return dim(alpha)
   end
   for _ = 1, 3 do
      steps(6)
      picture()
   end
   unit.assertEquals(drawn_behind(30), 0)
   widgets.dim = dim
   unit.assertEquals(darkness, { "0.20", "0.40", "0.60" }) -- the last one is kept
end

function TestShop:test_cards_can_be_clicked()
   reach_cards()
   steps(60)
   player.pilot = function() input:point(320, 150) end
   steps(2)
   player.pilot = nil
   press "confirm"
   unit.assertEquals(built(), 1)
   player.pilot = function() input:point(320, 310) end
   steps(2)
   press "confirm"
   unit.assertIs(scene.current(), play)
end

function TestShop:test_who_still_fires_takes_no_card()
   reach_cards()
   press "confirm"
   unit.assertIs(scene.current(), build)
   unit.assertEquals(built(), 0)
end

local function win()
   begin()
   session.wave = 9
   session.next_wave()
   player.clear_wave()
   player.wait_for(game.require "scenes.victory", 6)
   steps(100)
   picture()
end

function TestShop:test_the_last_wave_is_the_victory_and_one_may_go_on()
   win()
   press "confirm"
   steps(1)
   unit.assertIs(scene.current(), build)
   steps(60)
   press "down"
   press "confirm"
   unit.assertEquals(session.wave, 11)
end

function TestShop:test_who_rests_after_the_victory_keeps_the_score()
   local highscore = game.require "highscore"
   win()
   session.score = highscore.best() + 1
   press "down"
   press "confirm"
   unit.assertIs(scene.current(), over)
   steps(180)
   picture()
   for _ = 1, 3 do press "confirm" end
   unit.assertEquals(highscore.all()[1].score, session.score)
   unit.assertEquals(highscore.all()[1].wave, 10)
end
