-- A patch's top level declares, and leaves the game alone.

local patching = require "patching"

TestRestraint = {}

local CALL = ": a patch's top level only declares; call it in an override, or in patch.migrate { up = ..., down = ... }"
local WAY_OUT = ": a patch's top level only declares; change state in patch.migrate { up = ..., down = ... }"

--- A module of the game, with state of all kinds.
local GAME = [[local kept = setmetatable({ x = 1 }, { __index = { y = 2 } })
   local damage, leaf_sum = native.Animal.damage, native.Animal.leaf_count
   local score, lists, taken, wrapped, colors = 0, { { 1 }, {} }, 0, {}, setmetatable({}, { __mode = "v" })
   local hidden = 0
   local function add(points) score = score + points return score end
   return {
      kept = kept, list = { 1, 2 }, update = function() return "the game's" end,
      hurt = function(animal) return damage(animal, 1) end,
      count = function() return (leaf_sum()) end,
      add = add, lists = function(index, value) lists[index][1] = value return lists end,
      clear = function() lists = {} end, get = function() return score, lists[1][1], taken, #lists[2], #wrapped end,
      listen = function(func) taken = taken + 1 table.insert(lists[2], { func = func }) end,
      wrap = function(func) wrapped = { function() func() end } end,
      color = function(name) colors[name] = colors[name] or { name } end,
      hide = function() hidden = hidden + 1 return hidden end,
      set_global = function() TALLY = 1 end,
      set = { [{ hp = 5 }] = true },
   }]]

local animal, game, crate

local count = 0 -- a module of its own for each test

function TestRestraint:setUp()
   count = count + 1
   zoo.files[("scripts/restraint%d.lua"):format(count)] = GAME
   game = zoo.environment.require("restraint" .. count)
   animal = zoo.animal(100)
   crate = zoo.crate()
   game.animal, game.crate = animal, crate
   zoo.log()
end

function TestRestraint:tearDown()
   patching.remove_all()
   pcall(zoo.finish, animal)
   zoo.break_crate()
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
      unit.assertEquals({ game.update, game.more, game.kept, game.list }, { update, nil, kept, { 1, 2 } })
      unit.assertEquals({ kept.x, kept.y, getmetatable(game), getmetatable(kept) == metatable }, { 1, 2, nil, true })
   end
end

function TestRestraint:test_tables_that_are_keys_and_those_behind_locked_metatables_are_the_games_as_well()
   unit.assertStrContains(refusal_of "for each in pairs(game.set) do each.hp = 99 end", ("it changes restraint%d.set[a key].hp"):format(count))
   unit.assertEquals((next(game.set)).hp, 5)
   zoo.files[("scripts/locked%d.lua"):format(count)] =
      [[local methods = { limits = { hp = 5 } }
      function methods.reach(self) return methods.limits end
      return setmetatable({}, { __index = methods, __metatable = "locked" })]]
   local cause = refusal_of(("require('locked%d'):reach().hp = 99"):format(count))
   unit.assertStrContains(cause, ("it changes locked%d.metatable.__index.limits.hp"):format(count))
   unit.assertEquals(zoo.environment.require("locked" .. count):reach().hp, 5)
end

function TestRestraint:test_globals_behind_a_metatable_are_the_games_as_well()
   local metatable, hidden = getmetatable(zoo.environment), { list = { 1 } }
   debug.setmetatable(zoo.environment, { __index = hidden })
   local event = apply "list[1] = 99"
   debug.setmetatable(zoo.environment, metatable)
   unit.assertEquals(event.state, "refused")
   unit.assertStrContains(event.cause, "list[1]" .. WAY_OUT)
   unit.assertEquals(hidden.list[1], 1)
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

