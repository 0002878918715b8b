-- parser.lua COUNT FILE ... - lint's parser takes what LuaJIT takes, and nothing else: the given files,
-- edge cases, and COUNT texts that are made of pieces of the files and of odd tokens.
--
-- SEED=n repeats a run with other mutants.

local count, files = tonumber(arg[1]), { select(2, ...) }
arg = {} -- luaunit would take them for its own
unit = require "luaunit"

local loaded = {}
local function import(name)
   if loaded[name] == nil then loaded[name] = assert(loadfile("cli/lint/" .. name .. ".lua"))(nil, import) end
   return loaded[name]
end
local parser = import "parser"
local mutants = dofile "tests/cli/lint/mutants.lua"

local function read(path)
   local file = assert(io.open(path, "rb"))
   local text = file:read "*a"
   file:close()
   return text
end

--- Debian's LuaJIT dies while it parses a `local` without values before a `for` over a method of nil.
local function kills_luajit(text) return text:find "in[%s(]*nil" ~= nil end

--- What is not alike for LuaJIT and the parser; nil: nothing.
local function difference(text)
   if kills_luajit(text) then return nil end
   local chunk, why = load(text, "=text", "t")
   local tree, fault = parser.parse(text)
   if chunk and not tree then return ("LuaJIT takes it, the parser says %d:%d: %s"):format(fault.line, fault.column, fault.text) end
   if tree and not chunk then return "the parser takes it, LuaJIT says " .. why end
   -- LuaJIT names the line in which it stopped to read: the same, or a later one within a long string.
   -- Of a wrong jump it knows at the label, the parser at the end of the block.
   local line = fault and not why:find "goto" and not why:find "label" and tonumber(why:match "^text:(%d+):")
   if line then
      if line < fault.line then return ("%s, but the parser says line %d: %s"):format(why, fault.line, fault.text) end
   end
end

local function check(text)
   local what = difference(text)
   if what then unit.fail(("%s\n%q"):format(what, text)) end
end

-- -----------------------------------------------------------------------------------------------

TestParser = {}

function TestParser.test_all_files()
   unit.assertTrue(#files > 50, "where is the corpus?")
   for _, path in ipairs(files) do check(read(path)) end
end

function TestParser.test_mutants()
   math.randomseed(tonumber(os.getenv "SEED" or "1"))
   for _ = 1, count / 2 do
      check(mutants.of(read(files[math.random(#files)])))
      check(mutants.medley())
   end
end

local function repeated(piece, times, separator)
   local parts = {}
   for index = 1, times do parts[index] = piece:gsub("%%", tostring(index)) end
   return table.concat(parts, separator)
end

function TestParser.test_limits()
   for _, case in ipairs {
      { repeated("local x%", 200, "\n"), true }, { repeated("local x%", 201, "\n"), false },
      { repeated("local x%", 196, "\n") .. " for i = 1, 2 do end", true },
      { repeated("local x%", 198, "\n") .. " for i = 1, 2 do end", false },
      { repeated("do local x% end", 300, "\n"), true },
      { repeated("local x%", 60, "\n") .. " return function() return " .. repeated("x%", 60, ",") .. " end", true },
      { repeated("local x%", 61, "\n") .. " return function() return " .. repeated("x%", 61, ",") .. " end", false },
      { "return " .. ("("):rep(150) .. "1" .. (")"):rep(150), true },
      { "return " .. ("("):rep(300) .. "1" .. (")"):rep(300), false },
      { ("do "):rep(150) .. ("end "):rep(150), true }, { ("do "):rep(300) .. ("end "):rep(300), false },
   } do
      check(case[1])
      unit.assertEquals(parser.parse(case[1]) ~= nil, case[2])
   end
end

function TestParser.test_jumps()
   for text, valid in pairs {
      ["goto a; local x; ::a:: print(x)"] = false, ["goto a; local x; ::a::"] = true,
      ["goto a; local x; ::a:: ::b::"] = true, ["repeat goto a; local x; ::a:: until x"] = false,
      ["do goto a end; local x; ::a:: x = 1"] = false, ["do goto a end ::a:: local x"] = true,
      ["::a:: local x; goto a"] = true, ["::a:: do ::a:: end"] = true, ["::a:: ::a::"] = false,
      ["::a:: return function() goto a end"] = false, ["do ::a:: end goto a"] = false, ["goto = 1; local x = goto"] = true,
      ["break"] = false, ["while 1 do return function() break end end"] = false, ["repeat local x; break until x"] = true,
      ["repeat do break end until x"] = true, ["for i = 1, 2 do break end"] = true, ["return ...; x = 1"] = false,
      ["f\n(1)"] = false, ["f\n'x'"] = true, [";"] = false, ["x = 1;;"] = false, ["function a.b:c() return self end"] = true,
      ["function f() return ... end"] = false, ["a, b().c = 1"] = true, ["a, b() = 1"] = false, ["(a) = 1"] = false,
   } do
      check(text)
      unit.assertEquals(parser.parse(text) ~= nil, valid, text)
   end
end

--- Where a mistake is told: line and column.
function TestParser.test_places()
   for text, place in pairs {
      ["x = = 1"] = "1:5", ["local t = {\n   1,\n   2\nprint(t)\n"] = "4:1", ["x = 'a\n'"] = "1:5", ["\r\n\r\nx = 3x"] = "3:5",
      ["x = [[a\r\nb]] +"] = "2:6", ["-- c\n--[[\n]] @"] = "3:4", ["x = '\\q'"] = "1:6", ["if x then"] = "1:10",
   } do
      local tree, fault = parser.parse(text)
      unit.assertNil(tree, text)
      unit.assertEquals(("%d:%d"):format(fault.line, fault.column), place, text)
   end
end

local runner = unit.LuaUnit.new()
runner:setOutputType "tap"
os.exit(runner:runSuite() == 0 and 0 or 1)
