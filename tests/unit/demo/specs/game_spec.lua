-- The whole game through its actions: scenes, menus, the autopilot.

local native = game.native
local world, input = native.world, native.input
local main, scene, session = game.require "main", game.require "scene", game.require "session"
local title, play = game.require "scenes.title", game.require "scenes.play"
local pause, build, over = game.require "scenes.pause", game.require "scenes.build", game.require "scenes.over"

TestGame = {}

local pilot -- what is held in the next steps: function, or nil
local autopilot = main.autoplay
main.autoplay = function(dt)
   if pilot then pilot(dt) end
end

local errors = 0

local function steps(count)
   local now = demo.step(count)
   unit.assertEquals(now - errors, 0, "a script raised an error, see the log")
   errors = now
end

local function picture()
   local now = demo.draw()
   unit.assertEquals(now - errors, 0, "drawing raised an error, see the log")
   errors = now
end

--- Presses an action for one step and lets it go.
local function press(action)
   pilot = function() input:hold(action, 1) end
   steps(1)
   pilot = nil
   steps(1)
end

function TestGame:setUp()
   game.require("host").load(true)
   pilot = nil
   native.random:seed(11)
   scene.switch(title)
   steps(1)
end

local function begin()
   press "confirm"
   unit.assertIs(scene.current(), play)
end

function TestGame:test_the_title_leads_to_the_game()
   picture()
   unit.assertIs(scene.current(), title)
   begin()
   unit.assertEquals({ session.wave, session.phase }, { 1, "coming" })
   picture()
end

function TestGame:test_the_rover_does_what_the_keys_say()
   begin()
   local x, y = world.rover.x, world.rover.y
   pilot = function()
      input:hold("left", 1)
      input:hold("fire", 1)
   end
   steps(60)
   unit.assertTrue(world.rover.x < x - 50)
   unit.assertAlmostEquals(world.rover.y, y, 2) -- the gun kicks
   unit.assertTrue(world.bullet_count > 0)
end

function TestGame:test_the_turret_follows_the_mouse()
   begin()
   pilot = function(dt) input:point(600, world.rover.y + dt) end
   steps(2)
   unit.assertAlmostEquals(world.rover.aim, 0, 0.01)
   pilot = function(dt) input:point(world.rover.x, 60 + dt) end
   steps(2)
   unit.assertAlmostEquals(world.rover.aim, -math.pi / 2, 0.01)
end

function TestGame:test_without_a_mouse_the_turret_aims_by_itself()
   begin()
   steps(60 * 4)
   for index = world.raider_count - 1, 0, -1 do world:raider(index):remove() end
   steps(1)
   local target = world:spawn_raider("BRUTE", { x = 500, y = world.rover.y }, 100)
   pilot = function() input:hold("fire", 1) end
   steps(240)
   unit.assertAlmostEquals(world.rover.aim, world.rover:bearing { x = target.x, y = target.y }, 0.2)
   unit.assertTrue(target.hp < target.max_hp)
end

function TestGame:test_pause_stops_the_world_and_lets_it_go_on()
   begin()
   press "pause"
   unit.assertIs(scene.current(), pause)
   picture()
   local time = world.time
   steps(30)
   unit.assertEquals(world.time, time)
   press "pause"
   unit.assertIs(scene.current(), play)
   steps(5)
   unit.assertTrue(world.time > time)
end

function TestGame:test_pause_menu()
   begin()
   steps(120)
   press "pause"
   press "down"
   press "confirm"
   unit.assertIs(scene.current(), play)
   unit.assertTrue(world.time < 0.5)
   press "pause"
   press "up"
   press "confirm"
   unit.assertIs(scene.current(), title)
end

function TestGame:test_losing_the_window_pauses()
   begin()
   main.focus(false)
   unit.assertIs(scene.current(), pause)
   main.focus(true)
   main.focus(false)
   steps(1)
   press "pause"
   unit.assertIs(scene.current(), play)
end

local function reach_cards()
   begin()
   session.arrivals, session.next_arrival = {}, 1
   for _ = 1, 60 * 8 do
      if scene.current() ~= build then steps(1) end
   end
   unit.assertIs(scene.current(), build)
   picture()
end