-- What only functions of the game see is the game's as well.
function TestRestraint:test_variables_of_the_games_functions_are_put_back_and_refused()
   for body, where in pairs {
      ["game.add(1)"] = "'score'", ["game.lists(1, 2)"] = "'lists[1][1]'", ["game.clear()"] = "'lists'",
      ["local add = game.add pcall(add, -1)"] = "'score'",
      ["game.listen(game.update)"] = "'lists[2][1]'", ["game.listen({})"] = "'lists[2][1]'",
   } do
      unit.assertStrContains(refusal_of(body), ("p.lua: it changes %s in restraint%d."):format(where, count))
      unit.assertEquals({ game.get() }, { 0, 1, 0, 0, 0 })
   end
   unit.assertStrContains(refusal_of "game.set_global()", "it changes _G.TALLY" .. WAY_OUT)
   unit.assertNil(rawget(zoo.environment, "TALLY"))
   unit.assertEquals(refusal_of "game.add(1) error 'late'", "p.lua:2: late")
   unit.assertEquals(refusal_of "game.listen(print) game.listen(function() end) error 'late'", "p.lua:2: late")
   unit.assertEquals({ game.get() }, { 0, 1, 0, 0, 0 })
end

function TestRestraint:test_what_fields_of_objects_hold_is_the_games()
   animal.bag = { size = 1 }
   unit.assertEquals(refusal_of "game.animal.bag.size = 2", "p.lua: it changes Animal.bag.size" .. WAY_OUT)
   unit.assertEquals(refusal_of "table.insert(game.animal.bag, 2) error 'late'", "p.lua:2: late")
   unit.assertEquals(animal.bag, { size = 1 })
end

-- Another patch over the function is in between.
function TestRestraint:test_variables_behind_a_patched_function_are_seen()
   zoo.apply { ["a.lua"] = patching.text(("local game = require 'restraint%d' patch.before(game, 'hide', print)"):format(count)) }
   unit.assertStrContains(refusal_of "game.hide()", ("it changes 'hidden' in restraint%d.hide"):format(count))
   unit.assertEquals(game.hide(), 1)
end

-- Listeners, timers and what else goes with the patch are kept in such variables, with a count or an order.
function TestRestraint:test_a_module_may_take_functions_of_the_patch()
   unit.assertEquals(apply("game.listen(function() end)").state, "active")
   unit.assertEquals(apply("game.wrap(function() end)").state, "active")
   unit.assertEquals({ game.get() }, { 0, 1, 1, 1, 1 })
   unit.assertStrContains(refusal_of "game.kept.func = function() end", "kept.func" .. WAY_OUT)
end

function TestRestraint:test_weak_tables_are_caches()
   local event = apply "game.color 'red'"
   unit.assertEquals(event.state, "active", event.cause)
end

--- A list of the game, far too long to be looked at in a frame; more than as many values stand before it.
local function make_long()
   game.long, game.deep = {}, {}
   for index = 1, 20000 do game.long[index], game.deep[index] = index, { index } end
end

function TestRestraint:test_large_tables_are_looked_at_in_the_rehearsal()
   make_long()
   unit.assertEquals(refusal_of "game.long[19999] = 3", ("p.lua: it changes restraint%d.long[19999]%s"):format(count, WAY_OUT))
   unit.assertEquals(refusal_of "game.deep[19999][1] = 3", ("p.lua: it changes restraint%d.deep[19999][1]%s"):format(count, WAY_OUT))
   unit.assertEquals({ game.long[19999], game.deep[19999][1] }, { 19999, 19999 })
end

-- Whatever is rehearsed passed that; the game looks at what takes a fraction of a millisecond.
function TestRestraint:test_what_was_rehearsed_is_looked_at_less_closely()
   make_long()
   local text = patching.text(("local game = require 'restraint%d' %%s patch.before(native.Animal, 'shout', print)"):format(count))
   local function apply_rehearsed(body) return zoo.apply { ["p.lua"] = { text = text:format(body), rehearsed = true } }["p.lua"] end
   unit.assertEquals(apply_rehearsed("game.long[19999] = 3").state, "active")
   unit.assertStrContains(apply_rehearsed("game.kept.x = 4").cause, "kept.x" .. WAY_OUT)
end

-- ---- C --------------------------------------------------------------------------------------

