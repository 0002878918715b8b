-- The whole game through its actions: scenes, menus, the autopilot.

local native = game.native
local world, input = native.world, native.input
local main, scene, session = game.require "main", game.require "scene", game.require "session"
local settings, input_module = game.require "settings", game.require "input"
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
   settings.set("taught", true)
   settings.reset "initials"
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

local TITLES = { PAUSED = true, SETTINGS = true }

--- What a picture shows of these titles, and "crosshair" for the pointer.
local function drawn()
   local words, art, text = {}, game.require "art", game.require "text"
   local draw, large = art.draw, text.large
   art.draw = function(what, ...)
      if what == art.cursor then words[#words + 1] = "crosshair" end
      return draw(what, ...)
   end
   text.large = function(line, ...)
      if TITLES[line] then words[#words + 1] = line end
      return large(line, ...)
   end
   picture()
   art.draw, text.large = draw, large
   return table.concat(words, " ")
end

function TestGame:test_a_dialog_hides_the_one_below_and_the_pointer_waits_for_the_mouse()
   begin()
   pilot = function(dt) input:point(320 + world.time, 98 + dt) end
   steps(3)
   unit.assertEquals(drawn(), "crosshair")
   pilot = nil
   press "pause"
   unit.assertEquals(drawn(), "PAUSED")
   press "down"
   press "confirm"
   unit.assertEquals(drawn(), "SETTINGS")
   pilot = function() input:point(300, 200) end
   steps(1)
   unit.assertEquals(drawn(), "SETTINGS crosshair")
   pilot = nil
   press "pause"
   unit.assertEquals(drawn(), "PAUSED")
end

function TestGame:test_escape_on_the_title_leaves_at_the_second_press()
   local app, left = game.require "app", 0
   local quit = app.quit
   app.quit = function() left = left + 1 end
   main.key_pressed "key:escape"
   steps(1)
   picture()
   unit.assertEquals(left, 0)
   press "up"
   main.key_pressed "key:escape"
   unit.assertEquals(left, 0)
   main.key_pressed "key:escape"
   app.quit = quit
   unit.assertEquals(left, 1)
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

-- ---- winning --------------------------------------------------------------------------------

local function win()
   local victory = game.require "scenes.victory"
   begin()
   session.wave = 9
   session.next_wave()
   session.arrivals, session.next_arrival = {}, 1
   for _ = 1, 60 * 6 do
      if scene.current() ~= victory then steps(1) end
   end
   unit.assertIs(scene.current(), victory)
   steps(100)
   picture()
end

function TestGame:test_the_last_wave_is_the_victory_and_one_may_go_on()
   win()
   press "confirm"
   steps(1)
   unit.assertIs(scene.current(), build)
   steps(60)
   press "down"
   press "confirm"
   unit.assertEquals(session.wave, 11)
end

function TestGame:test_who_rests_after_the_victory_keeps_the_score()
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

-- ---- the screens beside the game ------------------------------------------------------------

local function open_settings()
   press "down"
   press "down"
   press "confirm"
   unit.assertIs(scene.current(), game.require "scenes.settings")
end

function TestGame:test_settings_take_effect_and_are_kept()
   open_settings()
   press "left"
   press "down"
   press "left"
   press "left"
   unit.assertAlmostEquals(native.audio.music_volume, 0.9, 1e-6)
   unit.assertAlmostEquals(native.audio.effects_volume, 0.8, 1e-6)
   press "down"
   press "confirm"
   unit.assertFalse(settings.get "shake")
   press "down"
   press "confirm"
   unit.assertTrue(native.graphics.fullscreen)
   press "left"
   unit.assertFalse(native.graphics.fullscreen)
   picture()
   settings.store()
   local data = game.require("save").open({ name = "settings", version = 1 }).data
   unit.assertEquals({ data.music, data.effects, data.shake, data.fullscreen }, { 9, 8, false, false })
   press "pause"
   unit.assertIs(scene.current(), title)
   settings.reset()
   unit.assertEquals(native.audio.music_volume, 1)
end

function TestGame:test_keys_can_be_bound_anew_and_restored()
   local bindings = game.require "scenes.bindings"
   scene.push(bindings)
   steps(1)
   bindings.choose("fire", "key:f")
   unit.assertEquals(input_module.bindings("fire")[1], "key:f")
   unit.assertEquals(#input_module.bindings "fire", 4) -- those of the gamepad stay
   bindings.choose("boost", "key:f")
   unit.assertEquals(input_module.users "key:f", { "boost" })
   picture()
   press "up"
   press "up"
   press "confirm" -- RESTORE ALL
   unit.assertEquals(input_module.bindings("fire")[1], "key:space")
   press "down"
   press "confirm" -- BACK
   unit.assertIs(scene.current(), title)
end

function TestGame:test_hints_come_once_and_end_when_done()
   local hints = game.require "hints"
   settings.set("taught", false)
   begin()
   unit.assertEquals(hints.current(), 1)
   steps(60 * 3)
   unit.assertEquals(hints.current(), 1)
   picture()
   pilot = function() input:hold("left", 1) end
   steps(60)
   unit.assertEquals(hints.current(), 2)
   pilot = function() input:hold("fire", 1) end
   steps(60 * 3)
   unit.assertEquals(hints.current(), 3)
   pilot = nil
   for _ = 1, 25 * 60 do hints.update(world.rover, 1 / 60) end -- nobody is kept waiting for ever
   unit.assertNil(hints.current())
   unit.assertTrue(settings.get "taught")
   session.start(world)
   hints.start()
   unit.assertNil(hints.current())
end

function TestGame:test_prompts_say_what_the_player_has_bound()
   local prompts = game.require "prompts"
   unit.assertEquals({ prompts.of "fire", prompts.of "boost" }, { "SPACE", "SHIFT" })
   unit.assertEquals({ prompts.name "pad:righttrigger+", prompts.name "pad:a" }, { "RT", "A" })
   input_module.rebind("fire", { "key:f" })
   prompts.forget()
   unit.assertEquals(prompts.of "fire", "F")
   input_module.reset()
   prompts.forget()
end

-- ---- attract mode ---------------------------------------------------------------------------

function TestGame:test_a_title_left_alone_shows_the_game_until_a_key_is_pressed()
   local attract, highscore = game.require "attract", game.require "highscore"
   local best = highscore.best()
   steps(60 * 19)
   unit.assertFalse(attract.active)
   steps(60 * 8)
   unit.assertTrue(attract.active)
   unit.assertIs(scene.current(), play)
   picture()
   steps(60 * 4)
   unit.assertTrue(world.time > 3)
   press "confirm"
   unit.assertFalse(attract.active)
   unit.assertIs(scene.current(), title)
   steps(30)
   unit.assertIs(scene.current(), title)
   unit.assertEquals(highscore.best(), best)
end

function TestGame:test_the_demonstration_plays_on_through_cards_and_counts_nothing()
   local attract, highscore = game.require "attract", game.require "highscore"
   local before = #highscore.all()
   attract.start()
   steps(60 * 5)
   session.arrivals, session.next_arrival, session.score = {}, 1, 10 ^ 9
   for index = world.raider_count - 1, 0, -1 do world:raider(index):remove() end
   for _ = 1, 60 * 12 do
      if session.wave < 2 then steps(1) end
   end
   unit.assertEquals(session.wave, 2)
   world.dome.hp = 1
   world:spawn_raider("SCOUT", { x = world.dome.x, y = world.dome.y + 50 }, 1)
   steps(60 * 5)
   unit.assertIs(scene.current(), title)
   unit.assertEquals(#highscore.all(), before)
end

-- ---- garbage --------------------------------------------------------------------------------

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
   growth(1000)
   local first = growth(1) -- what a collection takes is made again: the objects of the world
   local least = math.huge -- a stack that grows once, and stays so, is no garbage
   for _ = 1, 3 do least = math.min(least, growth(1000)) end
   unit.assertEquals(least - first, 0)
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
