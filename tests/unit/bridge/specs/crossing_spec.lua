-- What crosses between Lua and C, and what is refused with which words.

TestCrossing = {}

local native = native
local lion

function TestCrossing:setUp() lion = zoo.lion(100) end
function TestCrossing:tearDown() pcall(zoo.finish, lion) end

function TestCrossing:test_method_returns_the_result_of_c()
   unit.assertEquals(native.Animal.damage(lion, 30), 70)
   unit.assertEquals(lion.hp, 70)
end

function TestCrossing:test_derived_class_hides_the_base_method()
   unit.assertEquals(lion:damage(30), 85) -- lions take half
end

function TestCrossing:test_inherited_method_and_property()
   lion.x = 3
   lion:heal()
   unit.assertEquals(lion.hp, 100)
   unit.assertEquals(lion:distance { x = 0, y = 4 }, 5)
   unit.assertEquals(lion:roar(), 40)
end

function TestCrossing:test_every_scalar_kind()
   local expected = 1 - 2 + 200 - 300 + 60000 - 70000 + 4000000000 + 0.5 + 0.25
   unit.assertEquals(lion:sum(true, -2, 200, -300, 60000, -70000, 4000000000, 0.5, 0.25), expected)
   unit.assertEquals(lion:leaf_sum(true, -2, 200, -300, 60000, -70000, 4000000000, 0.5, 0.25), expected)
end

function TestCrossing:test_floats_take_any_number()
   for given, expected in pairs { [1e300] = math.huge, [-1e300] = -math.huge, [1e-300] = 0, [16777217] = 16777216 } do
      local stored = {}
      for index, name in ipairs { "sum", "leaf_sum" } do
         stored[index] = lion[name](lion, false, 0, 0, 0, 0, 0, 0, given, 0)
      end
      lion.x = given
      unit.assertEquals({ lion.x, unpack(stored) }, { expected, expected, expected })
   end
end

function TestCrossing:test_properties_of_every_kind()
   for key, new in pairs {
      x = 1.5, awake = true, small = -128, byte = 255, short_number = -32768, word = 65535, big = 4294967295,
      weight = 0.1, mane = -7, mood = native.Mood.ANGRY,
   } do
      lion[key] = new
      unit.assertEquals(lion[key], new, key)
   end
   lion.mood = "HUNGRY"
   unit.assertEquals(lion.mood, 5)
   unit.assertEquals(lion.name, "Leo")
end

function TestCrossing:test_value_structs()
   local home = native.Vec2(1, 2)
   lion.home = home
   lion.home = { x = lion.home.x + 2, y = 5 }
   unit.assertEquals(lion.home, native.Vec2(3, 5))
   unit.assertEquals(lion:halfway(native.Vec2(4, 8)), native.Vec2(2, 4))
   unit.assertEquals(lion:middle { x = 4, y = 8 }, native.Vec2(2, 4))
   unit.assertEquals(home + native.Vec2(1, 1) * 2 - native.Vec2 { x = 3, y = 4 } / 2, native.Vec2(1.5, 2))
   unit.assertEquals(-home, native.Vec2(-1, -2))
   unit.assertEquals(tostring(home), "Vec2(1, 2)")
end

function TestCrossing:test_accessors_read_like_properties()
   unit.assertEquals(lion.speed, 3)
   lion.speed = 4.5
   unit.assertEquals(lion.speed, 4.5)
   unit.assertEquals(zoo.c.speed(lion), 4.5)
   unit.assertEquals(lion.volume, 7)
   unit.assertEquals(lion.title, "the living")
end

function TestCrossing:test_enums_by_value_and_name()
   unit.assertEquals(native.Mood.HUNGRY, 5)
   unit.assertEquals(lion:worst "ANGRY", 6)
   unit.assertEquals(lion:worst(5), 5)
   unit.assertEquals(lion:other_mood "CALM", native.Mood.ANGRY)
end

function TestCrossing:test_strings_and_null()
   unit.assertEquals(lion:greet "you", "Leo greets you")
   unit.assertEquals(lion:shout "you", "Leo greets you")
   unit.assertNil(lion:shout "nobody")
   lion:damage(500)
   unit.assertNil(lion.title)
end

