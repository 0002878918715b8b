-- The audit of the sandbox: everything that a patch can reach from its environment is in the list
-- environment.expected, and nothing of it is the runtime's own. What reaches objects and the game,
-- `native`, is only named.

TestEnvironment = {}

local EXPECTED = debug.getinfo(1, "S").source:match "^@(.*/)" .. "environment.expected"

--- The environment of a patch, which only the tests can look into.
local function environment_of(file)
   zoo.files["scripts/spied.lua"] = "local told = {} return function(file, func) told[file] = func or told[file] return told[file] end"
   local text = "require('spied')(%q, function() end) require('patch').after(native.Animal, 'heal', function() end)"
   assert(zoo.apply { [file] = text:format(file) }[file].state == "active")
   local environment = debug.getfenv(zoo.script "return require 'spied'"(file))
   return environment
end

--- Visits what is reachable: fields, what strings and objects answer to, metatables that
--- getmetatable() gives. visit(path, value, key)
local function walk(environment, visit)
   local seen = {}
   local function look(path, value)
      visit(path, value)
      if type(value) ~= "table" or seen[value] or path == "native" then return end
      seen[value] = path
      for key, content in pairs(value) do look(path == "" and tostring(key) or path .. "." .. tostring(key), content) end
      local metatable = debug.getmetatable(value)
      if metatable and metatable.__metatable == nil then look(path .. "<metatable>", metatable) end
   end
   look("", environment)
   look('("")', debug.getmetatable("").__index)
   look('require "patch"', environment.require "patch")
end

local function kind_of(value)
   if type(value) ~= "function" then return type(value) end
   return debug.getinfo(value, "S").what == "C" and "function of C" or "function"
end

function TestEnvironment:tearDown()
   zoo.apply { ["p.lua"] = false, ["q.lua"] = false }
   zoo.files["scripts/spied.lua"] = nil
end

function TestEnvironment:test_it_is_what_the_list_says()
   local lines = {}
   walk(environment_of "p.lua", function(path, value)
      if path ~= "" then lines[#lines + 1] = ("%s: %s\n"):format(path, kind_of(value)) end
   end)
   table.sort(lines)
   local found = table.concat(lines)
   if os.getenv "MP_ACCEPT" then -- writes the list anew
      local file = assert(io.open(EXPECTED, "w"))
      file:write(found)
      file:close()
   end
   unit.assertEquals(found, assert(io.open(EXPECTED)):read "*a")
end

local LIBRARIES = {
   "bit", "coroutine", "debug", "ffi", "io", "jit", "jit.opt", "jit.util", "math", "os", "package", "string", "table",
}

--- All functions and tables of Lua's own libraries.
local function forbidden()
   local found = {}
   local function add(name, value)
      if (type(value) ~= "function" and type(value) ~= "table") or found[value] then return end
      found[value] = name
      if type(value) == "table" and name ~= "package" then
         for key, content in pairs(value) do add(name .. "." .. tostring(key), content) end
      end
   end
   for _, name in ipairs(LIBRARIES) do add(name, package.loaded[name]) end
   for name, value in pairs(_G) do
      if type(value) == "function" then add(name, value) end
   end
   return found
end

local HARMLESS = {}
for name in ([[assert error getmetatable next pcall rawequal rawget select setmetatable tonumber tostring type unpack]]):gmatch "%a+" do
   HARMLESS[_G[name]] = true
end
for library, names in pairs {
   math = "abs acos asin atan atan2 ceil cos cosh deg exp floor fmod frexp ldexp log log10 max min modf pow rad random sin sinh sqrt tan tanh",
   string = "byte char format len lower reverse sub upper",
   table = "maxn move remove",
   coroutine = "create isyieldable running status yield",
   bit = "arshift band bnot bor bswap bxor lshift rol ror rshift tobit tohex",
} do
   for name in names:gmatch "%w+" do HARMLESS[_G[library][name]] = true end
end

function TestEnvironment:test_nothing_of_it_is_the_runtime_s_own()
   local names = forbidden()
   walk(environment_of "p.lua", function(path, value)
      if type(value) == "function" or type(value) == "table" then
         unit.assertTrue(HARMLESS[value] or not names[value], ("%s is %s"):format(path, names[value] or ""))
      end
   end)
end

function TestEnvironment:test_two_patches_share_no_table_but_native()
   local of_p = {}
   walk(environment_of "p.lua", function(path, value)
      if type(value) == "table" then of_p[value] = path end
   end)
   walk(environment_of "q.lua", function(path, value)
      local shared = of_p[value]
      unit.assertTrue(not shared or path == "native" or path == '("")', ("%s is shared"):format(path))
   end)
end

--- The metatable of strings is everybody's, so nobody may get hold of what it leads to.
function TestEnvironment:test_the_methods_of_strings_are_out_of_reach()
   local methods = debug.getmetatable("").__index
   walk(environment_of "p.lua", function(path, value)
      unit.assertTrue(value ~= methods or path == '("")', path)
   end)
   unit.assertEquals(zoo.script "return getmetatable('')", false)
end

function TestEnvironment:test_a_patch_cannot_get_at_the_environment_of_the_game()
   local game = debug.getfenv(zoo.script "return function() end")
   walk(environment_of "p.lua", function(path, value) unit.assertTrue(value ~= game, path) end)
end
