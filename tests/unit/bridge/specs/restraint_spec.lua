-- A patch's top level declares, and leaves the game alone.

local patching = require "patching"

TestRestraint = {}

local WAY_OUT = ": a patch's top level only declares; change state in patch.migrate { up = ..., down = ... }"

--- A module of the game, with state of all kinds.
local GAME = [[local kept = setmetatable({ x = 1 }, { __index = { y = 2 } })
   return { kept = kept, list = { 1, 2 }, update = function() return "the game's" end }]]

local animal, game

local count = 0 -- a module of its own for each test

function TestRestraint:setUp()
   count = count + 1
   zoo.files[("scripts/restraint%d.lua"):format(count)] = GAME
   game = zoo.environment.require("restraint" .. count)
   animal = zoo.animal(100)
   game.animal = animal
   zoo.log()
end

function TestRestraint:tearDown()
   patching.remove_all()
   pcall(zoo.finish, animal)
   zoo.environment.TALLY = nil
end

--- Applies a patch whose second line this is.
local function apply(body)
   local text = ("local game = require 'restraint%d' %s\npatch.before(native.Animal, 'shout', function(self) self.zork = 4 end)")
   return zoo.apply { ["p.lua"] = patching.text(text:format(count, body)) }["p.lua"]
end

local function refusal_of(body)
   local event = apply(body)
   unit.assertEquals(event.state, "refused")
   return event.cause
end

function TestRestraint:test_what_is_done_to_the_games_tables_is_put_back_and_refused()
   local update, kept, metatable = game.update, game.kept, getmetatable(game.kept)
   for body, where in pairs {
      ["game.update = print"] = "update", ["game.more = 1"] = "more", ["game.kept.x = nil"] = "kept.x",
      ["game.list[2] = 3"] = "list[2]", ["table.insert(game.list, 3)"] = "list[3]", ["setmetatable(game, {})"] = "metatable",
      ["getmetatable(game.kept).__index.y = 3"] = "kept.metatable.__index.y",
   } do
      unit.assertEquals(refusal_of(body), ("p.lua: it changes restraint%d.%s%s"):format(count, where, WAY_OUT))
      unit.assertEquals(game, { update = update, kept = kept, list = { 1, 2 }, animal = animal })
      unit.assertEquals({ kept.x, kept.y, getmetatable(game), getmetatable(kept) == metatable }, { 1, 2, nil, true })
   end
end

function TestRestraint:test_globals_are_the_games_as_well()
   zoo.environment.TALLY = { count = 1 }
   unit.assertStrContains(refusal_of "TALLY.count = 2", "it changes TALLY.count" .. WAY_OUT)
   unit.assertEquals(zoo.environment.TALLY, { count = 1 })
end

function TestRestraint:test_what_a_failing_top_level_did_is_put_back()
   local update = game.update
   unit.assertEquals(refusal_of "game.update, game.kept.x = nil, 3 error 'late'", "p.lua:2: late")
   unit.assertEquals({ game.update, game.kept.x }, { update, 1 })
end

function TestRestraint:test_no_object_is_written_to()
   local weight = animal.weight
   unit.assertEquals(refusal_of "game.animal.weight = 3", "p.lua:2: Animal.weight" .. WAY_OUT)
   unit.assertEquals(refusal_of "pcall(function() game.animal.zork = 3 end) error 'late'", "p.lua:2: late")
   unit.assertEquals({ animal.weight, animal.zork }, { weight, nil })
   animal.weight = weight + 1 -- everybody else may
   unit.assertEquals(animal.weight, weight + 1)
end

function TestRestraint:test_reading_is_free_and_what_runs_later_may_write()
   unit.assertEquals(apply("assert(game.animal.weight and game.kept.y == 2 and game.update() and #game.list == 2)").state, "active")
   zoo.c.shout(animal, "you")
   unit.assertEquals(animal.zork, 4)
   unit.assertEquals(apply("patch.migrate { up = function() game.kept.x = 5 end, down = function() game.kept.x = 1 end }").state, "active")
   unit.assertEquals(game.kept.x, 5)
end

function TestRestraint:test_what_a_module_does_while_a_patch_loads_it_is_the_games()
   local name = "writes" .. count
   zoo.files[("scripts/%s.lua"):format(name)] =
      ("local game = require 'restraint%d' game.loaded, game.animal.zork = true, 1 return game"):format(count)
   unit.assertEquals(apply(("require %q"):format(name)).state, "active")
   unit.assertEquals({ game.loaded, animal.zork }, { true, 1 })
   zoo.files["scripts/again" .. count .. ".lua"] = "return {}"
   unit.assertStrContains(refusal_of(("game.loaded = 2 require 'again%d'"):format(count)), (".loaded" .. WAY_OUT))
   unit.assertEquals(game.loaded, true)
   unit.assertStrContains(refusal_of(("pcall(require, 'missing') game.loaded = 2"):format(count)), (".loaded" .. WAY_OUT))
   unit.assertEquals(game.loaded, true)
end
