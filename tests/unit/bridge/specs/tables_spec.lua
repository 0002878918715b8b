-- What a table may stand for: flags, a list, options. And what only looks like one.

local native = native
local crate

TestTables = {}

function TestTables:setUp() crate = zoo.crate() end
function TestTables:tearDown() zoo.break_crate() end

function TestTables:test_flags_by_name_by_number_and_in_lists()
   for given, expected in pairs {
      [{ "FRAGILE", "ALIVE" }] = 9, [{ native.Label.FRAGILE, native.Label.ALIVE }] = 9, [{ "HEAVY", 8 }] = 10,
      [{}] = 0, HEAVY = 2, [11] = 11, [0] = 0,
   } do
      crate.label = given
      unit.assertEquals(crate.label, expected)
      crate.label = 0
      unit.assertEquals(crate:mark(given), expected)
      crate.label = 0
      unit.assertEquals(crate:leaf_mark(given), expected)
   end
end

-- They have no elements and are no options, and would pass for empty ones.
function TestTables:test_tables_that_stand_for_something_of_c_are_no_data()
   for given, told in pairs { [native.Crate] = "native.Crate", [native.Label] = "native.Label", [native] = "native" } do
      unit.assertErrorMsgContains("Crate.total: weights: list of numbers expected, got " .. told, crate.total, crate, given)
      unit.assertErrorMsgContains("Crate.leaf_total: weights: list of numbers expected, got " .. told, crate.leaf_total, crate, given)
      unit.assertErrorMsgContains("Crate.mark: more: Label expected, got " .. told, crate.mark, crate, given)
      unit.assertErrorMsgContains("Crate.leaf_mark: more: Label expected, got " .. told, crate.leaf_mark, crate, given)
      unit.assertErrorMsgContains("Crate.label: Label expected, got " .. told, function() crate.label = given end)
      unit.assertErrorMsgContains("Crate.readings: list of numbers expected, got " .. told, function() crate.readings = given end)
      unit.assertErrorMsgContains("Crate.fill: filling: table of Filling expected, got " .. told, crate.fill, crate, given)
   end
   unit.assertErrorMsgContains("Ball.new: ", native.Ball.new, native.Ball)
   local list = setmetatable({ 1, 2 }, { __metatable = false })
   unit.assertEquals(crate:total(list), crate:total { 1, 2 })
end

function TestTables:test_a_list_of_flags_is_told_by_its_bad_element()
   for given, told in pairs {
      [{ "HEAVY", 7 }] = "7 at place 2 of the list", [{ true }] = "boolean at place 1 of the list",
      [{ "HEAVI" }] = '"HEAVI" (did you mean "HEAVY"?)',
   } do
      unit.assertErrorMsgContains("Crate.mark: more: Label expected, got " .. told, crate.mark, crate, given)
      unit.assertErrorMsgContains("Crate.label: Label expected, got " .. told, function() crate.label = given end)
   end
end