function TestCrossing:test_objects_and_null()
   local other = zoo.animal(5)
   unit.assertIs(lion:stronger(other), lion)
   unit.assertIs(lion:weaker(other), other)
   unit.assertNil(lion.friend_of)
   zoo.befriend(lion, other)
   unit.assertIs(lion.friend_of, other)
   native.Animal.damage(other, -95)
   unit.assertNil(lion:stronger(other))
   unit.assertNil(lion:weaker(other))
   zoo.finish(other)
end

function TestCrossing:test_static_functions()
   unit.assertEquals(native.Animal.count(), 1)
   unit.assertEquals(native.Animal.leaf_count(), 1)
   unit.assertEquals(native.keeper.feed(lion, 2.5), 2.5)
end

function TestCrossing:test_failure_is_nil_and_a_message()
   unit.assertEquals(lion:rename "Rex", true)
   local ok, why = lion:rename ""
   unit.assertNil(ok)
   unit.assertEquals(why, "an animal needs a name")
end

function TestCrossing:test_same_object_is_the_same_handle()
   local a = zoo.animal(1)
   local seen = { [a] = "a" }
   unit.assertEquals(seen[lion:weaker(a)], "a")
   unit.assertNotEquals(a, lion)
   zoo.finish(a)
end

function TestCrossing:test_tostring()
   unit.assertStrMatches(tostring(lion), "Lion#%d+")
   zoo.finish(lion)
   unit.assertStrMatches(tostring(lion), "Lion#%d+ %(destroyed%)")
end

-- Every misuse: the code, and the words that follow "script.lua:1: ".
local MISUSES = {
   { "lion:damage('x')", "Lion.damage: amount: integer expected, got string" },
   { "lion:damage(2.5)", "Lion.damage: amount: integer expected, got 2.5" },
   { "lion:damage(0/0)", "Lion.damage: amount: integer expected, got nan", pattern = "got %-?nan" },
   { "lion:damage(2^31)", "Lion.damage: amount: integer expected, got 2147483648" },
   { "lion:damage()", "Lion.damage: amount: integer expected, got nil" },
   { "lion:damage({})", "Lion.damage: amount: integer expected, got table" },
   { "lion:damage(lion)", "Lion.damage: amount: integer expected, got Lion" },
   { "lion:damage(1, 2)", "Lion.damage: too many arguments (1 expected)" },
   { "lion:distance(native.Vec2(1, 2), 3)", "Animal.distance: too many arguments (1 expected)" },
   { "lion:middle(native.Vec2(1, 2), 3)", "Animal.middle: too many arguments (1 expected)" },
   { "lion:distance(5)", "Animal.distance: to: Vec2 expected, got 5" },
   { "lion:distance({x = 1})", "Animal.distance: to.y: number expected, got nil" },
   { "lion:middle('x')", "Animal.middle: to: Vec2 expected, got string" },
   { "lion:leaf_sum(1)", "Animal.leaf_sum: a: boolean expected, got 1" },
   { "lion:sum(1)", "Animal.sum: a: boolean expected, got 1" },
   { "lion:leaf_sum(true, 128)", "Animal.leaf_sum: b: integer from -128 to 127 expected, got 128" },
   { "lion:sum(true, 128)", "Animal.sum: b: integer from -128 to 127 expected, got 128" },
   { "lion:leaf_sum(true, 0, -1)", "Animal.leaf_sum: c: integer from 0 to 255 expected, got -1" },
   { "lion:leaf_sum(true, 0, 0, 0, 0, 0, -1)", "Animal.leaf_sum: g: integer from 0 to 4294967295 expected, got -1" },
   { "lion:sum(true, 0, 0, 0, 0, 0, 2^32)", "Animal.sum: g: integer from 0 to 4294967295 expected, got 4294967296" },
   { "lion:leaf_sum(true, 0, 0, 0, 0, 0, 0, '1')", "Animal.leaf_sum: h: number expected, got string" },
   { "lion:greet(nil)", "Animal.greet: whom: string expected, got nil" },
   { "lion:greet('a\\0b')", "Animal.greet: whom: string expected, got string with a zero byte" },
   { "lion:shout('a\\0b')", "Animal.shout: whom: string expected, got string with a zero byte" },
   { "lion:worst('SAD')", 'Animal.worst: other: Mood expected, got "SAD" (there is ANGRY, CALM, HUNGRY)' },
   { "lion:worst(1)", "Animal.worst: other: Mood expected, got 1" },
   { "lion:other_mood(1)", "Animal.other_mood: mood: Mood expected, got 1" },
   { "lion:stronger(nil)", "Animal.stronger: other: Animal expected, got nil" },
   { "lion:stronger(native)", "Animal.stronger: other: Animal expected, got native" },
   { "lion:weaker(3)", "Animal.weaker: other: Animal expected, got 3" },
   { "native.Animal.damage(nil, 1)", "Animal.damage: self: Animal expected, got nil" },
   { "native.Animal.distance('x', {x=1,y=1})", "Animal.distance: self: Animal expected, got string" },
   { "native.Lion.roar(animal)", "Lion.roar: self: Lion expected, got Animal" },
   { "native.keeper.feed(3, 1)", "keeper.feed: animal: Animal expected, got 3" },
   { "lion.x = 'far'", "Animal.x: number expected, got string" },
   { "lion.mood = 'SAD'", 'Animal.mood: Mood expected, got "SAD" (there is ANGRY, CALM, HUNGRY)' },
   { "lion.awake = 1", "Animal.awake: boolean expected, got 1" },
   { "lion.small = 200", "Animal.small: integer from -128 to 127 expected, got 200" },
   { "lion.big = -1", "Animal.big: integer from 0 to 4294967295 expected, got -1" },
   { "lion.mane = 1.5", "Lion.mane: integer expected, got 1.5" },
   { "lion.home = 3", "Animal.home: Vec2 expected, got 3" },
   { "lion.speed = 'fast'", "Animal.speed: speed: number expected, got string" },
   { "lion.hp = 3", "Lion.hp is read only", pattern = "%.hp is read only" },
   { "lion.volume = 3", "Lion.volume is read only" },
   { "lion.damage = 3", 'Lion.damage is a method: patch.override(native.Lion, "damage", ...) changes it for all objects' },
   { "native.Lion.roar = 3", "Lion.roar: native tables are read only; use patch.override to change what a function does" },
   { "native.Tiger = 3", "native.Tiger: native tables are read only; use patch.override to change what a function does" },
   { "native.Vec2('x')", "Vec2: x, y, or a table of them, expected" },
   { "local v = native.Vec2(1, 2) + 3", "Vec2 +: Vec2 or number expected, got 3" },
}

