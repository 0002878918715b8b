-- named_tests.lua SOURCE - every test that docs/security-tests.md and the tables of docs/security.md name
-- exists, and every hazard there has one, or says that it is not defended and why.

local source = ...
local page
local problems, tests, rows = {}, 0, 0

local function complain(...) problems[#problems + 1] = ("%s:%d: %s"):format(page, (...), select(2, ...)) end

local files = {}

local function text_of(path)
   if files[path] == nil then
      local file = io.open(source .. "/tests/" .. path, "rb")
      files[path] = file and file:read "*a" or false
      if file then file:close() end
   end
   return files[path]
end

--- How tests are written down: Test(suite, name), a function of a spec or of a harness, a case of a
--- table by its name; of sentences a part is enough.
local function has(text, name)
   for _, shape in ipairs { ", %s)", ", %s,", ":%s(", " %s(", '"%s"' } do
      if text:find(shape:format(name), 1, true) then return true end
   end
   return name:find(" ", 1, true) and text:find('"[^"\n]*' .. name:gsub("%p", "%%%0") .. '[^"\n]*"') ~= nil
end

local function check_row(number, line)
   rows = rows + 1
   local found = line:find "Not defended: %w" and 1 or 0
   for path, name in line:gmatch "`([%w_/]+%.%w+): ([^`]+)`" do
      found, tests = found + 1, tests + 1
      local text = text_of(path)
      if not text then
         complain(number, "there is no tests/" .. path)
      elseif not has(text, name) then
         complain(number, ("tests/%s has no test %q"):format(path, name))
      end
   end
   if found == 0 then complain(number, "neither a test nor why there is none: " .. line) end
end

--- Tables whose last column is "shown by".
local function check_page(path)
   page = path
   local number, in_table = 0, false
   for line in assert(io.open(path)):lines() do
      number = number + 1
      if line:find "^| .*shown by |$" then
         in_table = true
      elseif not line:find "^|" then
         in_table = false
      elseif in_table and not line:find "^| %-%-%-" then
         check_row(number, line)
      end
   end
end

check_page(source .. "/docs/security-tests.md")
check_page(source .. "/docs/security.md")

if tests < 100 then problems[#problems + 1] = ("only %d tests were found in %d rows"):format(tests, rows) end
for _, problem in ipairs(problems) do io.stderr:write(problem, "\n") end
if #problems > 0 then os.exit(1) end
print(("%d tests of %d hazards exist"):format(tests, rows))
