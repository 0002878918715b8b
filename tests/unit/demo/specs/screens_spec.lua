-- The screens beside the game: dialogs, settings, bindings, hints; and what the title does when it is left alone.

local player = game_player
local begin, picture, press, steps = player.begin, player.picture, player.press, player.steps

local native = game.native
local world = game.native.world
local input = game.native.input
local main = game.require "main"
local scene = game.require "scene"
local session = game.require "session"
local settings = game.require "settings"
local input_module = game.require "input"
local title = game.require "scenes.title"
local play = game.require "scenes.play"

TestScreens = player.tests()

local TITLES = { PAUSED = true, SETTINGS = true }

--- What a picture shows of these titles, "crosshair" for the mark of the turret's aim, "pointer" for that of menus.
local function drawn()
   local words, art, text = {}, game.require "art", game.require "text"
   local draw, large = art.draw, text.large
   art.draw = function(what, ...)
      if what == art.cursor then words[#words + 1] = "crosshair" end
      if what == art.pointer then words[#words + 1] = "pointer" end
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

function TestScreens:test_a_dialog_hides_the_one_below_and_the_pointer_waits_for_the_mouse()
   begin()
   player.pilot = function(dt) input:point(320 + world.time, 98 + dt) end
   steps(3)
   unit.assertEquals(drawn(), "crosshair")
   player.pilot = nil
   press "pause"
   unit.assertEquals(drawn(), "PAUSED")
   press "down"
   press "confirm"
   unit.assertEquals(drawn(), "SETTINGS")
   player.pilot = function() input:point(300, 200) end
   steps(1)
   unit.assertEquals(drawn(), "SETTINGS pointer")
   player.pilot = nil
   press "pause"
   unit.assertEquals(drawn(), "PAUSED")
end

function TestScreens:test_a_click_is_for_what_lies_under_the_mouse()
   local title = scene.current()
   player.pilot = function() input:point(20, 20) end
   steps(2)
   press "click"
   unit.assertIs(scene.current(), title)
   player.pilot = function() input:point(320, 172) end
   steps(2)
   press "click"
   unit.assertFalse(scene.current() == title)
end

function TestScreens:test_escape_on_the_title_leaves_at_the_second_press()
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

local function open_settings()
   press "down"
   press "down"
   press "confirm"
   unit.assertIs(scene.current(), game.require "scenes.settings")
end

function TestScreens:test_settings_take_effect_and_are_kept()
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

function TestScreens:test_keys_can_be_bound_anew_and_restored()
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

function TestScreens:test_hints_come_once_and_end_when_done()
   local hints = game.require "hints"
   settings.set("taught", false)
   begin()
   unit.assertEquals(hints.current(), 1)
   steps(60 * 3)
   unit.assertEquals(hints.current(), 1)
   picture()
   player.pilot = function() input:hold("left", 1) end
   steps(60)
   unit.assertEquals(hints.current(), 2)
   player.pilot = function() input:hold("fire", 1) end
   steps(60 * 3)
   unit.assertEquals(hints.current(), 3)
   player.pilot = nil
   for _ = 1, 25 * 60 do hints.update(world.rover, 1 / 60) end -- nobody is kept waiting for ever
   unit.assertNil(hints.current())
   unit.assertTrue(settings.get "taught")
   session.start(world)
   hints.start()
   unit.assertNil(hints.current())
end

function TestScreens:test_prompts_say_what_the_player_has_bound()
   local prompts = game.require "prompts"
   unit.assertEquals({ prompts.of "fire", prompts.of "boost" }, { "SPACE", "SHIFT" })
   unit.assertEquals({ prompts.name "pad:righttrigger+", prompts.name "pad:a" }, { "RT", "A" })
   input_module.rebind("fire", { "key:f" })
   prompts.forget()
   unit.assertEquals(prompts.of "fire", "F")
   input_module.reset()
   prompts.forget()
end

function TestScreens:test_a_title_left_alone_shows_the_game_until_a_key_is_pressed()
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

function TestScreens:test_the_demonstration_plays_on_through_cards_and_counts_nothing()
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
