-- The functions that scripts get in another make: the same results and the same errors as Lua's own,
-- over subjects and patterns that are made up.

TestLibrary = {}

local ours

--- Lua's own, whatever the machine has put into the methods of strings.
local lua = string

function TestLibrary:setUp()
   math.randomseed(7)
   ours = zoo.script "return { string = string, table = table, coroutine = coroutine, pcall = pcall, xpcall = xpcall }"
end

local function pack(...) return { n = select("#", ...), ... } end

--- What a call gives, as text: its results, or its error without the place and the function's name.
local function outcome(ok, ...)
   if not ok then return "error: " .. tostring((...)):gsub("^[^:]*:%d+: ", ""):gsub("to '[^']*'", "") end
   local words, results = {}, pack(...)
   for index = 1, results.n do words[index] = type(results[index]) .. " " .. lua.format("%q", tostring(results[index])) end
   return select("#", ...) .. ": " .. table.concat(words, ", ")
end

local function check(name, own, other, ...)
   local expected, got = outcome(pcall(other, ...)), outcome(pcall(own, ...))
   if got ~= expected then -- the message is worth its time only now
      local words = {}
      for index, value in ipairs(pack(...)) do words[index] = lua.format("%q", tostring(value)) end
      unit.fail(lua.format("%s(%s): expected %s, got %s", name, table.concat(words, ", "), expected, got))
   end
end

