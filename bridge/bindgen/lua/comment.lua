-- What a C comment tells about what it describes. Comments stay prose; three habits are understood:
--
--   `amount` hit points    the clause that names a parameter so is its note; what follows, its unit
--   ..., pixels a second.  the first unit that is named is that of the value described
--   nil: no room.          a text or an object that is described with the word nil may be nil
--
-- and Doxygen's @param, @return and @deprecated, for those who write them.

local comment = {}

local UNITS = {
   "hit points", "pixels", "milliseconds", "seconds", "minutes", "hours", "radians", "degrees", "millimetres",
   "centimetres", "metres", "kilometres", "grams", "kilograms", "bytes", "percent",
}

-- ---- units ----------------------------------------------------------------------------------

--- "pixels a second" for "pixels per second" too; and where that ends.
local function with_rate(text, unit, last)
   local finish = text:match("^ an? second%f[%A]()", last + 1) or text:match("^ per second%f[%A]()", last + 1)
   if finish then return unit .. " a second", finish - 1 end
   return unit, last
end

--- The first unit that a text names: "[km/h]", or one of the words above; and from where to where.
function comment.unit(text)
   local first, last, bracketed = text:find("%[(%a[%w%%/^ ]*)%]")
   if first and text:sub(last + 1, last + 1) ~= "(" then return bracketed, first, last end
   local lower, best, place, finish = text:lower(), nil, math.huge, nil
   for _, unit in ipairs(UNITS) do
      local from, to = lower:find("%f[%a]" .. unit .. "%f[%A]")
      if from and from < place then
         best, finish = with_rate(lower, unit, to)
         place = from
      end
   end
   return best, place, finish
end

--- The unit right behind a parameter's name, "`dt` seconds" or "`velocity` in pixels a second"; and
--- where it ends.
local function unit_behind(text, position)
   position = text:match("^%s+in%s+()", position) or text:match("^%s+()", position) or position
   local unit, first, last = comment.unit(text:sub(position))
   if first == 1 then return unit, position + last - 1 end
end

--- The unit of a parameter; nil: none is named.
function comment.parameter_unit(doc, name)
   local quoted = ("`%s`"):format(name)
   local _, last = doc:find(quoted, 1, true)
   while last do
      local unit = unit_behind(doc, last + 1)
      if unit then return unit end
      _, last = doc:find(quoted, last + 1, true)
   end
end

local function is_number(words) return (words:find("number", 1, true) or words:find("integer", 1, true)) ~= nil end

--- Whether what begins there is said of the value itself: "Seconds until ...", "..., pixels", "in metres".
local function stands_alone(text, place)
   local before = text:sub(1, place - 1)
   return before == "" or before:find("[,;.:(\n]%s*$") or before:find("%f[%a]in $")
end

--- Blanks the units that stand behind parameters' names: they are the parameters'.
local function without_parameters(doc)
   local own = doc
   for last in doc:gmatch("`[%w_]+`()") do
      local _, finish = unit_behind(doc, last)
      if finish then own = own:sub(1, last - 1) .. ("x"):rep(finish - last + 1) .. own:sub(finish + 1) end
   end
   return own
end

--- The unit of a described value of that type: of a property, or of a function's result.
function comment.value_unit(doc, words)
   if not is_number(words) then return nil end
   local text, position = without_parameters(doc), 1
   while true do
      local unit, first, last = comment.unit(text:sub(position))
      if not unit then return nil end
      first, last = position + first - 1, position + last - 1
      if text:sub(first, first) == "[" or stands_alone(text, first) then return unit end
      position = last + 1
   end
end

-- ---- the parts of a comment -------------------------------------------------------------------

--- Takes Doxygen's commands out: {text, parameters = {name = note}, returns, deprecated}.
function comment.parts(doc)
   local parts, lines = { parameters = {} }, {}
   for line in (doc .. "\n"):gmatch("([^\n]*)\n") do
      local command, rest = line:match("^[@\\](%l+)%S*%s*(.*)$")
      if command == "param" then
         local name, note = rest:match("^(%S+)%s*(.*)$")
         if name then parts.parameters[name] = note end
      elseif command == "return" or command == "returns" then
         parts.returns = rest
      elseif command == "deprecated" then
         parts.deprecated = rest
      else
         lines[#lines + 1] = line
      end
   end
   parts.text = table.concat(lines, "\n"):gsub("^%s+", ""):gsub("%s+$", "")
   return parts
end

local function capitalised(text) return (text:gsub("^%l", string.upper)) end

--- Of "`volume` from 0 to 1, `pan` from -1 to 1", the part that begins with the name. Names that
--- share what is said, "`x`, `y` pixels", keep it all.
local function own_part(clause, quoted)
   if clause:sub(1, 1) ~= "`" or clause:find("`,? and `") or clause:find("`, `") then return clause end
   local first = clause:find(quoted, 1, true)
   return clause:sub(first):match("^(.-),%s+`") or clause:sub(first)
end

--- What the prose says about a parameter: the clauses that name it in backticks; "" for none, and
--- when there is nothing else in the prose.
function comment.note(text, name)
   local quoted, notes, clauses = ("`%s`"):format(name), {}, 0
   for clause in (text:gsub("\n", " ") .. " "):gmatch("%s*(.-)[.;:]%s") do
      clauses = clauses + 1
      if clause:find(quoted, 1, true) then notes[#notes + 1] = capitalised(own_part(clause, quoted)) end
   end
   return clauses > #notes and table.concat(notes, ". ") or ""
end

--- Whether a text or an object that is described so may be nil. One without a comment may.
function comment.may_be_nil(doc) return doc == "" or doc:find("%f[%w]nil%f[%W]") ~= nil end

--- The first sentence, for lists.
function comment.summary(doc)
   local line = doc:match("^[^\n]*")
   return line:match("^(.-%.)%s+[%u`(]") or line
end

return comment
