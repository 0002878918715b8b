-- Every kind of parameter and result beyond plain scalars, four ways: called by Lua; by C through
-- the slot into a patch; by Lua straight into a patch; and again after the patch is gone.

local apply = require "patching".apply

local native = native
local crate, via_c

TestKinds = {}

-- What was fetched before any patch goes through C: its dispatcher finds the patch in the slot.
local fetched = {}
for _, name in ipairs {
   "add", "invert", "mark", "weigh", "print", "grow", "turn", "total", "centre", "dot", "health", "letters",
   "numbers", "fill", "divide", "extent", "advance", "pick", "defaults", "big_default", "leaf_add", "leaf_grow", "leaf_divide",
   "leaf_swap", "leaf_fill", "leaf_total", "leaf_weigh", "leaf_defaults", "pair", "leaf_read",
} do fetched[name] = native.Crate[name] end

function TestKinds:setUp()
   crate = zoo.crate()
   zoo.log()
end

function TestKinds:tearDown()
   zoo.apply { ["p.lua"] = false }
   zoo.break_crate()
end

local I, U = function(number) return number + 0LL end, function(number) return number + 0ULL end

-- {method, arguments, results}. `leaf`: there is leaf_<method> as well.
local CALLS = {
   { "add", { I(2 ^ 53), 1 }, { 9007199254740993LL }, leaf = true },
   { "add", { 0x7fffffffffffffffLL, I(-1) }, { 0x7ffffffffffffffeLL }, leaf = true },
   { "add", { -3, U(5) }, { 2LL }, leaf = true },
   { "invert", { 0 }, { 0xffffffffffffffffULL }, leaf = true },
   { "invert", { 0xfffffffffffffffeULL }, { 1ULL }, leaf = true },
   { "mark", { "HEAVY" }, { 2 }, leaf = true },
   { "mark", { { "HEAVY", "ALIVE" } }, { 10 }, leaf = true },
   { "mark", { 9 }, { 9 }, leaf = true },
   { "weigh", { "a\0b" }, { 97 + 1000 + 98 }, leaf = true },
   { "weigh", { "" }, { 0 }, leaf = true },
   { "print", { 2 }, { "xx\0y" } },
   { "print", { -1 }, {} },
   { "grow", { { min = { x = 1, y = 2 }, max = native.Vec2(3, 4), mood = "ANGRY", serial = 7 }, { x = 1, y = 1 } },
      { native.Box(native.Vec2(0, 1), native.Vec2(4, 5), "ANGRY", 8) }, leaf = true },
   { "untie", { { tail = native.Tail(0.5, -1), after = 7, second = { long_number = 1.5, ["end"] = -2 }, last = true } },
      { native.Knot({ long_number = 1.5, ["end"] = -2 }, 8, native.Tail(0.5, -1), false) }, leaf = true },
   { "turn", { native.Matrix(1, 2, 3, 4, 5, 6, 7, 8, 9) }, { native.Matrix(1, 4, 7, 2, 5, 8, 3, 6, 9) }, leaf = true },
   { "total", { { 1, 2.5, 3 } }, { 6.5 }, leaf = true },
   { "total", { {} }, { 0 }, leaf = true },
   { "centre", { { { x = 1, y = 2 }, native.Vec2(3, 6) } }, { native.Vec2(2, 4) } },
   { "dot", { { 1, 2, 3 }, { 4, 5, 6 } }, { 32 } },
   { "letters", { { "one", "three" } }, { 8 } },
   { "numbers", { 3 }, { { 1, 2, 3 } } },
   { "numbers", { 0 }, { {} } },
   { "numbers", { 101 }, {} },
   { "pair", {}, { { 7, 8 }, 5 } },
   { "leaf_read", { "fragile" }, { "fragile" } },
   { "fill", { { count = 1, what = "x", label = "FRAGILE", wet = true, serial = I(5), weights = { 2, 3 } } }, { 1116 }, leaf = true },
   { "fill", { { wrapping = "ROPE" } }, { 203520 }, leaf = true },
   { "fill", {}, { 3520 }, leaf = true },
   { "fill", { {} }, { 3520 }, leaf = true },
   { "divide", { 7, 2 }, { 3, 1 }, leaf = true },
   { "extent", {}, { native.Vec2(3, 4), "metres", 5, false } },
   { "advance", { -1, 1 }, { false, 0LL } },
   { "advance", { I(2 ^ 53), 1 }, { true, 9007199254740993LL } },
   { "leaf_swap", { { x = 1, y = 2 }, native.Vec2(3, 4) }, { native.Vec2(3, 4), native.Vec2(1, 2) } },
   { "defaults", {}, { 2 + 0.5 + 10 + 600 + 4000 }, leaf = true },
   { "defaults", { 1, 0, false, "CALM", "" }, { 1 }, leaf = true },
   { "defaults", { nil, nil, nil, nil, nil, nil }, { 2 + 0.5 + 10 + 600 + 4000 }, leaf = true },
   { "big_default", {}, { 9223372036854775806LL } },
   { "big_default", { 2 ^ 40, 0 }, { I(2 ^ 40) } },
}

