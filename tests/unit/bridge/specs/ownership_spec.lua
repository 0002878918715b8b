-- Objects that scripts make, hold and end.

local native = native
local Ball, Balloon, Kite, toys = native.Ball, native.Balloon, native.Kite, native.toys

local function collect()
   collectgarbage()
   collectgarbage()
   zoo.step()
end

local function apply(code)
   local event = zoo.apply { ["p.lua"] = code and "local patch = require 'patch'\n" .. code or false }["p.lua"]
   if code then unit.assertEquals(event.state, "active", event.cause) end
end

TestConstructor = {}

function TestConstructor:tearDown()
   apply(nil)
   Kite.keep(nil)
   collect()
   unit.assertEquals(toys.count(), 0)
end

function TestConstructor:test_new_and_destroy()
   local ball = Ball.new()
   unit.assertEquals(toys.count(), 1)
   unit.assertEquals(ball:roll(), 1)
   ball:destroy()
   unit.assertEquals(toys.count(), 0)
   unit.assertErrorMsgContains("this Ball", ball.roll, ball)
   unit.assertErrorMsgContains("was destroyed", ball.destroy, ball)
end

function TestConstructor:test_a_table_sets_properties()
   local ball = Ball.new { size = 3, bounces = true }
   unit.assertEquals({ ball.size, ball.bounces }, { 3, true })
   ball:destroy()
   local large = Ball.of_size(7, { bounces = true })
   unit.assertEquals({ large.size, large.bounces }, { 7, true })
   large:destroy()
   local kite = Kite.new { length = 5 }
   unit.assertEquals(kite.length, 5)
   unit.assertEquals(Kite.new().length, 10)
end

function TestConstructor:test_the_table_may_stand_where_parameters_were_left_out()
   local Mortal = native.Mortal
   local parent = Mortal.new { hp = 3 }
   for _, case in ipairs {
      { Mortal.new, { 4, { hp = 5 } }, 5 },
      { Mortal.new, { nil, { hp = 5 } }, 5 },
      { Mortal.new, { {} }, 10 },
      { Mortal.born, { 4, { hp = 6 } }, 6 },
      { Mortal.born, { 4, 2, {} }, 8 },
      { Mortal.born, { 4, nil, nil, {} }, 4 },
      { Mortal.born, { 4, 2, parent, {} }, 11 },
   } do
      local made = case[1](unpack(case[2], 1, table.maxn(case[2])))
      unit.assertEquals(made.hp, case[3])
      made:destroy()
   end
   unit.assertErrorMsgContains("Mortal.born: hp: integer expected, got table", Mortal.born, { hp = 6 })
   unit.assertErrorMsgContains("Mortal.born: too many arguments (3 expected)", Mortal.born, 1, {}, parent)
   unit.assertErrorMsgContains('Mortal has no property "ph"', Mortal.born, 1, { ph = 1 })
   unit.assertEquals({ Mortal.born(0, { hp = 6 }) }, { nil, "nobody is born dead" })
   parent:destroy()
end

function TestConstructor:test_when_a_property_does_not_fit_there_is_no_object()
   for _, case in ipairs {
      { { syze = 1 }, 'Ball has no property "syze" (did you mean "size"?)' },
      { { size = "x" }, "Ball.size: integer expected, got string" },
      { { rolled = 1 }, "Ball.rolled is read only" },
      { { roll = 1 }, 'Ball has no property "roll"' },
   } do
      unit.assertErrorMsgContains(case[2], Ball.new, case[1])
      unit.assertEquals(toys.count(), 0)
   end
   unit.assertErrorMsgContains("Ball.of_size: too many arguments (1 expected)", Ball.of_size, 1, {}, 3)
   unit.assertErrorMsgContains("Ball.of_size: size: integer expected, got nil", Ball.of_size)
   unit.assertErrorMsgContains('unknown key "colur" (did you mean "colour"?)', Kite.new, { colur = "red" })
end

function TestConstructor:test_failure_is_nil_and_a_message()
   unit.assertEquals({ Ball.of_size(-1) }, { nil, "no ball is that small" })
   unit.assertEquals({ Ball.of_size(-1, { bounces = true }) }, { nil, "no ball is that small" })
end

function TestConstructor:test_a_derived_class_has_its_base_s_destructor()
   local balloon = Balloon.new { air = 0.5, size = 2 }
   unit.assertEquals({ balloon.air, balloon.size }, { 0.5, 2 })
   balloon:destroy()
   unit.assertEquals(toys.count(), 0)
end