local function attempt(code, self, animal)
   local chunk = assert(load("local lion, animal = ... " .. code, "@script.lua", "t", zoo.environment))
   return pcall(chunk, self, animal)
end

function TestCrossing:test_misuse_names_function_parameter_and_value()
   local animal = zoo.animal(1)
   for _, misuse in ipairs(MISUSES) do
      local code, words = misuse[1], misuse[2]
      local ok, message = attempt(code, lion, animal)
      unit.assertFalse(ok, code)
      if misuse.pattern then
         unit.assertStrMatches(message, "script%.lua:1: .*" .. misuse.pattern, nil, nil, code)
      else
         unit.assertEquals(message, "script.lua:1: " .. words, code)
      end
   end
   zoo.finish(animal)
end

function TestCrossing:test_misuse_in_compiled_code_says_the_same()
   for _, case in ipairs { { "damage", 1, "Lion.damage: amount: integer expected, got string" },
      { "greet", "x", "Animal.greet: whom: string expected, got nil" } } do
      local method, good, words = unpack(case)
      local chunk = assert(load([[
         local lion, method, good, bad = ...
         for i = 1, 300 do lion[method](lion, i < 300 and good or bad) end]], "@script.lua", "t", zoo.environment))
      local bad = method == "damage" and "x" or nil
      local ok, message = pcall(chunk, lion, method, good, bad)
      unit.assertFalse(ok)
      unit.assertEquals(message, "script.lua:2: " .. words)
   end
end

TestStale = {}

-- Every way to use a handle; each must say that the object is dead.
local USES = {
   "lion:damage(1)", "lion:distance({x=1,y=1})", "lion:roar()", "return lion.x", "lion.x = 1", "return lion.speed",
   "lion.speed = 1", "return lion.volume", "return lion.home", "lion.extra = 1", "return lion.extra",
   "return lion.friend_of", "lion:greet('x')", "native.keeper.feed(lion, 1)", "native.Animal.heal(lion)",
   "other:stronger(lion)", "other:weaker(lion)",
}

