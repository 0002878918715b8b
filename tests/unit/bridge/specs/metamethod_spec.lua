-- Operators, indexers and iteration of classes that declare them; questions about objects.

local apply = require "patching".apply

local native = native
local made

local function keep(object, close)
   made[#made + 1] = { object = object, close = close }
   return object
end

local function bag(...)
   local self = keep(native.Bag.open(), native.Bag.close)
   for index, price in ipairs { ... } do self[index] = keep(native.Item.make(price), native.Item.drop) end
   return self
end

local function chest(...)
   local self = keep(native.Chest.open(), native.Bag.close)
   for index, price in ipairs { ... } do self[index] = keep(native.Item.make(price), native.Item.drop) end
   return self
end

local function ledger(lines)
   local self = keep(native.Ledger.open(), native.Ledger.close)
   for _, line in ipairs(lines) do self[line[1]] = line[2] end
   return self
end

local function purse(coins) return keep(native.Purse.open(coins), native.Purse.close) end

local function close(object)
   for index, each in ipairs(made) do
      if rawequal(each.object, object) then
         table.remove(made, index)
         each.close(object)
         return
      end
   end
end

--- What a script's code returns, with names for it.
local function run(code, given)
   local chunk = assert(load(code, "@script.lua", "t", setmetatable(given, { __index = zoo.environment })))
   return chunk()
end

local function set_up()
   made = {}
   zoo.log()
end

local function tear_down()
   zoo.apply { ["p.lua"] = false }
   for index = #made, 1, -1 do made[index].close(made[index].object) end
end

TestMetamethods = { setUp = set_up, tearDown = tear_down }

-- {code, result}. The purse p holds 7 coins, q 2; b is a bag with two items, e an empty one.
local OPERATORS = {
   { "p + 1", 8 }, { "p - q", 5 }, { "p * 3", 21 }, { "p / 2", 3.5 }, { "p % 4", 3 }, { "p ^ 2", 49 }, { "-p", -7 },
   { "p .. ' coins'", "7 coins" }, { "p == q", false }, { "p ~= q", true }, { "p == p", true }, { "p < q", false },
   { "p > q", true }, { "p <= q", false }, { "p >= q", true }, { "p:plus(1)", 8 }, { "p[7]", 1 }, { "p[7.5]", 0 },
   { "#b", 2 }, { "#e", 0 }, { "b[1].price", 10 }, { "b[2].price", 20 }, { "b[0]", nil }, { "b[3]", nil },
   { "b:at(1).price", 10 }, { "b()", 30 }, { "select(2, b())", 2 }, { "b(2)", 60 }, { "tostring(b)", "bag of 2" },
   { "tostring(e):match('^Bag#%d+$') ~= nil", true }, { "b == e", false }, { "b <= e", false }, { "e <= b", true },
   { "l.gold", 3 }, { "l.silver", -4 }, { "l.lead", nil }, { "#l", 2 }, { "l.year", 1969 }, { "type(l.count)", "function" },
   { "p == b", false }, { "b == nil", false }, { "b == 'b'", false }, { "l == b", false },
}

local function zoo_of_operators()
   local l = ledger { { "gold", 3 }, { "silver", -4 } }
   l.year = 1969
   return { p = purse(7), q = purse(2), b = bag(10, 20), e = bag(), l = l }
end

function TestMetamethods:test_operators_call_the_methods()
   local given = zoo_of_operators()
   for _, case in ipairs(OPERATORS) do unit.assertEquals(run("return " .. case[1], given), case[2], case[1]) end
end

function TestMetamethods:test_operators_in_compiled_loops()
   local given = zoo_of_operators()
   for _, case in ipairs(OPERATORS) do
      unit.assertEquals(run(("local r for i = 1, 200 do r = %s end return r"):format(case[1]), given), case[2], case[1])
   end
end

-- {code, words}
local MISUSES = {
   { "return 1 + p", "Purse +: the Purse must stand on the left, got 1 + Purse" },
   { "return 'x' .. p", "Purse ..: the Purse must stand on the left, got string .. Purse" },
   { "return b + p", "Purse +: the Purse must stand on the left, got Bag + Purse" },
   { "return p + 'x'", "Purse.plus: other: number expected, got string" },
   { "return p - 1", "Purse.minus: other: Purse expected, got 1" },
   { "return p < b", "Purse.is_less: other: Purse expected, got Bag" },
   { "return b < p", "Bag.is_smaller: other: Bag expected, got Purse" },
   { "return b[1.5]", "Bag.at: number: integer expected, got 1.5" },
   { "b[1] = 3", "Bag.put: item: Item expected, got 3" },
   { "b[1] = p", "Bag.put: item: Item expected, got Purse" },
   { "b[4] = nil", "Bag[4] is no key that it takes" },
   { "b[-1] = nil", "Bag[-1] is no key that it takes" },
   { "p[1] = 3", "Purse[1] is read only" },
   { "l.gold = 'x'", "Ledger.enter: value: integer expected, got string" },
   { "l.year = 'x'", "Ledger.year: integer expected, got string" },
   { "local worth = b('x')", "Bag.worth: times: integer expected, got string" },
   { "local worth = b(1, 2)", "Bag.worth: too many arguments (1 expected)" },
   { "for _ in pairs(p) do end", "pairs: Purse declares no MP_META(iterate)" },
   { "for _ in ipairs(p) do end", "ipairs: Purse declares no MP_META(len) with an MP_META(index) by numbers" },
   { "for _ in ipairs(l) do end", "ipairs: Ledger declares no MP_META(len) with an MP_META(index) by numbers" },
   { "for _ in pairs(nil) do end", "bad argument #1 to 'pairs' (table, object or list in an object expected, got nil)" },
   { "for _ in ipairs('x') do end", "bad argument #1 to 'ipairs' (table, object or list in an object expected, got string)" },
   { "for _ in pairs(3LL) do end", "bad argument #1 to 'pairs' (table, object or list in an object expected, got 3LL)" },
   { "weak(3)", "weak: object expected, got 3" },
   { "weak(native)", "weak: object expected, got native" },
}

function TestMetamethods:test_misuse_names_what_was_expected_and_what_came()
   local given = zoo_of_operators()
   for _, misuse in ipairs(MISUSES) do
      local ok, message = pcall(run, misuse[1], given)
      unit.assertFalse(ok, misuse[1])
      unit.assertEquals(message, "script.lua:1: " .. misuse[2], misuse[1])
   end
end

function TestMetamethods:test_a_patch_that_finds_nothing_returns_false_and_no_more()
   local b, l = bag(10, 20), ledger { { "gold", 3 } }
   local through_c = { next = native.Bag.next, find = native.Ledger.find }
   apply [[
      patch.override(native.Bag, "next", function(original, self, cursor)
         if cursor == 1 then return false end
         return original(self, cursor)
      end)
      patch.override(native.Ledger, "find", function(original, self, name)
         if name == "gold" then return false end
         return original(self, name)
      end)]]
   local prices = {}
   for _, item in zoo.environment.pairs(b) do prices[#prices + 1] = item.price end
   unit.assertEquals(prices, { 10 })
   unit.assertNil(l.gold)
   for name, func in pairs(through_c) do unit.assertFalse((func(name == "next" and b or l, name == "next" and 1 or "gold")), name) end
   unit.assertEquals(zoo.list()["p.lua"].errors, 0, table.concat(zoo.log(), "\n"))
end

function TestMetamethods:test_operators_of_dead_objects()
   local given = { p = purse(1), q = purse(1), b = bag(), c = bag(), l = ledger {} }
   close(given.p)
   close(given.b)
   close(given.l)
   for _, code in ipairs { "p + 1", "-p", "p < q", "q < p", "p .. 'x'", "p[1]", "#b", "b[1]", "b.field", "b()", "c < b", "l.gold" } do
      unit.assertErrorMsgContains("was destroyed", run, "return " .. code, given)
   end
   for _, code in ipairs { "b[1] = nil", "l.gold = 1", "for _ in pairs(b) do end", "for _ in ipairs(b) do end", "for _ in pairs(l) do end" } do
      unit.assertErrorMsgContains("was destroyed", run, code, given)
   end
   unit.assertFalse(run("return p == q or q == p", given))
   unit.assertTrue(run("return p == p", given))
   unit.assertStrMatches(run("return tostring(b)", given), "Bag#%d+ %(destroyed%)")
end

-- ---- derived classes and patches ------------------------------------------------------------

function TestMetamethods:test_derived_classes_inherit_and_override()
   local given = { c = chest(5, 6), b = bag(11), d = bag(1, 2), x = bag(1, 1, 1) }
   unit.assertEquals(run("return #c", given), 3) -- Chest.size
   unit.assertEquals(run("return c[2].price", given), 6)
   unit.assertEquals(run("return c()", given), 11)
   unit.assertTrue(run("return c == b", given)) -- Chest.equals, by price
   unit.assertFalse(run("return b == c", given)) -- Bag.equals, by number
   unit.assertTrue(run("return d == c", given))
   unit.assertTrue(run("return c < x and b < c", given))
end

function TestMetamethods:test_a_patch_is_seen_at_once_in_compiled_loops()
   for _ = 1, 2 do -- apply, revert, apply
      local given = { b = bag(1, 2), c = chest(1), p = purse(3), l = ledger { { "a", 1 } }, apply = apply, zoo = zoo }
      local sums = run([[
         local before, after, removed = 0, 0, 0
         local function sum()
            local total = #b + #c + (p + 1) + (l.a or 0) + b[1].price
            for _, item in pairs(b) do total = total + item.price end
            return total
         end
         for i = 1, 300 do
            if i == 101 then apply [=[
               patch.override(native.Bag, "size", function(original, self) return original(self) + 100 end)
               patch.override(native.Purse, "plus", function(original, self, other) return original(self, other) + 1000 end)
               patch.override(native.Ledger, "find", function(original, self, name) return false, 0 end)
               patch.override(native.Bag, "at", function(original, self, number) return original(self, 2) end)
               patch.override(native.Bag, "next", function(original, self, cursor)
                  local more, after, item = original(self, cursor)
                  if after > 1 then return false, after, item end
                  return more, after, item
               end)
            ]=] end
            if i == 201 then zoo.apply { ["p.lua"] = false } end
            if i <= 100 then before = before + sum() elseif i <= 200 then after = after + sum() else removed = removed + sum() end
         end
         return { before, after, removed }]], given)
      local plain = 2 + 2 + 4 + 1 + 1 + 3
      local patched = 102 + 2 + 1004 + 0 + 2 + 1
      unit.assertEquals(sums, { 100 * plain, 100 * patched, 100 * plain })
      unit.assertEquals(zoo.list()["p.lua"].errors, 0, table.concat(zoo.log(), "\n"))
   end
end

function TestMetamethods:test_a_failing_patch_of_an_operator_falls_back()
   local given = { p = purse(3), q = purse(3) }
   apply [[
      patch.override(native.Purse, "plus", function() error "no" end)
      patch.override(native.Purse, "equals", function() return 1 end)]]
   unit.assertEquals(run("return p + 1", given), 4)
   unit.assertTrue(run("return p == q", given))
   unit.assertEquals(zoo.list()["p.lua"].errors, 2)
end

-- ---- indexers, fields, iteration ------------------------------------------------------------

function TestMetamethods:test_keys_of_other_types_are_fields()
   local b = bag(10)
   b.mood = "proud"
   b[true] = "yes"
   unit.assertEquals(b.mood, "proud")
   unit.assertEquals(b[true], "yes")
   unit.assertNil(b.missing)
   unit.assertNil(b[b])
   local l = ledger {}
   l[1] = "one"
   unit.assertEquals(l[1], "one")
   unit.assertEquals(#l, 0)
   unit.assertErrorMsgContains("is a method", function() l.count = 3 end)
   unit.assertErrorMsgContains("is read only", function() b.count = 3 end)
end

function TestMetamethods:test_keys_that_are_numbers_stay_numbers()
   local item = keep(native.Item.make(1), native.Item.drop)
   item[1], item["1"] = "number", "text"
   unit.assertEquals(item[1], "number")
   unit.assertEquals(item["1"], "text")
   close(item)
   unit.assertErrorMsgContains("was destroyed", function() return item[1] end)
   unit.assertErrorMsgContains("was destroyed", function() return item[true] end)
end

function TestMetamethods:test_an_indexer_can_be_written()
   local b = bag(10, 20)
   b[2] = b[1]
   unit.assertEquals(b(), 20)
   b[1] = nil
   unit.assertEquals(b(), 10)
   unit.assertNil(b[1])
end

local LOOPS = {
   { "pairs(b)", "1 10, 2 20, 3 30" }, { "ipairs(b)", "1 10, 2 20, 3 30" }, { "pairs(e)", "" }, { "ipairs(e)", "" },
   { "pairs(c)", "1 7" }, { "ipairs(c)", "1 7" }, { "pairs(l)", "gold 3, silver -4" },
   { "pairs(b.weights)", "1 0.5, 2 1.5, 3 0, 4 0" }, { "ipairs(b.weights)", "1 0.5, 2 1.5, 3 0, 4 0" },
   { "pairs { 5, 6 }", "1 5, 2 6" }, { "pairs { x = 5 }", "x 5" }, { "ipairs { 5, 6, nil, 8 }", "1 5, 2 6" }, { "pairs {}", "" },
}

function TestMetamethods:test_pairs_and_ipairs()
   local given = { b = bag(10, 20, 30), e = bag(), c = chest(7), l = ledger { { "gold", 3 }, { "silver", -4 } } }
   given.b.weights[1], given.b.weights[2] = 0.5, 1.5
   for _, loop in ipairs(LOOPS) do
      local seen = run(([[
         local seen
         for _ = 1, 100 do
            seen = {}
            for key, value in %s do
               seen[#seen + 1] = tostring(key) .. " " .. tostring(type(value) == "userdata" and value.price or value)
            end
         end
         return table.concat(seen, ", ")]]):format(loop[1]), given)
      unit.assertEquals(seen, loop[2], loop[1])
   end
end

function TestMetamethods:test_pairs_of_tables_is_as_ever()
   local pairs, ipairs = zoo.environment.pairs, zoo.environment.ipairs
   local t = { 1, 2, x = 3 }
   unit.assertEquals({ pairs(t) }, { next, t })
   unit.assertEquals({ ipairs(t) }, { _G.ipairs(t) })
   local clear = { a = 1, b = 2, c = 3 }
   for key in pairs(clear) do clear[key] = nil end
   unit.assertNil(next(clear))
end

-- ---- lists ----------------------------------------------------------------------------------

function TestMetamethods:test_arrays_in_objects_are_taken_as_lists()
   local b = bag()
   for index = 1, 4 do b.weights[index], b.sizes[index] = index / 2, index * 10 end
   for _ = 1, 100 do
      unit.assertEquals(b:total(b.weights), 5)
      unit.assertEquals(b:leaf_total(b.weights), 5)
      unit.assertEquals(b:total(b.sizes), 100) -- other numbers, one by one
      unit.assertEquals(b:sum(b.sizes), 100)
   end
   local crate = zoo.crate()
   unit.assertEquals(crate:centre(crate.corners), native.Vec2(0, 0))
   unit.assertEquals(crate:total(crate.readings), 7.5)
   unit.assertEquals(crate:fill { weights = { 2, 3 }, count = 1, what = "x", label = 1, wet = true, serial = 5 }, 1116)
   unit.assertErrorMsgContains("numbers: list of 4 numbers expected, got 3", b.sum, b, crate.readings)
   unit.assertErrorMsgContains("weights[1]: number expected, got Vec2", b.total, b, crate.corners)
   unit.assertErrorMsgContains("weights: list of numbers expected, got Box", b.total, b, crate.bounds)
   local readings = crate.readings
   zoo.break_crate()
   unit.assertErrorMsgContains("was destroyed", b.total, b, readings)
end

function TestMetamethods:test_a_patch_may_return_an_array_in_an_object()
   local crate = zoo.crate()
   apply [[patch.override(native.Crate, "numbers", function(original, self) return self.readings end)]]
   unit.assertEquals(zoo.list()["p.lua"].errors, 0)
   unit.assertEquals(crate:numbers(3)[1], 1)
   unit.assertEquals(zoo.list()["p.lua"].errors, 1) -- 1.5 is no integer
   apply [[
      local sizes
      patch.override(native.Crate, "numbers", function(original, self, last) return sizes end)
      patch.override(native.Bag, "size", function(original, self)
         sizes = self.sizes
         return 0
      end)]]
   local b = bag()
   b.sizes[4] = 9
   unit.assertEquals(#b, 0)
   unit.assertEquals(crate:numbers(3)[4], 9)
   zoo.break_crate()
end

-- ---- questions ------------------------------------------------------------------------------

TestQuestions = { setUp = set_up, tearDown = tear_down }

local STRANGERS = { false, 3, "Bag", {}, print, native, native.Bag, 3LL, native.Vec2(1, 2), coroutine.create(print) }

function TestQuestions:test_is_and_cast_know_the_class_of_live_objects()
   local b, c, p = bag(), chest(), purse(1)
   for _ = 1, 100 do
      unit.assertTrue(native.Bag.is(b) and native.Bag.is(c) and native.Chest.is(c))
      unit.assertFalse(native.Chest.is(b) or native.Bag.is(p))
      unit.assertIs(native.Chest.cast(c), c)
      unit.assertIs(native.Bag.cast(c), c)
      unit.assertNil(native.Chest.cast(b))
   end
   for _, stranger in ipairs(STRANGERS) do
      unit.assertFalse(native.Bag.is(stranger))
      unit.assertNil(native.Bag.cast(stranger))
   end
   unit.assertFalse(native.Bag.is())
   unit.assertFalse(native.Bag.is(b.weights))
   close(c)
   unit.assertFalse(native.Bag.is(c))
   unit.assertNil(native.Bag.cast(c))
   unit.assertEquals(native.Ledger.is(), "a book") -- its own function
   unit.assertNil(native.Ledger.cast(p))
   unit.assertNil(native.keeper.is)
   unit.assertNil(native.Bag.weights)
end

function TestQuestions:test_is_valid()
   local is_valid = zoo.environment.is_valid
   local crate, b = zoo.crate(), bag()
   local inside = { crate, crate.bounds, crate.bounds.max, crate.corners, crate.corners[1] }
   for _ = 1, 100 do
      for _, each in ipairs(inside) do unit.assertTrue(is_valid(each)) end
   end
   for _, stranger in ipairs(STRANGERS) do unit.assertFalse(is_valid(stranger)) end
   unit.assertFalse(is_valid())
   unit.assertFalse(is_valid(zoo.environment.weak(b)))
   zoo.crate() -- destroys the crate, and makes another one in its place
   for _, each in ipairs(inside) do unit.assertFalse(is_valid(each)) end
end

function TestQuestions:test_weak_references_end_with_the_object()
   local weak = zoo.environment.weak
   local b, other = bag(1), bag()
   local reference = weak(b)
   for _ = 1, 100 do unit.assertIs(reference(), b) end
   unit.assertTrue(reference == weak(b))
   unit.assertFalse(reference == weak(other) or reference == b)
   unit.assertEquals(tostring(reference), "weak bag of 1")
   close(b)
   unit.assertNil(reference())
   unit.assertStrMatches(tostring(reference), "weak #%d+ %(destroyed%)")
   local reborn = bag() -- takes the same place
   unit.assertNil(reference())
   unit.assertNil(weak(b)())
   unit.assertIs(weak(reborn)(), reborn)
end

function TestQuestions:test_weak_references_keep_no_handle()
   local b = bag()
   local handles = setmetatable({ b }, { __mode = "v" })
   local reference = zoo.environment.weak(b)
   made[#made].object, b = nil, nil
   collectgarbage()
   collectgarbage()
   unit.assertNil(handles[1])
   made[#made].object = reference()
   unit.assertTrue(native.Bag.is(reference()))
end

function TestQuestions:test_weak_references_do_not_hold_shared_objects()
   local is_valid, reference = zoo.environment.is_valid, zoo.environment.weak(native.Kite.new { length = 3 })
   collectgarbage()
   collectgarbage()
   unit.assertEquals(reference().length, 3) -- its end comes between two frames; until then it can be saved
   local kite = reference()
   zoo.step()
   unit.assertTrue(is_valid(kite))
   unit.assertEquals(native.toys.count(), 1)
   kite = nil
   collectgarbage()
   collectgarbage()
   zoo.step()
   unit.assertNil(reference())
   unit.assertEquals(native.toys.count(), 0)
end

function TestQuestions:test_what_names_an_object_cannot_be_forged()
   local crate, b = zoo.crate(), bag()
   for _, each in ipairs { crate.bounds, crate.weights, zoo.environment.weak(b) } do
      for _, field in ipairs { "mp_index", "mp_generation", "mp_offset", "index", "offset" } do
         unit.assertFalse(pcall(function() each[field] = 7 end), field)
      end
   end
end

function TestQuestions:test_objects_are_keys_and_equal_themselves()
   local p, q = purse(1), purse(1)
   local seen = { [p] = "p", [q] = "q" }
   unit.assertTrue(p == q) -- Purse.equals
   unit.assertEquals(seen[p] .. seen[q], "pq") -- keys are identity
   local item = keep(native.Item.make(1), native.Item.drop)
   local b = bag()
   b[1] = item
   unit.assertTrue(b[1] == item)
   unit.assertFalse(item == keep(native.Item.make(1), native.Item.drop))
   unit.assertStrMatches(tostring(item), "Item#%d+")
   close(b)
   close(item)
   unit.assertStrMatches(tostring(item), "Item#%d+ %(destroyed%)")
   unit.assertEquals(seen[p], "p")
end