-- Methods, static functions, constructors, setters; through the C API and through the FFI; by the object, by
-- the class, by a function that the game keeps, and by an operator.
function TestRestraint:test_no_function_of_c_is_called()
   local hp, count = animal.hp, native.Animal.count()
   for body, where in pairs {
      ["game.animal:damage(1)"] = "Animal.damage", ["native.Animal.damage(game.animal, 1)"] = "Animal.damage",
      ["game.animal:liar(1)"] = "Animal.liar", ["native.Animal.count()"] = "Animal.count",
      ["native.Animal.leaf_count()"] = "Animal.leaf_count", ["native.Ball.new()"] = "Ball.new",
      ["native.Mortal.new { hp = 1 }"] = "Mortal.new", ["native.keeper.feed(game.animal, 1)"] = "keeper.feed",
      ["game.hurt(game.animal)"] = "Animal.damage", ["game.count()"] = "Animal.leaf_count",
      ["local co = coroutine.create(function() game.animal:damage(1) end) error(select(2, coroutine.resume(co)), 0)"] = "Animal.damage",
      ["native.post.subscribe(print)"] = "post.subscribe", ["game.animal:damage 'nonsense'"] = "Animal.damage",
   } do
      unit.assertEquals(refusal_of(body), "p.lua:2: " .. where .. CALL)
      unit.assertEquals({ animal.hp, native.Animal.count() }, { hp, count })
   end
   unit.assertEquals(refusal_of "pcall(game.animal.damage, game.animal, 1) error 'late'", "p.lua:2: late")
   unit.assertEquals(animal.hp, hp)
end

function TestRestraint:test_no_part_of_an_object_is_written_to()
   local x, weight = animal.home.x, crate.weights[1]
   unit.assertEquals(refusal_of "game.animal.home.x = 3", "p.lua:2: Vec2.x" .. WAY_OUT)
   unit.assertEquals(refusal_of "local home = game.animal.home home.x = 3", "p.lua:2: Vec2.x" .. WAY_OUT)
   unit.assertEquals(refusal_of "game.crate.weights[1] = 3", "p.lua:2: Crate.weights[1]" .. WAY_OUT)
   unit.assertEquals(refusal_of "game.crate.weights = { 1, 2 }", "p.lua:2: Crate.weights" .. WAY_OUT)
   unit.assertEquals({ animal.home.x, crate.weights[1] }, { x, weight })
   animal.home.x, crate.weights[1] = x + 1, weight + 1 -- everybody else may
   unit.assertEquals({ animal.home.x, crate.weights[1] }, { x + 1, weight + 1 })
end

function TestRestraint:test_what_declares_works()
   local event = apply [[
      assert(game.animal.speed and game.animal.volume >= 0 and game.animal.title and game.animal.home.x == game.animal.home.x)
      assert(native.Mood.HUNGRY ~= nil and native.Vec2(1, 2).x == 1 and #game.crate.weights > 0 and game.animal.mood)
      local damage, count = native.Animal.damage, native.Animal.leaf_count
      patch.after(native.Animal, "heal", function(self) self.weight = damage(self, 0) + count() end)
      native.toys.tidied:connect(function() game.animal:damage(0) end)
      patch.test("calls C", function() assert(game.animal:damage(0) and native.Animal.leaf_count() > 0) end)]]
   unit.assertEquals(event.state, "active", event.cause)
   animal:heal()
   unit.assertEquals(animal.weight, animal.hp + native.Animal.leaf_count())
end

function TestRestraint:test_a_patch_below_is_not_blamed_for_what_another_calls()
   zoo.apply { ["a.lua"] = patching.text [[
      patch.override(native.Animal, "damage", function(original, self, amount) return (original(self, amount)) end)
      patch.override(native.Animal, "leaf_count", function(original) return (original()) end)]] }
   unit.assertEquals(refusal_of "game.animal:damage(1)", "p.lua:2: Animal.damage" .. CALL)
   unit.assertEquals(refusal_of "native.Animal.leaf_count()", "p.lua:2: Animal.leaf_count" .. CALL)
   unit.assertEquals(zoo.list()["a.lua"].errors, 0)
   unit.assertEquals(animal:damage(1), animal.hp)
end

-- Compiled code that called C before has the addresses as constants.
function TestRestraint:test_compiled_loops_are_held_as_well()
   zoo.files[("scripts/loops%d.lua"):format(count)] = [[
      local count = native.Animal.leaf_count
      return { run = function() local sum = 0 for _ = 1, 300 do sum = sum + count() end return sum end }]]
   local loops = zoo.environment.require("loops" .. count)
   loops.run()
   unit.assertEquals(refusal_of(("require 'loops%d'.run()"):format(count)), "p.lua:2: Animal.leaf_count" .. CALL)
   unit.assertTrue(loops.run() > 0)
end