function TestStale:test_every_use_of_a_dead_object_is_a_clear_error()
   local other, dead = zoo.lion(1), zoo.lion(1)
   zoo.finish(dead)
   local reborn = zoo.lion(55) -- takes the same place in the object table
   for _, code in ipairs(USES) do
      local chunk = assert(load("local lion, other = ... " .. code, "@script.lua", "t", zoo.environment))
      local ok, message = pcall(chunk, dead, other)
      unit.assertFalse(ok, code)
      unit.assertStrMatches(message, "script%.lua:1: .*this Lion %(#%d+%) was destroyed", nil, nil, code)
   end
   unit.assertEquals(reborn.hp, 55)
   unit.assertNotEquals(reborn, dead)
   zoo.finish(reborn)
   zoo.finish(other)
end

function TestStale:test_object_that_dies_inside_a_compiled_loop()
   local animal = zoo.animal(1)
   local count = 0
   local ok, message = pcall(function()
      for i = 1, 1000 do
         count = count + animal:distance { x = 0, y = 1 }
         if i == 500 then zoo.finish(animal) end
      end
   end)
   unit.assertFalse(ok)
   unit.assertStrContains(message, "was destroyed")
   unit.assertEquals(count, 500)
end

TestFields = {}

function TestFields:test_fields_live_with_the_object_and_not_with_the_handle()
   local animal, keeper = zoo.animal(1), zoo.lion(9)
   animal.shield = 10
   zoo.befriend(keeper, animal)
   animal = nil
   collectgarbage()
   collectgarbage()
   unit.assertEquals(keeper.friend_of.shield, 10)
   keeper.friend_of.shield = nil
   unit.assertNil(keeper.friend_of.shield)
   zoo.finish(keeper.friend_of)
   zoo.finish(keeper)
end

function TestFields:test_fields_die_with_the_object()
   local weak = setmetatable({}, { __mode = "v" })
   local animal = zoo.animal(1)
   weak.field = { "big" }
   animal.field = weak.field
   zoo.finish(animal)
   local again = zoo.animal(1) -- the same place
   unit.assertNil(again.field)
   for _ = 1, 10 do zoo.step() end
   collectgarbage()
   unit.assertNil(weak.field)
   zoo.finish(again)
end

function TestFields:test_every_name_but_nil_and_nan()
   local animal = zoo.animal(1)
   for _, key in ipairs { true, 1.5, animal } do
      animal[key] = "kept"
      unit.assertEquals(animal[key], "kept")
   end
   unit.assertNil(animal[nil])
   unit.assertErrorMsgContains("Animal: name of a field expected, got nil", function() animal[nil] = 1 end)
   unit.assertErrorMsgContains("Animal: name of a field expected, got nan", function() animal[0 / 0] = 1 end)
   zoo.finish(animal)
end

TestMisspelt = {}

function TestMisspelt:test_members_of_enums()
   unit.assertErrorMsgContains('Mood has no member "ANGRI" (did you mean "ANGRY"?)', function() return native.Mood.ANGRI end)
   unit.assertErrorMsgContains('Mood has no member "BLUE" (there is ANGRY, CALM, HUNGRY)', function() return native.Mood.BLUE end)
   unit.assertErrorMsgContains('Label has no member "nil"', function() return native.Label[nil] end)
   unit.assertErrorMsgContains('Crate.mark: more: Label expected, got "HEAVI" (did you mean "HEAVY"?)', native.Crate.mark, zoo.crate(), { "HEAVI" })
   zoo.break_crate()
end

