-- Modules that a spec writes, loads, edits and breaks.

local edited = {}

local count = 0
local name, other -- no test before had a module of these names

--- Two names for the next test.
function edited.start()
   count = count + 1
   name, other = "edited" .. count, "other" .. count
   zoo.log()
   return name, other
end

function edited.finish()
   zoo.files["scripts/" .. name .. ".lua"], zoo.files["scripts/" .. other .. ".lua"] = nil, nil
end

--- Writes a module's file; the words MODULE and OTHER are the two names.
function edited.write(which, text)
   zoo.files["scripts/" .. which .. ".lua"] = text:gsub("OTHER", other):gsub("MODULE", name)
end

--- Loads a module, by default the first, with this text.
function edited.new(text, which)
   edited.write(which or name, text)
   return zoo.environment.require(which or name)
end

--- Gives it another text, and reloads.
function edited.edit(text, which)
   edited.write(which or name, text)
   local event = zoo.reload()
   unit.assertNotNil(event)
   unit.assertNil(event.problem)
   return event
end

--- Gives it a text that is refused, with these words.
function edited.refuse(text, words)
   edited.write(name, text)
   local event = zoo.reload()
   unit.assertStrContains(event.problem, words)
   return event
end

return edited
