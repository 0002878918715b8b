-- patch.info { ... }: what it says, and which API level it asks for.

local _, import = ...

local api_of = import "api"
local known = import "known"

local info = {}

local TYPES = {
   id = "string", version = "number", author = "string", description = "string", requires = "table",
   conflicts = "table",
}

local LONGEST_ID = 64

local function check_id(file, node, id)
   if #id > LONGEST_ID or not id:find "^%w[%w._-]*$" then
      file.report("info", node, 'patch.info: id: at most %d letters, digits, ".", "_" and "-" expected', LONGEST_ID)
   end
end

local function check_entry(file, key, node)
   local expected = TYPES[key.value]
   local thing = known.of(file.api, node)
   if not expected then
      file.report("info", key, "patch.info: unknown key %q%s", tostring(key.value), api_of.suggest(key.value, TYPES))
   elseif thing and thing.type ~= expected then
      file.report("info", node, "patch.info: %s: %s expected, got %s", key.value, expected, known.describe(thing))
   elseif key.value == "id" and thing and thing.value then
      check_id(file, node, thing.value)
   end
end

--- The value node of a key in a Table node.
local function entry(node, name)
   for index, key in ipairs(node.keys) do
      if key and key.kind == "String" and key.value == name then return node.values[index] end
   end
end

local function level_in(text) return tonumber(text:match "^%s*>=%s*(%d+)%s*$") end

--- The lowest level that `requires = { api = 2 }`, or ">=2", speaks of.
local function level_of(file, node)
   local thing = known.of(file.api, node)
   local value = thing and thing.value
   local level = type(value) == "string" and level_in(value) or type(value) == "number" and value or nil
   if thing and not level and (value or thing.type ~= "string" and thing.type ~= "number") then
      file.report("info", node, 'patch.info: requires.api: a level such as ">=1" expected, got %s',
         known.describe(thing))
   end
   return level
end

local function check_level(file, node)
   local requires = entry(node, "requires")
   local api = requires and requires.kind == "Table" and entry(requires, "api")
   if not api then return end
   file.level = level_of(file, api)
   if file.level and file.level > file.api.level then
      file.report("level", api, "the patch requires API level %d, the manifest has %d: it is refused there", file.level,
         file.api.level)
   end
end

local function check_table(file, node)
   if node.kind ~= "Table" then
      local thing = known.of(file.api, node)
      if thing then file.report("info", node, "patch.info: table expected, got %s", known.describe(thing)) end
      return
   end
   for index, key in ipairs(node.keys) do
      if not key then
         file.report("info", node.values[index], "patch.info: keys and values expected: { id = \"...\" }")
      elseif key.kind == "String" then
         check_entry(file, key, node.values[index])
      end
   end
   check_level(file, node)
end

--- Checks patch.info, and sets file.level.
function info.check(file)
   for _, call in ipairs(file.patch_calls) do
      local argument = call.word == "info" and call.node.arguments[1]
      if argument then check_table(file, argument) end
   end
end

--- Takes note that a text uses an entry of the manifest, whose name for people is `name`.
function info.use(file, described, node, name)
   if described.deprecated then
      local advice = type(described.deprecated) == "string" and ": " .. described.deprecated or ""
      file.report("deprecated", node, "%s is deprecated%s", name, advice)
   end
   if file.level and described.since and described.since > file.level then
      file.report("level", node,
         '%s is there from API level %d on, and the patch requires only %d: say requires = { api = ">=%d" }', name,
         described.since, file.level, described.since)
   end
end

return info
