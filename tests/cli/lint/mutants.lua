-- Texts that are nearly Lua. As a program: mutants.lua COUNT FOLDER FILE ... writes so many to a folder.

local mutants = {}

local TOKENS = {
   "goto", "::", "a", "=", "(", ")", "{", "}", "[", "]", ";", "\n", "local", "function", "end", "if", "then", "else",
   "elseif", "while", "do", "for", "in", "repeat", "until", "break", "return", "nil", "true", "...", "..", ".", ":", ",",
   "1", "0x1p4", "1e", "2ULL", "3i", "0b11", "0x", ".5", "5.", "1..2", "08", "'s'", "[[x]]", "[=", "--[[c]]", "-- c\n", "not",
   "-", "#", "and", "or", "==", "~=", "<", "~", "!", '"\\x4"', "'\\u{41}'", "'\\u{d800}'", "'\\z  a'", "'\\300'", "'\\9'",
   "::a::", "goto a", "goto = 1", "local x", "\r\n", "\\", "$", "@", "\195\169", "'a\\\nb'", "\239\187\191", "# no",
}

local function token() return TOKENS[math.random(#TOKENS)] end

--- A piece of a text with up to three tokens more or some bytes less.
function mutants.of(text)
   local from = math.random(2) == 1 and 1 or math.random(#text)
   local piece = text:sub(from, from + math.random(1500))
   for _ = 1, math.random(3) do
      local at = math.random(#piece + 1)
      local rest = math.random(4) == 1 and piece:sub(at + math.random(5)) or (" %s %s"):format(token(), piece:sub(at))
      piece = piece:sub(1, at - 1) .. rest
   end
   return piece
end

--- A few odd tokens.
function mutants.medley()
   local words = {}
   for index = 1, math.random(12) do words[index] = token() end
   return table.concat(words, " ")
end

local function write(count, folder, ...)
   local files = { ... }
   math.randomseed(tonumber(os.getenv "SEED" or "1"))
   for number = 1, count do
      local original = assert(io.open(files[math.random(#files)], "rb"))
      local copy = assert(io.open(("%s/%d.lua"):format(folder, number), "wb"))
      copy:write(mutants.of(original:read "*a"))
      original:close()
      copy:close()
   end
end

if arg[0] and arg[0]:find "mutants.lua$" then write(unpack(arg)) end
return mutants
