-- Checks one Lua text: reads it as the game would, then asks every part that knows a kind of mistake.

local _, import = ...

local bodies = import "bodies"
local globals = import "globals"
local info = import "info"
local known = import "known"
local parser = import "parser"
local reload = import "reload"
local syntax = import "syntax"
local targets = import "targets"
local uses = import "uses"
local utf8 = import "utf8"

local SIZE_LIMIT = 2 ^ 20 -- MP_PATCH_SIZE_LIMIT

---@class File
---@field path string          for people
---@field kind string          "patch", "module" or "script": see sources.lua
---@field api Api
---@field globals table        {[name] = true, or the set of a library's members}
---@field own_modules table    {[name] = true}: the modules that come with the patch
---@field tree table
---@field overrides Override[]
---@field patch_calls table    {word, node, func} of every patch.word(...)
---@field level integer?       the API level that the patch asks for
---@field report fun(rule: string, node: table, format: string, ...)
---@field use fun(described: table, node: table, name: string)

--- Where byte `at` of a text is.
local function place_of(text, at)
   local before = text:sub(1, at - 1)
   local _, breaks = before:gsub("\n", "")
   return { line = breaks + 1, column = #before:match "[^\n]*$" + 1 }
end

--- Why a text is none that the game reads, and where; nil: it is one.
local function why_no_text(text)
   if text:byte() == 27 then return "this is compiled code: a patch is plain Lua text", 1 end
   if #text > SIZE_LIMIT then
      return ("%.1f MB is too large, a patch has at most 1 MB of text"):format(#text / 2 ^ 20), 1
   end
   local zero = text:find("\0", 1, true)
   local bad = zero or utf8.first_invalid(text)
   if bad then return ("not UTF-8 text (byte %d)"):format(bad), bad end
end

--- A patch does something if it overrides, or hands a function to somebody.
local function does_nothing(file)
   for _, call in ipairs(file.patch_calls) do
      if call.word ~= "info" then return false end
   end
   local found = false
   local function look(node)
      for _, argument in ipairs(node.arguments) do
         found = found or argument.kind == "Function" or argument.kind == "Name"
      end
   end
   syntax.walk(file.tree.main, { Call = look, Invoke = look })
   return not found
end

--- What is looked at in each kind of text. A game's own script may make globals, and stays.
local CHECKS = {
   patch = { targets.find, bodies, uses, globals, reload },
   module = { targets.find, bodies, uses, globals, reload },
   script = { uses },
}

local function check(file, text, findings)
   local why, at = why_no_text(text)
   if why then return findings:add("text", file.path, place_of(text, at), why) end
   local tree, fault = parser.parse(text)
   if not tree then return findings:add("syntax", file.path, fault, fault.text) end
   file.tree, file.overrides, file.patch_calls = tree, {}, {}
   file.report = findings:reporter(file.path, tree.comments)
   file.use = function(described, node, name) info.use(file, described, node, name) end
   targets.calls(file)
   info.check(file)
   for _, part in ipairs(CHECKS[file.kind]) do
      known.forget()
      part(file)
   end
   if file.kind == "patch" and does_nothing(file) then
      file.report("nothing", tree.main, "the file overrides nothing: call patch.override, patch.before or patch.after")
   end
end

--- Checks a text: `file` has path, kind, api, globals and own_modules.
return function(file, text, findings)
   local ok, why = pcall(check, file, text, findings)
   if ok then return end
   if not tostring(why):find("stack overflow", 1, true) then error(why, 0) end
   findings:add("text", file.path, { line = 1, column = 1 }, "an expression in it is too deep to be looked at")
end
