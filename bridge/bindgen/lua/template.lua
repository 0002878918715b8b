-- Text templates. A line that starts with % is Lua; <%= expression %> stands for its value.

local template = {}

local function quote(text) return ("%q"):format(text):gsub("\\\n", "\\n") end

local function compile_line(line, parts)
   local position = 1
   while true do
      local first, last, expression = line:find("<%%=(.-)%%>", position)
      if not first then break end
      parts[#parts + 1] = ("out(%s)"):format(quote(line:sub(position, first - 1)))
      parts[#parts + 1] = ("out(%s)"):format(expression)
      position = last + 1
   end
   parts[#parts + 1] = ("out(%s)"):format(quote(line:sub(position) .. "\n"))
end

local function to_lua(text)
   local code = {}
   for line in text:gmatch("([^\n]*)\n") do
      if line:find("^%s*%%") then
         code[#code + 1] = line:gsub("^(%s*)%%", "%1", 1)
      else
         local parts = {}
         compile_line(line, parts)
         -- One line of the template stays one line of code, so that errors name the right one.
         code[#code + 1] = table.concat(parts, " ")
      end
   end
   return table.concat(code, "\n")
end

--- The finished text of a template. It sees the globals and `environment`, and writes by out().
function template.render(text, name, environment)
   local finished = {}
   local scope = { out = function(value) finished[#finished + 1] = tostring(value) end }
   setmetatable(scope, { __index = function(_, key)
      local value = environment[key]
      if value == nil then value = _G[key] end
      if value == nil then error(("%s: no such name: %s"):format(name, key), 2) end
      return value
   end })
   assert(load(to_lua(text), "@" .. name, "t", scope))()
   return table.concat(finished)
end

return template
