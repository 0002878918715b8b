-- The rules by their names, in the order of the documentation: how bad a finding is, and what it is
-- about.

local RULES = {
   { "unreadable", "error", "a file or an archive that the game would refuse" },
   { "text", "error", "compiled code, text that is not UTF-8, or too much of it" },
   { "syntax", "error", "Lua that LuaJIT does not take" },
   { "nothing", "error", "a patch that overrides nothing" },
   { "info", "error", "mistakes in patch.info" },
   { "level", "error", "members that the API level which the patch requires does not have" },
   { "deprecated", "warning", "members that will go" },
   { "target", "error", "overrides of what does not exist, or cannot be overridden" },
   { "member", "error", "classes, functions, properties and names of enums that do not exist" },
   { "parameters", "error", "an override whose parameters are not those of the function" },
   { "arguments", "error", "calls of C with too few or too many arguments, or of the wrong type" },
   { "property", "error", "a property that is read only, or gets a value of the wrong type" },
   { "result", "error", "an override that returns no result where C expects one, or one of the wrong type" },
   { "original", "warning", "an override that looks like patch.before or patch.after, but never calls original" },
   { "global", "error", "global variables that do not exist, or are written to" },
   { "late", "error", "patch.override and its like where they come too late" },
   { "yield", "warning", "waiting in a function that C calls" },
   { "state", "warning", "state in variables of the file, which an edit of it resets" },
   { "leftover", "warning", "what stays behind when the patch is edited or taken away" },
}

local rules = { list = {}, by_name = {} }
for index, row in ipairs(RULES) do
   local rule = { name = row[1], severity = row[2], about = row[3] }
   rules.list[index], rules.by_name[rule.name] = rule, rule
end

return rules