function TestMisspelt:test_methods_of_objects()
   zoo.log()
   local animal = zoo.animal(1)
   local function said(body)
      local event = zoo.apply { ["p.lua"] = "require('patch').before(native.Animal, 'damage', function(self)\n" .. body .. "\nend)" }
      unit.assertEquals(event["p.lua"].state, "active")
      zoo.c.damage(animal, 0)
      local from_c = zoo.log()[1]
      animal:damage(0)
      unit.assertEquals(zoo.log()[1]:match "^[^\n]*", from_c:match "^[^\n]*")
      return from_c
   end
   local expected = "p.lua:2: attempt to call method 'damge' (a nil value)%s\nstack traceback:"
   local hint = ' (did you mean "damage" of Animal?)'
   unit.assertStrContains(said "return self:damge(nil, self)", expected:format(hint))
   unit.assertStrContains(said "print(self.x, self.friend_of or self:damge())", expected:format(hint))
   unit.assertStrContains(said "self.on_hit = function() return self:damge() end; self.on_hit()", expected:format(hint))
   unit.assertStrContains(said "local table = {}; table:damge()", expected:format "")
   unit.assertStrContains(said "self:fly_away_home()", "attempt to call method 'fly_away_home' (a nil value)\nstack")
   unit.assertStrContains(said "self.home.x = nil", "p.lua:2: Vec2.x: number expected, got nil\nstack")
   unit.assertStrContains(said "local home = self:middle(self.home); home.x = nil",
      "cannot convert 'nil' to 'float': that is no value for a member of a value struct\nstack")
   unit.assertStrContains(said "native.Box(self.home, self.home, 0, 1).min.x = 1",
      "attempt to write to constant location: this is a copy, and the change would be lost; write a whole value to where it came from\nstack")
   zoo.apply { ["p.lua"] = false }
   zoo.finish(animal)
end

TestSandbox = {}

function TestSandbox:test_scripts_do_not_see_what_is_not_on_the_list()
   for _, name in ipairs { "ffi", "io", "os", "debug", "package", "jit", "load", "loadstring", "dofile", "loadfile",
      "getfenv", "setfenv", "newproxy", "collectgarbage", "rawset", "module", "gcinfo" } do
      unit.assertNil(zoo.environment[name], name)
   end
   unit.assertNil(zoo.environment.string.dump)
   unit.assertFalse(pcall(zoo.environment.require, "ffi"))
end

function TestSandbox:test_metatables_are_locked()
   local lion = zoo.lion(1)
   unit.assertEquals(zoo.script [[return getmetatable("")]], false)
   unit.assertEquals(getmetatable(lion), false)
   unit.assertEquals(getmetatable(native.Lion), false)
   unit.assertFalse(pcall(setmetatable, native, {}))
   unit.assertEquals(zoo.script [[return ("ab"):rep(2)]], "abab")
   unit.assertNil(zoo.script [[return ("").dump]])
   zoo.finish(lion)
end

function TestSandbox:test_accessors_are_not_handed_out()
   unit.assertNil(native.Animal.x)
   unit.assertNil(native.Animal.speed)
end

function TestSandbox:test_scripts_get_copies_of_libraries()
   zoo.script [[string.format = nil]]
   unit.assertNotNil(string.format)
   unit.assertEquals(("%d"):format(3), "3")
   zoo.environment.string.format = string.format
end

function TestCrossing:test_what_a_patch_hands_on_in_a_tail_call_is_blamed_on_the_patch()
   zoo.log()
   zoo.apply { ["p.lua"] = [[local patch = require "patch"
      patch.override(native.Animal, "damage", function(original, self) return original(self, "bad") end)]] }
   local animal = zoo.animal(5)
   animal:damage(1)
   zoo.c.damage(animal, 1)
   for index, line in ipairs(zoo.log()) do
      unit.assertStrMatches(line, "error: patch p: Animal%.damage: amount: integer expected, got string "
         .. "%(from the function at p%.lua:2%)\nstack traceback:.*", nil, nil, index)
   end
   unit.assertEquals({ animal.hp, zoo.list()["p.lua"].errors }, { 3, 2 })
   zoo.apply { ["p.lua"] = false }
   zoo.finish(animal)
end

function TestCrossing:test_what_is_too_much_is_refused_behind_nils_as_well()
   local leaf, method = lion.distance, native.Animal.damage
   local to = { x = 0, y = 0 }
   for _, patched in ipairs { false, true } do
      zoo.apply { ["p.lua"] = patched and [[local patch = require "patch"
         patch.override(native.Animal, "damage", function(original, self, amount) return original(self, amount) end)
         patch.override(native.Animal, "distance", function(original, self, to) return original(self, to) end)]] }
      unit.assertErrorMsgContains("Animal.distance: too many arguments (1 expected)", leaf, lion, to, nil, 5)
      unit.assertErrorMsgContains("Animal.damage: too many arguments (1 expected)", method, lion, 1, nil, nil, 5)
      unit.assertEquals({ leaf(lion, to, nil, nil), method(lion, 1, nil) }, { 0, patched and 98 or 99 })
   end
   zoo.apply { ["p.lua"] = false }
end
