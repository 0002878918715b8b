-- The environment that scripts run in: an allow-list of copies. What is not named here does not
-- exist for them: no ffi, io, os, debug, package, jit, load, dump, getfenv, setfenv, newproxy,
-- collectgarbage. Handles and strings have locked metatables.

local core, import = ...

local bounded = import "bounded"
local iteration = import "iteration"
local owner = import "owner"
local reference = import "reference"

local sandbox = {}

local ALLOWED = {
   assert = true, error = true, getmetatable = true, next = true, pcall = true, rawequal = true, rawget = true,
   select = true, setmetatable = true, tonumber = true, tostring = true, type = true, unpack = true, xpcall = true,
   math = {
      "abs", "acos", "asin", "atan", "atan2", "ceil", "cos", "cosh", "deg", "exp", "floor", "fmod", "frexp",
      "huge", "ldexp", "log", "log10", "max", "min", "modf", "pi", "pow", "rad", "random", "sin", "sinh",
      "sqrt", "tan", "tanh",
   },
   string = {
      "byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "rep", "reverse", "sub", "upper",
   },
   table = { "concat", "insert", "maxn", "move", "remove", "sort" },
   coroutine = { "create", "isyieldable", "resume", "running", "status", "wrap", "yield" },
   bit = { "arshift", "band", "bnot", "bor", "bswap", "bxor", "lshift", "rol", "ror", "rshift", "tobit", "tohex" },
}

--- What scripts get as a library: Lua's functions, or our own make of them.
local function copy(name)
   local copied = {}
   for _, key in ipairs(ALLOWED[name]) do copied[key] = bounded[name] and bounded[name][key] or _G[name][key] end
   return copied
end

local function print_to_log(...)
   local words = {}
   for index = 1, select("#", ...) do words[index] = tostring((select(index, ...))) end
   core.log(1, table.concat(words, "\t"))
end

--- A new environment. Scripts change theirs, and nobody else's.
function sandbox.new()
   local environment = {
      print = print_to_log, pairs = iteration.pairs, ipairs = iteration.ipairs,
      is_valid = reference.is_valid, weak = reference.weak, is_gone = owner.is_gone,
   }
   for name, what in pairs(ALLOWED) do
      environment[name] = what == true and (bounded[name] or _G[name]) or copy(name)
   end
   environment._G = environment
   return environment
end

--- Whether a global is one of Lua's libraries.
function sandbox.is_library(name) return type(ALLOWED[name]) == "table" end

--- A copy of a library, with what the game added to it.
function sandbox.copy_of(library)
   local copied = {}
   for name, content in pairs(library) do copied[name] = content end
   return copied
end

--- The methods of strings: ("x"):rep(3).
sandbox.string = copy "string"

--- Compiles text, and only text, to a function of that environment; or nil and why.
function sandbox.compile(text, chunk_name, environment)
   if text:byte() == 27 then
      return nil, ("%s: this is compiled code, a script must be plain Lua text"):format(chunk_name:sub(2))
   end
   local chunk, why = load(text, chunk_name, "t", environment)
   if chunk then return chunk end
   local name = chunk_name:sub(2)
   return nil, why:find(name, 1, true) and why or ("%s: %s"):format(name, why)
end

return sandbox
