-- Value structs that scripts hold: what may be written to them, and whom it concerns.

local apply = require "patching".apply
local native = native

TestValues = {}

local function knot() return native.Knot({ long_number = 1.5, ["end"] = -2 }, 7, native.Tail(0.5, -1), true) end
local function box() return native.Box(native.Vec2(1, 2), native.Vec2(3, 4), "CALM", 5) end

function TestValues:tearDown()
   zoo.apply { ["p.lua"] = false }
   zoo.break_crate()
   zoo.log()
end

-- ---- copies ---------------------------------------------------------------------------------

function TestValues:test_members_of_a_copy_are_converted()
   local copy = box()
   copy.mood = "ANGRY"
   copy.serial = 2 ^ 53
   copy.serial = copy.serial + 1
   copy.min = { x = 8, y = 9 }
   unit.assertEquals(copy.mood, native.Mood.ANGRY)
   unit.assertTrue(copy.serial == 9007199254740993LL)
   unit.assertTrue(copy == native.Box(native.Vec2(8, 9), native.Vec2(3, 4), "ANGRY", 9007199254740993LL))
   local tied = knot()
   tied.after, tied.last = -128, false
   tied.tail = { long_number = 2, ["end"] = 3 }
   unit.assertEquals({ tied.after, tied.last, tied.tail["end"] }, { -128, false, 3 })
end

function TestValues:test_a_copy_takes_nothing_that_does_not_fit()
   local copy, tied = box(), knot()
   for _, case in ipairs {
      { copy, "mood", 99, "Box.mood: Mood expected, got 99" },
      { copy, "mood", "ANGRI", 'Box.mood: Mood expected, got "ANGRI" (did you mean "ANGRY"?)' },
      { copy, "serial", 1.5, "Box.serial: 64-bit integer expected, got 1.5" },
      { copy, "serial", 1e30, "Box.serial: 64-bit integer expected, got 1e+30" },
      { copy, "min", { x = 1 }, "Box.min.y: number expected, got nil" },
      { tied, "after", 300, "Knot.after: integer from -128 to 127 expected, got 300" },
      { tied, "after", 0.5, "Knot.after: integer from -128 to 127 expected, got 0.5" },
      { tied, "last", 1, "Knot.last: boolean expected, got 1" },
      { tied, "tail", { long_number = 1, ["end"] = 128 }, "Knot.tail.end: integer from -128 to 127 expected, got 128" },
   } do
      local target, member, given, message = unpack(case)
      unit.assertErrorMsgContains(message, function() target[member] = given end)
   end
   unit.assertTrue(copy == box() and tied == knot())
end

function TestValues:test_a_constructor_says_what_is_wrong()
   for _, case in ipairs {
      { "Vec2.x: number expected, got string", native.Vec2, "a", 2 },
      { "Vec2.y: number expected, got nil", native.Vec2, { x = 1 } },
      { "Vec2: x, y, or a table of them, expected", native.Vec2 },
      { "Vec2: x, y, or a table of them, expected", native.Vec2, 1 },
      { "Vec2: x, y, or a table of them, expected", native.Vec2, 1, 2, 3 },
      { "Tail.end: integer from -128 to 127 expected, got 300", native.Tail, 1, 300 },
      { 'Box.mood: Mood expected, got "SAD" (there is ANGRY, CALM, HUNGRY)', native.Box, native.Vec2(1, 2), native.Vec2(3, 4), "SAD", 1 },
   } do unit.assertErrorMsgContains(unpack(case, 1, 6)) end
end

-- ---- patches called by scripts --------------------------------------------------------------

for _, name in ipairs { "grow", "leaf_grow" } do
   TestValues["test_a_patch_of_" .. name .. "_changes_a_copy_of_its_own"] = function()
      local crate, mine = zoo.crate(), box()
      apply(("patch.override(native.Crate, %q, function(original, self, b, by) b.serial = 50 by.x = 60 error 'no' end)"):format(name))
      crate.bounds = mine
      local grown = crate[name](crate, mine, { x = 0, y = 0 })
      unit.assertEquals({ mine.serial, grown.min.x, grown.max.x }, { 5LL, 1, 3 }) -- the layer below got what the caller passed
      crate[name](crate, crate.bounds, { x = 0, y = 0 })
      unit.assertTrue(crate.bounds == mine)
   end
end

function TestValues:test_a_patch_keeps_the_value_that_it_returned()
   local crate = zoo.crate()
   apply [[local kept = native.Box(native.Vec2(1, 2), native.Vec2(3, 4), "CALM", 5)
   patch.override(native.Crate, "grow", function() return kept end)]]
   crate:grow(box(), { x = 0, y = 0 }).serial = 9
   unit.assertTrue(crate:grow(box(), { x = 0, y = 0 }) == box())
end

function TestValues:test_more_results_of_a_patch_are_those_of_c()
   local crate = zoo.crate()
   apply [[patch.override(native.Crate, "extent", function() return { x = 1, y = 2 }, "feet", "ANGRY", true end)
   patch.override(native.Crate, "advance", function(original, self, counter, step) return original(self, counter + 1LL, step) end)
   patch.override(native.Crate, "leaf_swap", function(original, self, a, b) return b + a, a end)]]
   local size, feet, mood, square = crate:extent()
   unit.assertTrue(size == native.Vec2(1, 2))
   unit.assertEquals({ feet, mood, square }, { "feet", native.Mood.ANGRY, true })
   local _, counter = crate:advance(5, 1)
   unit.assertTrue(counter == 7LL)
   local sum, first = crate:leaf_swap({ x = 1, y = 2 }, { x = 3, y = 4 })
   unit.assertTrue(sum == native.Vec2(4, 6) and first == native.Vec2(1, 2))
end