local function check(results, call, how)
   local name = call[1] .. " " .. how
   unit.assertEquals(#results, results.n, name)
   for index, expected in ipairs(call[3]) do
      local got = results[index]
      if type(expected) == "cdata" then
         unit.assertTrue(got == expected, ("%s: %s expected, got %s"):format(name, tostring(expected), tostring(got)))
      else
         unit.assertEquals(got, expected, name)
      end
   end
end

local function call_with(func, call)
   local results = { func(crate, unpack(call[2], 1, 6)) }
   results.n = #call[3]
   return results
end

local function each_call(visit)
   for _, call in ipairs(CALLS) do
      for _, prefix in ipairs(call.leaf and { "", "leaf_" } or { "" }) do
         crate = zoo.crate()
         visit(prefix .. call[1], call)
      end
   end
end

local function methods_called()
   local names, seen = {}, {}
   each_call(function(name)
      if not seen[name] then names[#names + 1] = name end
      seen[name] = true
   end)
   return names
end

function TestKinds:test_lua_calls_c()
   each_call(function(name, call) check(call_with(native.Crate[name], call), call, "from Lua, " .. name) end)
end

-- A patch that hands on what it got shows that everything arrives, goes through, and comes back.
function TestKinds:test_patches_hand_everything_on()
   local lines = { "local calls = 0" }
   for _, name in ipairs(methods_called()) do
      lines[#lines + 1] = ("patch.override(native.Crate, %q, function(original, ...) return original(...) end)"):format(name)
   end
   for _ = 1, 2 do -- apply, revert, apply
      apply(table.concat(lines, "\n"))
      each_call(function(name, call)
         check(call_with(native.Crate[name], call), call, "from Lua to the patch, " .. name)
         crate = zoo.crate()
         check(call_with(fetched[name] or native.Crate[name], call), call, "through C to the patch, " .. name)
      end)
      unit.assertEquals(zoo.list()["p.lua"].errors, 0, table.concat(zoo.log(), "\n"))
      zoo.apply { ["p.lua"] = false }
      each_call(function(name, call) check(call_with(native.Crate[name], call), call, "after the patch, " .. name) end)
   end
end

function TestKinds:test_what_a_patch_gets_from_c()
   apply [[
      local seen = {}
      local function note(name)
         patch.override(native.Crate, name, function(original, self, ...)
            local words = {}
            for i = 1, select("#", ...) do words[i] = tostring((select(i, ...))) end
            print(name .. ": " .. table.concat(words, ", "))
            return original(self, ...)
         end)
      end
      for _, name in ipairs { "add", "weigh", "grow", "divide", "advance", "defaults" } do note(name) end
      patch.override(native.Crate, "total", function(original, self, weights) return #weights * 100 + weights[1] end)
      patch.override(native.Crate, "fill", function(original, self, filling)
         return filling.count + #filling.what + filling.at.x + filling.weights[2]
      end)
   ]]
   for _, call in ipairs {
      { "add", 1, 2 }, { "weigh", "a" }, { "grow", { min = { x = 1, y = 2 }, max = { x = 3, y = 4 }, mood = 0, serial = 9 }, { x = 1, y = 0 } },
      { "divide", 7, 2 }, { "advance", 5, 1 }, { "defaults" },
   } do fetched[call[1]](crate, unpack(call, 2)) end
   unit.assertEquals(table.concat(zoo.log(), "\n"), table.concat({
      "info: add: 1LL, 2LL", "info: weigh: a", "info: grow: Box(1, 2, 3, 4, 0, 9LL), Vec2(1, 0)", "info: divide: 7, 2",
      "info: advance: 5LL, 1", "info: defaults: 2, 0.5, true, 6, four, nil",
   }, "\n"))
   unit.assertEquals(fetched.total(crate, { 5, 6, 7 }), 305)
   unit.assertEquals(fetched.fill(crate, { what = "ab", at = { x = 10, y = 0 }, weights = { 0, 100 } }), 3 + 2 + 10 + 100)
end

function TestKinds:test_an_option_that_c_left_zero_is_nil_if_no_member_is_zero()
   apply [[patch.override(native.Crate, "fill", function(original, self, filling)
      print(tostring(filling.wrapping) .. ", " .. tostring(filling.label))
      return original(self, filling)
   end)]]
   unit.assertEquals(fetched.fill(crate, { label = 0 }), 3500)
   unit.assertEquals(fetched.fill(crate, { label = 0, wrapping = "PAPER" }), 103500)
   unit.assertEquals(zoo.log(), { "info: nil, 0", "info: 1, 0" })
end

-- {method, what the patch returns, what is said of it}
local BAD_RESULTS = {
   { "add", "'x'", "Crate.add: result: 64-bit integer expected, got string" },
   { "add", "2^64", "Crate.add: result: 64-bit integer expected, got 1.844674407371e+19" },
   { "add", "0.5", "Crate.add: result: 64-bit integer expected, got 0.5" },
   { "divide", "1", "Crate.divide: rest: integer expected, got nil" },
   { "divide", "1, 'x'", "Crate.divide: rest: integer expected, got string" },
   { "advance", "true, true", "Crate.advance: counter: 64-bit integer expected, got boolean" },
   { "extent", "native.Vec2(1, 2), 'm', 77, true", "Crate.extent: mood: Mood expected, got 77" },
   { "mark", "4", "Crate.mark: result: Label expected, got 4" },
   { "grow", "3", "Crate.grow: result: Box expected, got 3" },
   { "print", "true", "Crate.print: result: string expected, got boolean" },
   { "numbers", "{ 1, 'x' }", "Crate.numbers: result[2]: integer expected, got string" },
   { "numbers", "3", "Crate.numbers: result: list of integers expected, got 3" },
}

function TestKinds:test_wrong_results_of_patches_fall_back_to_c()
   for _, case in ipairs(BAD_RESULTS) do
      local name, code, words = unpack(case)
      local call
      for _, each in ipairs(CALLS) do call = call or (each[1] == name and each) end
      for how, func in pairs { ["from Lua"] = false, ["through C"] = fetched[name] } do
         apply(("patch.override(native.Crate, %q, function() return %s end)"):format(name, code))
         crate = zoo.crate()
         zoo.log()
         check(call_with(func or native.Crate[name], call), call, how .. " " .. code)
         unit.assertStrContains(table.concat(zoo.log(), "\n"), words)
         unit.assertEquals(zoo.list()["p.lua"].errors, 1, how)
      end
   end
end

-- {what a script does, what it is told}
local MISUSES = {
   { "crate:add(1, 2^63)", "Crate.add: b: 64-bit integer expected, got 9.2233720368548e+18" },
   { "crate:add(1, 0.5)", "Crate.add: b: 64-bit integer expected, got 0.5" },
   { "crate:add(1, math.huge - math.huge)", "Crate.add: b: 64-bit integer expected, got nan" },
   { "crate:add(1, 0xffffffffffffffffULL)", "Crate.add: b: 64-bit integer expected, got 18446744073709551615ULL" },
   { "crate:leaf_add(1, '2')", "Crate.leaf_add: b: 64-bit integer expected, got string" },
   { "crate:invert(-1)", "Crate.invert: bits: 64-bit integer from 0 expected, got -1" },
   { "crate:invert(-1LL)", "Crate.invert: bits: 64-bit integer from 0 expected, got -1LL" },
   { "crate:mark(4)", "Crate.mark: more: Label expected, got 4" },
   { "crate:mark{'HEAVY', 'LOUD'}", 'Crate.mark: more: Label expected, got "LOUD" (there is ALIVE, FRAGILE, HEAVY)' },
   { "crate:leaf_mark('LOUD')", 'Crate.leaf_mark: more: Label expected, got "LOUD" (there is ALIVE, FRAGILE, HEAVY)' },
   { "crate:weigh(3)", "Crate.weigh: data: string expected, got 3" },
   { "crate:leaf_weigh()", "Crate.leaf_weigh: data: string expected, got nil" },
   { "crate:grow({ min = 1 }, native.Vec2(1, 1))", "Crate.grow: box.min: Vec2 expected, got 1" },
   { "crate:leaf_grow({ min = { x = 1, y = 'z' } })", "Crate.leaf_grow: box.min.y: number expected, got string" },
   { "crate:leaf_grow({ min = { x = 1, y = 2 }, max = { x = 1 } })", "Crate.leaf_grow: box.max.y: number expected, got nil" },
   { "crate:centre{ { x = 1, y = 2 }, { y = 2 } }", "Crate.centre: places[2].x: number expected, got nil" },
   { "crate.bounds = { min = native.Vec2(1, 1) }", "Crate.bounds.max: Vec2 expected, got nil" },
   { "crate.bounds.min = { x = 1, y = 2LL }", "Box.min.y: number expected, got 2LL; tonumber() makes a plain number of it" },
   { "crate:divide(5LL, 1)", "Crate.divide: number: integer expected, got 5LL; tonumber() makes a plain number of it" },
   { "crate:divide(1, 5ULL)", "Crate.divide: by: integer expected, got 5ULL; tonumber() makes a plain number of it" },
   { "crate:leaf_divide(1, 5LL)", "Crate.leaf_divide: by: integer expected, got 5LL; tonumber() makes a plain number of it" },
   { "crate:fill{ wet = 5LL }", "Crate.fill: filling.wet: boolean expected, got 5LL" },
   { "crate:divide(native.Vec2(1, 2), 1)", "Crate.divide: number: integer expected, got Vec2(1, 2)" },
   { "return native.Vec2(1, 2) + nil", "Vec2 +: Vec2 or number expected, got nil" },
   { "return nil - native.Vec2(1, 2)", "Vec2 -: Vec2 or number expected, got nil" },
   { "return native.Vec2(1, 2) * false", "Vec2 *: Vec2 or number expected, got boolean" },
   { "crate:total('x')", "Crate.total: weights: list of numbers expected, got string" },
   { "crate:total{1, 'x'}", "Crate.total: weights[2]: number expected, got string" },
   { "crate:dot({1, 2, 3}, {1, 2})", "Crate.dot: b: list of 3 integers expected, got 2" },
   { "crate:dot({1, 2, 2^31}, {1, 2, 3})", "Crate.dot: a[3]: integer expected, got 2147483648" },
   { "crate:letters{'a', 'b\\0c'}", "Crate.letters: words[2]: string expected, got string with a zero byte" },
   { "crate:fill{ cuont = 1 }", 'Crate.fill: filling: unknown key "cuont" (did you mean "count"?)' },
   { "crate:fill{ count = 'x' }", "Crate.fill: filling.count: integer expected, got string" },
   { "crate:fill{ wrapping = 0 }", "Crate.fill: filling.wrapping: Wrapping expected, got 0" },
   { "crate:leaf_fill(3)", "Crate.leaf_fill: filling: table of Filling expected, got 3" },
   { "crate:advance()", "Crate.advance: counter: 64-bit integer expected, got nil" },
   { "crate:leaf_swap(native.Vec2(1, 2))", "Crate.leaf_swap: b: Vec2 expected, got nil" },
   { "crate:defaults(nil, nil, nil, nil, nil, 3)", "Crate.defaults: f: Animal expected, got 3" },
   { "crate:defaults(1, 1, true, 'CALM', 'x', nil, 7)", "Crate.defaults: too many arguments (6 expected)" },
   { "crate:divide(1, 2, 3)", "Crate.divide: too many arguments (2 expected)" },
   { "crate:leaf_add(1, 2, nil, 3)", "Crate.leaf_add: too many arguments (2 expected)" },
   { "crate:add(1, 2, nil, 3)", "Crate.add: too many arguments (2 expected)" },
   { "crate:mark(1, nil, nil, 3)", "Crate.mark: too many arguments (1 expected)" },
   { "crate.serial = 2^70", "Crate.serial: 64-bit integer expected, got 1.1805916207174e+21" },
   { "crate.label = 16", "Crate.label: Label expected, got 16" },
   { "crate.label = 4294967297", "Crate.label: Label expected, got 4294967297" },
   { "crate.label = -4294967295", "Crate.label: Label expected, got -4294967295" },
   { "crate.label = 1.5", "Crate.label: Label expected, got 1.5" },
   { "crate.label = 0/0", "Crate.label: Label expected, got nan" },
   { "crate.label = { 1, 3 }", "Crate.label: Label expected, got 3 at place 2 of the list" },
   { "crate:mark(4294967297)", "Crate.mark: more: Label expected, got 4294967297" },
   { "crate:leaf_mark(4294967297)", "Crate.leaf_mark: more: Label expected, got 4294967297" },
   { "crate.bounds.min.z = 1", 'Vec2 has no member "z" (there is x, y)' },
   { "crate.bounds.min.x = 'x'", "Vec2.x: number expected, got string" },
   { "crate.bounds.mood = 3", "Box.mood: Mood expected, got 3" },
   { "return crate.weights[0]", "Crate.weights[0]: index out of bounds (there are 4)" },
   { "return crate.weights[5]", "Crate.weights[5]: index out of bounds (there are 4)" },
   { "return crate.weights[1.5]", "Crate.weights: integer index expected, got 1.5" },
   { "return crate.weights.x", "Crate.weights: integer index expected, got string" },
   { "crate.weights[1] = 'x'", "Crate.weights[1]: number expected, got string" },
   { "crate.weights = 3", "Crate.weights: list of numbers expected, got 3" },
   { "crate.weights = {1, 2, 3}", "Crate.weights: list of 4 numbers expected, got 3" },
   { "crate.weights = {9, 9, 9, 'x'}", "Crate.weights[4]: number expected, got string" },
   { "crate.corners = { { x = 1, y = 2 }, { x = 1 } }", "Crate.corners[2].y: number expected, got nil" },
   { "crate.history = {1, 2, 3}", "Crate.history is read only" },
   { "crate.readings[4] = 1", "Crate.readings[4]: index out of bounds (there are 3)" },
   { "crate.history[1] = 1", "Crate.history is read only" },
   { "local box = native.Box(1)", "Box: min, max, mood, serial, or a table of them, expected" },
}

function TestKinds:test_misuse_names_what_was_expected_and_what_came()
   for patched = 1, 2 do
      for _, misuse in ipairs(MISUSES) do
         local chunk = assert(load("local crate = ... " .. misuse[1], "@script.lua", "t", zoo.environment))
         local ok, message = pcall(chunk, crate)
         unit.assertFalse(ok, misuse[1])
         unit.assertEquals(message, "script.lua:1: " .. misuse[2], misuse[1])
      end
      if patched == 1 then -- a caller's mistake is the caller's, not the patch's
         local lines = {}
         for _, name in ipairs(methods_called()) do
            lines[#lines + 1] = ("patch.override(native.Crate, %q, function(original, ...) return original(...) end)"):format(name)
         end
         apply(table.concat(lines, "\n"))
      else
         unit.assertEquals(zoo.list()["p.lua"].errors, 0)
      end
   end
end

function TestKinds:test_failing_function_with_further_results()
   unit.assertEquals({ crate:divide(1, 0) }, { nil, "division by zero" })
   apply [[patch.override(native.Crate, "divide", function(original, self, a, b)
      if b == 1 then return nil, "by one is dull" end
      return original(self, a, b)
   end)]]
   unit.assertEquals({ crate:divide(1, 1) }, { nil, "by one is dull" })
   unit.assertEquals({ fetched.divide(crate, 1, 1) }, { nil, "by one is dull" })
   unit.assertEquals({ fetched.divide(crate, 1, 0) }, { nil, "division by zero" })
   unit.assertEquals({ fetched.divide(crate, 9, 2) }, { 4, 1 })
end

function TestKinds:test_a_caller_s_mistake_is_raised_and_failure_is_returned()
   local function check()
      unit.assertEquals(crate:reserve(2), 2)
      unit.assertEquals({ crate:reserve(9) }, { nil, "there is room for 4" })
      unit.assertErrorMsgContains("Crate.reserve: -1 places cannot be reserved", crate.reserve, crate, -1)
   end
   check()
   apply [[patch.override(native.Crate, "reserve", function(original, ...) return original(...) end)]]
   for _ = 1, 20 do check() end
   unit.assertEquals(zoo.list()["p.lua"].errors, 0) -- the mistake was the caller's
   unit.assertStrContains(table.concat(zoo.log(), "\n"), "-1 places cannot be reserved")
end

function TestKinds:test_objects_in_lists_and_places()
   local lion, animal = zoo.lion(70), zoo.animal(20)
   unit.assertEquals(crate:health { lion, animal }, 90)
   unit.assertIs(crate:pick(lion), lion)
   unit.assertNil(crate:pick(animal))
   unit.assertEquals(crate:defaults(0, 0, false, 0, "", lion), 700000)
   unit.assertEquals(crate:leaf_defaults(0, 0, false, 0, "", lion), 700000)
   unit.assertEquals(crate:fill { guest = lion }, 3590)
   apply [[patch.override(native.Crate, "pick", function(original, self, from) return from end)]]
   unit.assertIs(fetched.pick(crate, animal), animal)
   zoo.finish(animal)
   unit.assertErrorMsgContains("animals[2]: Animal expected, got destroyed Animal", crate.health, crate, { lion, animal })
   zoo.finish(lion)
end

TestInPlace = { setUp = TestKinds.setUp, tearDown = TestKinds.tearDown }

function TestInPlace:test_64_bit_properties()
   crate.serial = 9007199254740993LL
   unit.assertTrue(crate.serial == 9007199254740993LL)
   crate.serial = -5
   unit.assertTrue(crate.serial == -5)
   crate.checksum = 0xffffffffffffffffULL
   unit.assertTrue(crate.checksum == 0xffffffffffffffffULL)
end

function TestInPlace:test_struct_members_write_through()
   crate.bounds.min.x = -1
   crate.bounds.max = { x = 5, y = 6 }
   crate.bounds.mood = "ANGRY"
   crate.bounds.serial = 2 ^ 40
   unit.assertEquals(crate.bounds.min.x, -1)
   unit.assertEquals((crate:extent()), native.Vec2(6, 6))
   local bounds = crate.bounds
   local max = bounds.max
   max.y = 7
   unit.assertEquals(tostring(crate.bounds), "Box(-1, 0, 5, 7, 6, 1099511627776LL)")
   crate.bounds = { min = { x = 1, y = 1 }, max = { x = 2, y = 2 }, mood = 0, serial = 0 }
   unit.assertEquals(max, native.Vec2(2, 2))
end

function TestInPlace:test_a_part_stands_for_a_value()
   local max = crate.bounds.max
   unit.assertEquals(max + native.Vec2(1, 1), native.Vec2(4, 5))
   unit.assertEquals(native.Vec2(1, 1) + max, native.Vec2(4, 5))
   unit.assertEquals(max * 2, native.Vec2(6, 8))
   unit.assertEquals(2 * max, native.Vec2(6, 8))
   unit.assertEquals(-max, native.Vec2(-3, -4))
   unit.assertTrue(max == native.Vec2(3, 4))
   local copy = native.Vec2(max)
   max.x = 10
   unit.assertEquals(copy, native.Vec2(3, 4))
   unit.assertEquals(crate:grow(crate.bounds, max).max, native.Vec2(20, 8))
   unit.assertEquals(crate:leaf_grow(crate.bounds, max).max, native.Vec2(20, 8))
   crate.bounds.min = max
   unit.assertEquals(crate.bounds.min, native.Vec2(10, 4))
   crate.corners[1] = max
   unit.assertEquals(crate.corners[1], native.Vec2(10, 4))
end

function TestInPlace:test_copies_cannot_be_written_to_in_vain()
   local box = native.Box(crate.bounds)
   unit.assertErrorMsgContains("attempt to write to constant location", function() box.min.x = 1 end)
   unit.assertErrorMsgContains("attempt to write to constant location", function() crate.origin.x = 1 end)
   for patched = 1, 2 do
      for _, name in ipairs { "middle", "leaf_middle" } do
         unit.assertEquals(crate[name], native.Vec2(1.5, 2))
         unit.assertErrorMsgContains("attempt to write to constant location", function() crate[name].x = 1 end)
      end
      if patched == 1 then
         apply [[
            patch.override(native.Crate, "get middle", function(original, self) return original(self) end)
            patch.override(native.Crate, "get leaf_middle", function(original, self) return { x = 1.5, y = 2 } end)]]
      end
   end
   box.min = { x = 4, y = 4 }
   unit.assertEquals(box.min, native.Vec2(4, 4))
   unit.assertEquals(crate.bounds.min, native.Vec2(0, 0))
end

function TestInPlace:test_spans_reach_the_elements()
   unit.assertEquals(#crate.weights, 4)
   crate.weights[4] = 2.5
   unit.assertEquals(crate.weights[4], 2.5)
   unit.assertEquals(#crate.readings, 3)
   crate.readings[2] = -1
   unit.assertEquals(crate.history[2], -1)
   crate.corners[2].y = 9
   unit.assertEquals(crate.corners[2], native.Vec2(0, 9))
   local sum = 0
   for round = 1, 200 do
      for index = 1, #crate.readings do sum = sum + crate.readings[index] * round end
   end
   unit.assertEquals(sum, 4 * 200 * 201 / 2)
end

function TestInPlace:test_arrays_are_assigned_as_a_whole()
   crate.weights = { 4, 3, 2, 1 }
   unit.assertEquals({ crate.weights[1], crate.weights[4] }, { 4, 1 })
   crate.corners = { { x = 1, y = 2 }, native.Vec2(3, 4) }
   unit.assertEquals(crate.corners[1], native.Vec2(1, 2))
   crate.corners = { crate.corners[2], crate.corners[1] }
   unit.assertEquals({ crate.corners[1].x, crate.corners[2].x }, { 3, 1 })
   crate.readings = { 5, 6, 7 }
   unit.assertEquals(crate:total { crate.readings[1], crate.readings[3] }, 12)
   local before = crate.weights
   unit.assertFalse(pcall(function() crate.weights = { 9, 9, 9, "x" } end))
   unit.assertEquals(before[1], 4)
   crate.weights = before
   unit.assertEquals(#crate.weights, 4)
   zoo.crate()
   unit.assertErrorMsgContains("destroyed", function() crate.weights = before end)
end

function TestInPlace:test_what_is_inside_dies_with_the_object()
   local bounds, max, weights, corner = crate.bounds, crate.bounds.max, crate.weights, crate.corners[1]
   zoo.crate() -- destroys the crate, and makes another one in its place
   for _, use in ipairs {
      function() return bounds.mood end, function() bounds.mood = 0 end, function() return max.x end,
      function() max.x = 1 end, function() return max + max end, function() return native.Vec2(max) end,
      function() return weights[1] end, function() weights[1] = 1 end, function() return #weights end,
      function() return corner.x end, function() return crate.bounds end,
      function() return crate.weights end, function() return crate:grow(bounds, max) end,
   } do unit.assertErrorMsgContains("was destroyed", use) end
   unit.assertErrorMsgContains("Crate.bounds: its object (#", function() return bounds.mood end)
   unit.assertErrorMsgContains("Crate.bounds.max: its object (#", function() max.x = 1 end)
   unit.assertErrorMsgContains("Crate.corners[1]: its object (#", function() return corner.x end)
   unit.assertStrMatches(tostring(max), "Vec2 of #%d+ %(destroyed%)")
   unit.assertStrMatches(tostring(weights), "Crate%.weights of #%d+ %(destroyed%)")
   unit.assertErrorMsgContains("Crate.divide: number: integer expected, got Box of #", crate.divide, zoo.crate(), bounds, 1)
end

function TestInPlace:test_arrays_of_64_bit_integers_in_place()
   local mortal = native.Mortal.new()
   local births, marks = mortal.births, mortal.marks
   births[1], births[2] = -9007199254740993LL, 5
   marks[1], marks[2], marks[3] = 0xffffffffffffffffULL, 2 ^ 53, 3LL
   unit.assertTrue(births[1] == -9007199254740993LL and births[2] == 5)
   unit.assertTrue(marks[1] == 0xffffffffffffffffULL and marks[2] == 2ULL ^ 53)
   unit.assertEquals({ #births, #marks }, { 2, 3 })
   unit.assertTrue(mortal:add(marks) == 2ULL ^ 53 + 2)
   unit.assertErrorMsgContains("Mortal.births[1]: 64-bit integer expected, got string", function() births[1] = "2^63" end)
   unit.assertErrorMsgContains("Mortal.marks[1]: 64-bit integer from 0 expected, got -1", function() marks[1] = -1 end)
   unit.assertErrorMsgContains("Mortal.marks[4]: index out of bounds (there are 3)", function() return marks[4] end)
   mortal:destroy()
   unit.assertErrorMsgContains("was destroyed", function() return marks[1] end)
end