function TestGame:test_the_first_card_is_free_and_others_cost()
   reach_cards()
   session.crystals = 0
   steps(60)
   press "confirm"
   local rover, dome = world.rover, world.dome
   local built = rover.rapid + rover.power + rover.speed + rover.magnet + (dome.max_shield - 60) / 25
   unit.assertEquals({ built, session.crystals }, { 1, 0 })
   press "right"
   press "confirm"
   picture()
   unit.assertEquals(rover.rapid + rover.power + rover.speed + rover.magnet + (dome.max_shield - 60) / 25, 1)
   session.crystals = 1000
   press "confirm"
   unit.assertEquals(rover.rapid + rover.power + rover.speed + rover.magnet + (dome.max_shield - 60) / 25, 2)
   unit.assertTrue(session.crystals < 1000)
   press "down"
   press "confirm"
   unit.assertIs(scene.current(), play)
   unit.assertEquals(session.wave, 2)
end

function TestGame:test_cards_can_be_clicked()
   reach_cards()
   steps(60)
   pilot = function() input:point(320, 150) end
   steps(2)
   pilot = nil
   press "confirm"
   local rover, dome = world.rover, world.dome
   unit.assertEquals(rover.rapid + rover.power + rover.speed + rover.magnet + (dome.max_shield - 60) / 25, 1)
   pilot = function() input:point(320, 310) end
   steps(2)
   press "confirm"
   unit.assertIs(scene.current(), play)
end

function TestGame:test_who_still_fires_takes_no_card()
   reach_cards()
   press "confirm"
   unit.assertIs(scene.current(), build)
   unit.assertEquals(world.rover.rapid + world.rover.power + world.rover.speed + world.rover.magnet, 0)
end

function TestGame:test_the_fall_of_the_dome_ends_the_game_and_keeps_the_score()
   local highscore = game.require "highscore"
   begin()
   steps(60)
   session.score = highscore.best() + 100
   world.dome.hp = 1
   world:spawn_raider("SCOUT", { x = world.dome.x, y = world.dome.y + 50 }, 1)
   steps(3)
   unit.assertIs(scene.current(), over)
   unit.assertEquals(highscore.best(), session.score)
   press "confirm"
   unit.assertIs(scene.current(), over)
   steps(120)
   picture()
   press "confirm"
   unit.assertIs(scene.current(), title)
end

local function fly(seconds)
   pilot = autopilot
   for _ = 1, seconds * 60 / 10 do
      steps(10)
      picture()
   end
   pilot = nil
end

function TestGame:test_the_autopilot_starts_survives_and_builds()
   fly(75)
   unit.assertTrue(session.wave >= 3, "wave " .. session.wave)
   unit.assertTrue(session.score > 1000, "score " .. session.score)
   unit.assertTrue(world.dome.hp > 50)
   local levels = 0
   local upgrades = game.require "upgrades"
   for _, upgrade in ipairs(upgrades.all()) do levels = levels + upgrades.level(upgrade) end
   unit.assertTrue(levels >= 2)
end

function TestGame:test_the_autopilot_starts_again_after_a_fall()
   fly(5)
   world.dome.hp = 1
   world:spawn_raider("SCOUT", { x = world.dome.x, y = world.dome.y + 50 }, 1)
   steps(3)
   unit.assertIs(scene.current(), over)
   fly(10)
   unit.assertIs(scene.current(), play)
end

function TestGame:test_report_has_a_score()
   begin()
   session.score = 4200
   local report = main.report()
   unit.assertEquals({ report.score, report.wave, report.digest }, { 4200, 1, world:digest() })
end

TestPatchList = {}

function TestPatchList:test_knows_which_patches_are_in_effect()
   local patches = game.require "patches"
   local function note(id, state, in_effect) main.patch_event(id, state, "", in_effect) end
   note("b", "trial", true)
   note("a", "trial", true)
   note("b", "trial", true)
   unit.assertEquals(patches.active(), { "a", "b" })
   note("a", "refused", true) -- an earlier version stays
   unit.assertEquals(patches.active(), { "a", "b" })
   note("a", "quarantined", false)
   unit.assertEquals(patches.words(), "b")
   for _, id in ipairs { "c", "d", "e", "f" } do note(id, "trial", true) end
   unit.assertEquals(patches.words(), "b, c, d and 2 more")
   for _, id in ipairs { "b", "c", "d", "e", "f" } do note(id, "removed", false) end
   unit.assertEquals({ patches.active(), patches.words() }, { {}, "" })
end
