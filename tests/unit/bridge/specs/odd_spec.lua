-- Legal C that a generator could stumble over: called, patched, and called by patches.

local patching = require "patching"

local native = native
local odd

TestOdd = {}

function TestOdd:setUp()
   odd = native.Odd.new()
   zoo.log()
end

function TestOdd:tearDown()
   zoo.apply { ["p.lua"] = false }
   odd:destroy()
end

local THIRTY = {}
for index = 1, 29 do THIRTY[index] = index end

-- {method, arguments, results}
local CALLS = {
   { "names", { 0, 1, 0, 0, 1, 1, 0, 0, 0, 1 }, { 2 + 16 + 32 + 512 } },
   { "leaf_names", { 1, 2, 3, 4 }, { 43217 } },
   { "derived", { "A\0", 1, { 5, 6 }, 2, 10, 20, 7 }, { 65 + 2 + 1 + 6 + 2, 30, 7 } },
   { "parts", { { x = 1, y = 2 }, 3, 4, 5 }, { 54321 } },
   { "title", { "Odd", "LEAST" }, { "Odd" } },
   { "title", { "Odd", "LETTER" }, { "other" } },
   { "wide", { -1, 2, true }, { 0xffffffffffffffffULL - 257 } },
   { "cells", { { 1, 2, 3 } }, { 321 } },
   { "going", {}, { 7 } },
   { "swap", { { x = 1, y = 2 } }, { native.OddPlace(2, 1) } },
   { "leaf_swap", { { x = 1, y = 2 } }, { native.OddPlace(2, 1) } },
   { "twice", { 2 ^ 60 }, { 0x2000000000000000LL } },
   { "defaults", {}, { 16 + 3 + 500 } },
   { "thirty", THIRTY, { 406 + 29000 } },
   { "leaf_thirty", THIRTY, { 406 + 29000 } },
   { "is", {}, { 7 } }, { "is_valid", {}, { 7 } }, { "__index", {}, { 7 } }, { "until", {}, { 7 } },
}

local function check_calls()
   odd.kind = "LEAST"
   for _, call in ipairs(CALLS) do
      local name, arguments, expected = call[1], call[2], call[3]
      for _ = 1, 100 do unit.assertEquals({ odd[name](odd, unpack(arguments)) }, expected, name) end
   end
end

function TestOdd:test_names_types_and_macros_that_could_be_misread() check_calls() end

function TestOdd:test_they_are_patched_like_others()
   local lines, fetched = {}, {}
   for _, call in ipairs(CALLS) do
      lines[#lines + 1] = ("patch.override(native.Odd, %q, function(original, ...) return original(...) end)"):format(call[1])
      fetched[call[1]] = odd[call[1]]
   end
   table.sort(lines)
   local once = {}
   for index, line in ipairs(lines) do
      if line ~= lines[index - 1] then once[#once + 1] = line end
   end
   patching.apply(table.concat(once, "\n"))
   check_calls()
   odd.kind = "LEAST"
   for _, call in ipairs(CALLS) do -- what was fetched before goes through C
      unit.assertEquals({ fetched[call[1]](odd, unpack(call[2])) }, call[3], call[1])
   end
   zoo.apply { ["p.lua"] = false }
   check_calls()
end

function TestOdd:test_members_lie_where_C_has_them()
   odd.place.x, odd.place.y, odd.places[2].y = 1, 2, 3
   odd.row[3], odd.grid[5], odd["end"], odd.lua_State = 4, 5, 6, 8
   unit.assertEquals({ odd.place.x, odd.place.y, odd.places[2].y }, { 1, 2, 3 })
   unit.assertEquals({ odd.row[3], odd.grid[5], odd["end"], odd.lua_State }, { 4, 5, 6, 8 })
   unit.assertEquals({ odd.fixed, odd.hidden, odd.flag, #odd.grid, #odd.row, #odd.places }, { 7, 3, 1, 5, 3, 2 })
   unit.assertEquals(odd.next, odd)
   unit.assertErrorMsgContains("read only", function() odd.fixed = 1 end)
   for name, number in pairs { LOW = -5, LETTER = 120, SUM = 11, MOST = 2 ^ 31 - 1, LEAST = -2 ^ 31 } do
      odd.kind = name
      unit.assertEquals({ odd.kind, native.OddKind[name] }, { number, number })
   end
end

function TestOdd:test_a_wrong_argument_is_told_by_the_name_that_the_header_has()
   unit.assertErrorMsgContains("Odd.leaf_names: end: integer expected", function() odd:leaf_names(1, 2, 3, "x") end)
   unit.assertErrorMsgContains("Odd.names: lua_State: integer expected", function() odd:names("x") end)
end