function TestConstructor:test_patches_run_after_the_constructor_and_before_the_destructor()
   for _ = 1, 2 do
      zoo.log()
      apply [[
         patch.after(native.Kite, "new", function(self, options) self.length = self.length * 2 print("made", self.length) end)
         patch.before(native.Kite, "destroy", function(self) print("ends", self.length) end)
         patch.after(native.Ball, "of_size", function(self, size) self.bounces = true self.mine = size end)
         patch.before(native.Ball, "destroy", function(self) print("ball", self.mine) end)
      ]]
      unit.assertEquals(Kite.new({ length = 3 }).length, 6)
      unit.assertEquals(Kite.use(50), 99) -- made by C
      collect()
      local ball = Ball.of_size(4, { size = 9 })
      unit.assertEquals({ ball.bounces, ball.mine, ball.size }, { true, 4, 9 })
      ball:destroy()
      unit.assertEquals({ Ball.of_size(-1) }, { nil, "no ball is that small" })
      unit.assertItemsEquals(zoo.log(), { "info: made\t6", "info: made\t100", "info: ends\t99", "info: ends\t6", "info: ball\t4" })
      unit.assertEquals(toys.count(), 0)
      apply(nil)
      unit.assertEquals(Kite.use(50), 49)
   end
end

function TestConstructor:test_a_hook_that_fails_leaves_the_object()
   apply [[
      patch.after(native.Ball, "new", function(self) error "no" end)
      patch.before(native.Ball, "destroy", function(self) error "no" end)]]
   local ball = Ball.new()
   unit.assertEquals(ball.size, 0)
   ball:destroy()
   unit.assertEquals(zoo.list()["p.lua"].errors, 2)
end

function TestConstructor:test_neither_can_be_left_out()
   for code, words in pairs {
      ['patch.override(native.Ball, "new", print)'] = "the constructor always runs: patch.after(native.Ball, \"new\"",
      ['patch.before(native.Ball, "new", print)'] = "the constructor always runs",
      ['patch.override(native.Ball, "destroy", print)'] = "the destructor always runs: patch.before(native.Ball, \"destroy\"",
      ['patch.after(native.Ball, "destroy", print)'] = "the destructor always runs",
   } do
      local event = zoo.apply { ["p.lua"] = "local patch = require 'patch'\n" .. code }["p.lua"]
      unit.assertEquals(event.state, "refused")
      unit.assertStrContains(event.cause, words)
   end
end

TestShared = { tearDown = TestConstructor.tearDown }

function TestShared:test_ends_when_the_script_lets_go()
   local kite = Kite.new()
   collect()
   unit.assertEquals(toys.count(), 1)
   kite = nil
   collect()
   unit.assertEquals(toys.count(), 0)
   unit.assertNil(kite)
end

function TestShared:test_ends_only_when_c_lets_go_as_well()
   local kite = Kite.new { length = 4 }
   Kite.keep(kite)
   kite = nil
   collect()
   unit.assertEquals(toys.count(), 1)
   unit.assertEquals(Kite.kept().length, 4)
   Kite.keep(nil)
   collect()
   unit.assertEquals(toys.count(), 0)
   unit.assertNil(kite)
end

function TestShared:test_c_lets_go_first()
   local kite = Kite.new()
   Kite.keep(kite)
   Kite.keep(nil)
   collect()
   unit.assertEquals(kite:pull(3), 7)
end

function TestShared:test_explicit_destroy()
   local kite = Kite.new()
   kite:destroy()
   unit.assertEquals(toys.count(), 0)
   unit.assertErrorMsgContains("was destroyed", kite.pull, kite, 1)
   local held = Kite.new()
   Kite.keep(held)
   unit.assertErrorMsgContains("Kite.destroy: C still holds this Kite (1 times)", held.destroy, held)
   unit.assertEquals(held:pull(1), 9)
end

function TestShared:test_attached_fields_live_and_die_with_the_object()
   local kite = Kite.new()
   kite.mine = { "x" }
   Kite.keep(kite)
   kite = nil
   collect()
   collect()
   unit.assertEquals(Kite.kept().mine, { "x" })
   Kite.keep(nil)
   collect() -- C has let go: the bridge notices between two frames
   collect()
   unit.assertEquals(toys.count(), 0)
   unit.assertNil(kite)
   unit.assertNil(Kite.new().mine)
end

local function make_and_drop(count)
   for _ = 1, count do Kite.new().mine = {} end
   collect()
   for _ = 1, count / 64 + 1 do zoo.step() end -- a few fields are looked at each time
   collect()
   return collectgarbage "count"
end

function TestShared:test_ten_thousand_leave_nothing()
   local first = make_and_drop(10000) -- tables keep the room that they once needed
   local second = make_and_drop(10000)
   unit.assertEquals(toys.count(), 0)
   unit.assertTrue(second - first < 100, ("%.0f KB more"):format(second - first))
end
