-- Text as literals of the languages that are generated.

local text = {}

--- The elements of a C array of characters: no compiler limits those.
function text.bytes(string)
   local lines = {}
   for start = 1, #string, 24 do
      local line = {}
      for index = start, math.min(start + 23, #string) do line[#line + 1] = ("%d,"):format(string:byte(index)) end
      lines[#lines + 1] = "    " .. table.concat(line)
   end
   return table.concat(lines, "\n")
end

return text
