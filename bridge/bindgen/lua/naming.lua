-- C names to the names that scripts see.

local naming = {}

--- The words that Lua keeps for itself: {[word] = true}.
naming.KEYWORDS = {}
for word in ("and break do else elseif end false for function goto if in local nil not or repeat return then true until while")
   :gmatch("%a+") do naming.KEYWORDS[word] = true end

--- Whether code can call something so.
function naming.is_identifier(name) return name:find "^[%a_][%w_]*$" ~= nil end

--- Whether it is a name in C, but not in all languages that are generated: with umlauts, or a dollar.
function naming.is_foreign(name) return name:find "^[%w_$\128-\255]+$" ~= nil and not naming.is_identifier(name) end

--- "MpWorldMap" -> "mp_world_map"
function naming.snake(name)
   return (name:gsub("(%l%d*)(%u)", "%1_%2"):gsub("(%u)(%u%l)", "%1_%2"):lower())
end

--- The Lua name of a C type: without the module's prefix, if it has it.
function naming.type_name(c_name, prefix)
   local rest = prefix ~= "" and c_name:match("^" .. prefix .. "(%u.*)$")
   return rest or c_name
end

--- "mp_graphics_draw" of owner "mp_graphics" -> "draw"; nil if the name does not start so.
function naming.member(c_function, owner_snake, infix)
   local start = owner_snake .. "_" .. (infix or "")
   if c_function:sub(1, #start) == start and #c_function > #start then
      return c_function:sub(#start + 1)
   end
end

--- "RAIDER_KIND_SCOUT" of enum "RaiderKind" -> "SCOUT"; the whole name if it does not start so, or if
--- what follows is no name: "KEY_1" of enum "Key".
function naming.constant(c_constant, c_enum)
   local rest = naming.member(c_constant, naming.snake(c_enum):upper())
   return rest and naming.is_identifier(rest) and rest or c_constant
end

-- Lines that begin a paragraph: list items, "Errors: ...", and Doxygen's commands.
local function begins_paragraph(line)
   return line == "" or line:find("^[-*] ") or line:find("^%u%l+: ") or line:find("^[@\\]%l")
end

--- The text of a C comment without its decoration, one paragraph a line.
function naming.comment(raw)
   local text = raw:gsub("^/%*%*?<?", ""):gsub("%*/%s*$", ""):gsub("^//[/!]?<?", "")
   text = text:gsub("\n[ \t]*%*[ \t]?", "\n"):gsub("\n[ \t]*//[/!]?<?[ \t]?", "\n")
   local paragraphs = {}
   for line in (text .. "\n"):gmatch("[ \t]*([^\n]-)[ \t\r]*\n") do
      if #paragraphs > 0 and paragraphs[#paragraphs] ~= "" and not begins_paragraph(line) then
         paragraphs[#paragraphs] = paragraphs[#paragraphs] .. " " .. line
      else
         paragraphs[#paragraphs + 1] = line
      end
   end
   return (table.concat(paragraphs, "\n"):gsub("^%s+", ""):gsub("%s+$", ""))
end

return naming
