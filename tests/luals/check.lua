-- check.lua ROOT FILE ... - checks the annotations of Lua files as far as it goes without the language
-- server: every one parses, names types that exist, and fits the function below it; and functions
-- that others call say what they take and return. Prints TAP, one test a file.

local root = arg[1]
package.path = root .. "/tests/luals/?.lua;" .. package.path

local annotations = require "annotations"
local returns = require "returns"
local type_parser = require "type_parser"

-- ---- what is known --------------------------------------------------------------------------

local known = {}
for name in ("any boolean function integer nil number self string table thread unknown userdata"):gmatch("%a+") do
   known[name] = true
end

local DECLARES = { class = true, alias = true, enum = true }

--- Types that the file declares.
local function declare(blocks)
   for _, block in ipairs(blocks) do
      for _, each in ipairs(block.tags) do
         local name = DECLARES[each.tag] and each.text:gsub("^%b()%s*", ""):match("^[%w_.]+")
         if name then known[name] = true end
      end
   end
end

-- ---- one annotation -------------------------------------------------------------------------

--- The part of an annotation that is a type, or a list of them; nil: there is none.
local TYPE_OF = {
   alias = function(text) return text:match("^[%w_.]+%s+(.+)$") end,
   alternative = function(text) return text end,
   class = function(text) return text:match("^[^:]*:%s*(.+)$") end,
   enum = function() return nil end,
   field = function(text)
      text = text:gsub("^package%s+", ""):gsub("^private%s+", "")
      return text:match("^%[.-%]%??%s*(.+)$") or text:match("^[%w_]+%??%s+(.+)$") or ""
   end,
   operator = function(text) return text:match(":%s*(.+)$") or "" end,
   overload = function(text) return text end,
   param = function(text) return text:match("^[%w_.]+%??%s+(.+)$") or "" end,
   ["return"] = function(text) return text end,
   type = function(text) return text end,
   deprecated = function() return nil end,
   diagnostic = function() return nil end,
   generic = function() return nil end,
   meta = function() return nil end,
   vararg = function(text) return text end,
}

--- The generics that a block declares.
local function generics_of(block)
   local generics = {}
   for _, each in ipairs(block.tags) do
      if each.tag == "generic" then
         for name in each.text:gmatch("[%w_]+") do generics[name] = true end
      end
   end
   return generics
end

local function check_type(each, generics, fault)
   local take = TYPE_OF[each.tag]
   if not take then return fault(each.line, "@%s is no annotation that is used here", each.tag) end
   local text = take(each.text)
   if not text then return end
   local names, why = type_parser.parse_list(text)
   if not names then return fault(each.line, "@%s: %s", each.tag, why) end
   for _, name in ipairs(names) do
      if not known[name] and not generics[name] then fault(each.line, "@%s: no type is called '%s'", each.tag, name) end
   end
end

-- ---- one function ---------------------------------------------------------------------------

local function tagged(block, tag)
   local list = {}
   for _, each in ipairs(block.tags) do
      if each.tag == tag then list[#list + 1] = each end
   end
   return list
end

local function check_parameters(block, is_public, fault)
   local told = tagged(block, "param")
   if #told == 0 and not is_public then return end
   local expected = {}
   for _, name in ipairs(block.parameters) do
      if not name:find("^_") and not (name == "self" and block.owner:find("%b[]")) then expected[#expected + 1] = name end
   end
   for index = 1, math.max(#told, #expected) do
      local name = told[index] and told[index].text:match("^[%w_.]+")
      if name ~= expected[index] then
         return fault(block.line, "%s: @param %s expected, got %s", block.owner, expected[index] or "no",
            name or "none")
      end
   end
end

-- Files that nobody requires have functions for the host alone.
local function is_public(block) return block.owner and not block.is_local and block.owner:find("[.:]") end

local function check_function(block, returning, fault)
   local public = is_public(block)
   check_parameters(block, public, fault)
   local says = #tagged(block, "return") > 0
   if public and returning[block.line] and not says then
      fault(block.line, "%s returns something: @return is missing", block.owner)
   elseif says and returning[block.line] == false then
      fault(block.line, "%s returns nothing, but has a @return", block.owner)
   end
end

-- ---- files ----------------------------------------------------------------------------------

--- Paths are below the root, but for generated stubs.
local function place(path) return path:sub(1, 1) == "/" and path or root .. "/" .. path end

local function read(path)
   local file = assert(io.open(place(path), "rb"))
   local text = file:read("*a")
   file:close()
   return text
end

local function check_file(path, blocks)
   local faults = {}
   local function fault(line, format, ...) faults[#faults + 1] = ("%s:%d: %s"):format(path, line, format:format(...)) end
   local chunk, why = loadfile(place(path))
   if not chunk then return { why } end
   local text = read(path)
   local returning = text:find("^%-%-%-@meta") and {} or returns.lines(chunk)
   for _, block in ipairs(blocks) do
      local generics = generics_of(block)
      for _, each in ipairs(block.tags) do check_type(each, generics, fault) end
      if block.owner then check_function(block, returning, fault) end
   end
   return faults
end

local files, blocks_of = {}, {}
for index = 2, #arg do
   local path = arg[index]
   files[#files + 1] = path
   blocks_of[path] = annotations.blocks(read(path))
   declare(blocks_of[path])
end

local failed = 0
print(("1..%d"):format(#files))
for index, path in ipairs(files) do
   local faults = check_file(path, blocks_of[path])
   if #faults > 0 then failed = failed + 1 end
   print(("%s %d %s"):format(#faults == 0 and "ok" or "not ok", index, path))
   for _, each in ipairs(faults) do print("# " .. each) end
end
os.exit(failed == 0 and 0 or 1)
