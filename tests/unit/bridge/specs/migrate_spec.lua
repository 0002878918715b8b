-- patch.migrate: the game's state in another shape while a patch is there.

local environment = zoo.environment

TestMigrate = {}

local GAME = [[
   local lives = 3
   local session = { score = 10, items = { "a", "b" } }
   function session.lives(new) lives = new or lives return lives end
   return session]]

local count = 0
local session

function TestMigrate:setUp()
   count = count + 1
   zoo.files["scripts/session" .. count .. ".lua"] = GAME
   session = environment.require("session" .. count)
   zoo.log()
end

function TestMigrate:tearDown() zoo.apply { ["p.lua"] = false } end

local function apply(code)
   local text = ("local patch, session = require 'patch', require 'session%d'\n%s"):format(count, code)
   return zoo.apply { ["p.lua"] = text }["p.lua"]
end

local UP_AND_DOWN = [[
   patch.migrate {
      up = function() session.score = { points = session.score } session.lives(session.lives() * 2) session.items[3] = "c" end,
      down = function() session.score = session.score.points session.lives(session.lives() / 2) session.items[3] = nil end,
   }]]

function TestMigrate:test_up_when_it_comes_and_down_when_it_goes()
   local items = session.items
   unit.assertEquals(apply(UP_AND_DOWN).state, "active")
   unit.assertEquals({ session.score, session.lives(), session.items }, { { points = 10 }, 6, { "a", "b", "c" } })
   zoo.apply { ["p.lua"] = false }
   unit.assertEquals({ session.score, session.lives(), session.items }, { 10, 3, { "a", "b" } })
   unit.assertIs(session.items, items)
end

function TestMigrate:test_what_the_game_did_meanwhile_goes_through_down()
   apply(UP_AND_DOWN)
   session.score.points = 50
   session.best = 7
   zoo.apply { ["p.lua"] = false }
   unit.assertEquals({ session.score, session.best, session.lives() }, { 50, 7, 3 })
end

function TestMigrate:test_a_down_that_forgets_something_is_refused()
   local event = apply [[patch.migrate {
      up = function() session.score = 99 session.lives(9) end,
      down = function() session.lives(3) end,
   }]]
   unit.assertEquals(event.state, "refused")
   unit.assertEquals(event.cause, ("patch.migrate: down does not restore what up changed: session%d.score"):format(count))
   unit.assertEquals({ session.score, session.lives() }, { 10, 3 })
   event = apply "patch.migrate { up = function() session.lives(9) end, down = function() end }"
   unit.assertStrContains(event.cause, "down does not restore what up changed: variable 'lives'")
   unit.assertEquals(session.lives(), 3)
end

function TestMigrate:test_an_error_changes_nothing()
   local event = apply "patch.migrate { up = function() session.score = 1 error 'up fails' end, down = function() end }"
   unit.assertStrContains(event.cause, "patch.migrate: up: p.lua:2: up fails")
   unit.assertEquals(session.score, 10)
   event = apply "patch.migrate { up = function() session.score = 1 end, down = function() session.score = 2 error 'down fails' end }"
   unit.assertStrContains(event.cause, "patch.migrate: down: p.lua:2: down fails")
   unit.assertEquals(session.score, 10)
end

function TestMigrate:test_a_down_that_fails_later_gives_the_copy_back()
   apply [[patch.migrate {
      up = function() session.score, session.unit = "ten", "points" end,
      down = function() if session.broken then error 'no' end session.score, session.unit = 10, nil end,
   }]]
   session.broken = true
   unit.assertEquals({ session.score, session.unit }, { "ten", "points" })
   zoo.apply { ["p.lua"] = false }
   unit.assertEquals({ session.score, session.unit }, { 10, nil })
   unit.assertStrContains(table.concat(zoo.log(), "\n"), "error: patch p: patch.migrate: down: p.lua:4: no")
end

function TestMigrate:test_a_patch_may_note_what_down_needs()
   local event = apply [[local score patch.migrate {
      up = function() score, session.score = session.score, 1000 end, down = function() session.score = score end,
   }]]
   unit.assertEquals(event.state, "active")
   unit.assertEquals(session.score, 1000)
   zoo.apply { ["p.lua"] = false }
   unit.assertEquals(session.score, 10)
end

function TestMigrate:test_a_test_that_fails_takes_the_migration_back()
   local event = apply(UP_AND_DOWN .. " patch.test('no', function() error(session.lives() .. ' lives') end)")
   unit.assertStrContains(event.cause, "6 lives")
   unit.assertEquals({ session.score, session.lives(), #session.items }, { 10, 3, 2 })
end

function TestMigrate:test_a_patch_that_fails_too_often_goes_down()
   apply(UP_AND_DOWN .. " patch.override(native.Animal, 'damage', function() error 'broken' end)")
   unit.assertEquals(session.lives(), 6)
   local animal = zoo.animal()
   for _ = 1, 8 do zoo.c.damage(animal, 1) end
   unit.assertEquals(zoo.step()["p.lua"].state, "quarantined")
   unit.assertEquals({ session.score, session.lives() }, { 10, 3 })
   zoo.finish(animal)
end

function TestMigrate:test_an_edit_goes_down_and_up()
   local text = [[patch.migrate {
      up = function() session.score = session.score + %d end, down = function() session.score = session.score - %d end,
   }]]
   apply(text:format(5, 5))
   unit.assertEquals(session.score, 15)
   apply(text:format(7, 7))
   unit.assertEquals(session.score, 17)
   local refused = apply(text:format(9, 8))
   unit.assertStrContains(refused.cause, "edit refused, the earlier version stays: ")
   unit.assertEquals(session.score, 17)
   zoo.apply { ["p.lua"] = false }
   unit.assertEquals(session.score, 10)
end

function TestMigrate:test_misuse()
   for code, words in pairs {
      ["patch.migrate(3)"] = "patch.migrate: {up = ..., down = ...} expected, got 3",
      ["patch.migrate { up = print }"] = "patch.migrate: down: function expected, got nil",
   } do
      unit.assertStrContains(apply(code).cause, words)
   end
end
