-- The whole game through its actions: play, pause, the autopilot, the end.

local player = game_player
local begin, picture, press, steps = player.begin, player.picture, player.press, player.steps

local world = game.native.world
local input = game.native.input
local main = game.require "main"
local scene = game.require "scene"
local session = game.require "session"
local title = game.require "scenes.title"
local play = game.require "scenes.play"
local pause = game.require "scenes.pause"
local over = game.require "scenes.over"

TestGame = player.tests()

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
   player.pilot = function()
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
   player.pilot = function(dt) input:point(600, world.rover.y + dt) end
   steps(2)
   unit.assertAlmostEquals(world.rover.aim, 0, 0.01)
   player.pilot = function(dt) input:point(world.rover.x, 60 + dt) end
   steps(2)
   unit.assertAlmostEquals(world.rover.aim, -math.pi / 2, 0.01)
end

function TestGame:test_without_a_mouse_the_turret_aims_by_itself()
   begin()
   steps(60 * 4)
   for index = world.raider_count - 1, 0, -1 do world:raider(index):remove() end
   steps(1)
   local target = world:spawn_raider("BRUTE", { x = 500, y = world.rover.y }, 100)
   player.pilot = function() input:hold("fire", 1) end
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

function TestGame:test_the_fall_of_the_dome_ends_the_game_and_keeps_the_score()
   local highscore = game.require "highscore"
   begin()
   steps(60)
   session.score = highscore.best() + 100
   world.dome.hp = 1
   world:spawn_raider("SCOUT", { x = world.dome.x, y = world.dome.y + 50 }, 1)
   steps(3)
   unit.assertIs(scene.current(), over)
   press "confirm"
   unit.assertIs(scene.current(), over)
   steps(120)
   picture()
   press "up" -- the first letter
   for _ = 1, 3 do press "confirm" end
   unit.assertIs(scene.current(), game.require "scenes.scores")
   unit.assertEquals(highscore.all()[1], { score = session.score, wave = 1, name = "BAA" })
   picture()
   press "confirm"
   unit.assertIs(scene.current(), title)
end

local function fly(seconds)
   player.pilot = player.autopilot
   for _ = 1, seconds * 60 / 10 do
      steps(10)
      picture()
   end
   player.pilot = nil
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

--- Bytes by which memory grows in so many frames.
local function growth(frames)
   collectgarbage()
   collectgarbage "stop"
   local before = collectgarbage "count"
   for _ = 1, frames do
      main.update(1 / 60)
      main.draw(0.5)
   end
   local bytes = (collectgarbage "count" - before) * 1024
   collectgarbage "restart"
   return bytes
end

--- Raiders come nearer, and nothing else happens. Interpreted only: the compiler's traces are memory as well.
function TestGame:test_a_steady_frame_leaves_no_garbage()
   if jit.status() then return end
   begin()
   session.phase = "fighting"
   session.arrivals, session.next_arrival = { { at = 1e9, kind = 0, x = 0, y = 0 } }, 1
   world.crystal_pause = 0
   for index = 1, 4 do world:spawn_raider("BRUTE", { x = -1500, y = 60 * index }, 1) end
   local function least_growth(frames) -- of several: a stack that grows once, and stays so, is no garbage
      return math.min(growth(frames), growth(frames), growth(frames))
   end
   growth(1000)
   local first = least_growth(1) -- what a collection takes is made again: the objects of the world
   unit.assertEquals(least_growth(1000) - first, 0)
end