local function pick(list) return list[math.random(#list)] end

local ITEMS = {
   "a", "b", ".", "%a", "%A", "%d", "%s", "%w", "%W", "%p", "%x", "%u", "%l", "%c", "%z", "%Z", "%g", "%%", "%.", "[ab]",
   "[^ab]", "[a-c]", "[%a_]", "[]]", "[^]]", "[a-]", "[%]]", "%b()", "%bxy", "%f[%w]", "%f[^a]", "%1", "%2", "(", ")", "()",
   "(a)", "(.-)", "(%a+)", "^", "$", "-", "[", "%", "[a", "[%", "%b", "%bx", "%f", "%fa", "]", "\0", "\200", "x", "y", " ",
}
local REPEATS = { "", "", "", "*", "+", "-", "?" }
local BYTES = { "a", "b", "c", "x", "y", "A", "1", "_", " ", "(", ")", ".", "%", "\n", "\0", "\200", "]", "-" }

local function make(pieces, most, suffixes)
   local made = {}
   for index = 1, math.random(0, most) do made[index] = pick(pieces) .. (suffixes and pick(suffixes) or "") end
   return table.concat(made)
end

local function all_matches(gmatch)
   return function(subject, pattern)
      local found = {}
      for a, b, c in gmatch(subject, pattern) do found[#found + 1] = tostring(a) .. "|" .. tostring(b) .. "|" .. tostring(c) end
      return table.concat(found, ";")
   end
end

local REPLACEMENTS = {
   "", "r", "%0", "%1", "%2", "<%0%1>", "%%", "%a", "%", 7, true, string.upper,
   function(a, b) return b and a .. b end, function() return false end, function() return {} end, function() return 1 end,
   { a = "A", ab = 12, [""] = "empty" }, setmetatable({}, { __index = function(_, key) return "<" .. key .. ">" end }),
}

function TestLibrary:test_patterns_are_what_they_are_in_lua()
   for _ = 1, 40000 do
      local subject, pattern = make(BYTES, 12), make(ITEMS, 5, REPEATS)
      local start = math.random(4) == 1 and math.random(-15, 15) or nil
      check("find", ours.string.find, lua.find, subject, pattern, start)
      check("match", ours.string.match, lua.match, subject, pattern, start)
      check("gmatch", all_matches(ours.string.gmatch), all_matches(lua.gmatch), subject, pattern)
      check("gsub", ours.string.gsub, lua.gsub, subject, pattern, pick(REPLACEMENTS), start)
   end
end

function TestLibrary:test_plain_searches_are()
   for _ = 1, 20000 do
      local subject, wanted = make(BYTES, 12), make(BYTES, 3)
      check("find", ours.string.find, lua.find, subject, wanted, math.random(-15, 15), true)
      check("find", ours.string.find, lua.find, subject, wanted)
   end
end

local WRONG = { nil, true, {}, type, "x", 1, 1.5, -1 }

function TestLibrary:test_wrong_arguments_are_refused_in_the_same_words()
   for _ = 1, 5000 do
      local a, b, c, d = WRONG[math.random(8)], WRONG[math.random(8)], WRONG[math.random(8)], WRONG[math.random(8)]
      for _, name in ipairs { "find", "match", "gsub", "rep" } do
         check(name, ours.string[name], lua[name], a, b, c, d)
      end
      check("concat", ours.table.concat, table.concat, type(a) == "table" and { b, c } or a, b, c, d)
      if b ~= -1 then check("insert", ours.table.insert, table.insert, type(a) == "table" and { 1, 2 } or a, b, c) end
   end
end

function TestLibrary:test_a_pattern_that_is_too_complex_is_as_complex_as_in_lua()
   for depth = 190, 210 do
      for _, item in ipairs { "a?", "a*", "a-", "()" } do
         check("find", ours.string.find, lua.find, lua.rep("a", 300), lua.rep(item, depth))
      end
   end
end

function TestLibrary:test_rep_and_concat()
   for _ = 1, 3000 do
      local list = {}
      for index = 1, math.random(0, 8) do list[index] = pick { "a", "", 1, 2.5, "long text" } end
      local first, last = pick { 1, 2, -1, 9 }, pick { 0, 1, 5, 9 }
      check("concat", ours.table.concat, table.concat, list, pick { "", ", ", 1 }, first, last)
      check("rep", ours.string.rep, lua.rep, make(BYTES, 4), math.random(-2, 9), pick { "", ",", "ab" })
   end
   check("rep", ours.string.rep, lua.rep, "abc", 700000)
   check("rep", ours.string.rep, lua.rep, "abc", 700000, "-")
end

local function sorted(sort)
   return function(list, compare)
      local copy = { unpack(list) }
      sort(copy, compare)
      return unpack(copy)
   end
end

function TestLibrary:test_sort()
   for count = 0, 60 do
      local numbers, words = {}, {}
      for index = 1, count do numbers[index], words[index] = math.random(20), make(BYTES, 3) end
      check("sort", sorted(ours.table.sort), sorted(table.sort), numbers)
      check("sort", sorted(ours.table.sort), sorted(table.sort), words)
      check("sort", sorted(ours.table.sort), sorted(table.sort), numbers, function(a, b) return a > b end)
   end
   check("sort", sorted(ours.table.sort), sorted(table.sort), { 1, "a" })
   check("sort", sorted(ours.table.sort), sorted(table.sort), { {}, {} })
end

function TestLibrary:test_a_sort_that_fails_leaves_the_list_alone()
   local list, count = { 5, 3, 9, 1, 7 }, 0
   unit.assertFalse((pcall(ours.table.sort, list, function(a, b)
      count = count + 1
      if count == 5 then error "x" end
      return a < b
   end)))
   unit.assertEquals(list, { 5, 3, 9, 1, 7 })
end

--- Comparisons of elements that get their order only when they are compared, so that it is the worst.
function TestLibrary:test_sort_cannot_be_made_quadratic()
   local values, nth, comparisons, list = {}, 0, 0, {}
   for index = 1, 4096 do list[index] = index end
   ours.table.sort(list, function(a, b)
      comparisons = comparisons + 1
      if not values[a] and not values[b] then
         nth = nth + 1
         values[a] = nth
      end
      return (values[a] or math.huge) < (values[b] or math.huge)
   end)
   unit.assertTrue(comparisons <= 4096 * 12, comparisons)
end

local function steps(library)
   return function()
      local log = {}
      local function note(...) log[#log + 1] = outcome(true, ...) end
      local co = library.create(function(...)
         note(...)
         note(library.yield(1, nil))
         error({})
      end)
      note(library.resume(co, "a", nil))
      note(library.status(co))
      note(select("#", library.resume(co)))
      note(library.resume(co))
      note(pcall(library.wrap(function() note(library.resume(library.running())) end)))
      note(pcall(library.wrap(function() error("x", 0) end)))
      note(pcall(library.wrap(function() error("x") end)))
      note(select("#", pcall(library.wrap(function() error({}) end))))
      local wrapped = library.wrap(function(...) return library.yield(...) end)
      note(wrapped(1, 2, 3))
      note(wrapped(4))
      note(pcall(wrapped))
      note(pcall(library.resume, 1))
      note(pcall(library.wrap, 1))
      return (table.concat(log, "\n"):gsub("table: 0x%x+", "table"))
   end
end

function TestLibrary:test_coroutines()
   unit.assertEquals(steps(ours.coroutine)(), steps(coroutine)())
end

function TestLibrary:test_pcall_and_xpcall()
   for _, call in ipairs { { "pcall" }, { "pcall", error, "x" }, { "pcall", error }, { "pcall", 1 }, { "pcall", unpack, { 1, 2 } },
      { "xpcall", error, 1 }, { "xpcall", error, tostring }, { "xpcall", unpack, print, { 1, 2 } },
      { "xpcall", error, function(m) return "<" .. tostring(m) .. ">" end, "x" } } do
      check(call[1], ours[call[1]], _G[call[1]], unpack(call, 2))
   end
   local co = coroutine.wrap(function() return ours.pcall(coroutine.yield, 1) end)
   unit.assertEquals(co(), 1)
   unit.assertEquals({ co(2, 3) }, { true, 2, 3 })
end
