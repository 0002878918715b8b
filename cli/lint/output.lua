-- What was found, for people and for machines.

local host = ...

local output = {}

local COLOURS = { error = "\27[1;31m", warning = "\27[1;35m", bold = "\27[1m", off = "\27[0m" }

local function paint(colour, text)
   return host.coloured and COLOURS[colour] .. text .. COLOURS.off or text
end

local function place_of(each)
   if not each.line then return each.file end
   return ("%s:%d:%d"):format(each.file, each.line, each.column)
end

local function counted(count, what) return ("%d %s%s"):format(count, what, count == 1 and "" or "s") end

--- As compilers do it: file:line:column: error: text [rule]
function output.text(findings, files)
   for _, each in ipairs(findings.list) do
      io.stdout:write(("%s: %s %s [%s]\n"):format(
         paint("bold", place_of(each)), paint(each.severity, each.severity .. ":"), each.text, each.rule))
   end
   io.stdout:write(("%s, %s in %s\n"):format(
      counted(findings.errors, "error"), counted(findings.warnings, "warning"), counted(files, "file")))
end

--- {findings = [{file, line, column, severity, rule, text}], errors, warnings, files}
function output.json(findings, files)
   local list = {}
   for index, each in ipairs(findings.list) do
      list[index] = {
         file = each.file, line = each.line, column = each.column, severity = each.severity, rule = each.rule, text = each.text,
      }
   end
   local report = { findings = list, errors = findings.errors, warnings = findings.warnings, files = files }
   io.stdout:write(host.json_encode(report), "\n")
end

function output.rules(list)
   for _, rule in ipairs(list) do io.stdout:write(("%-11s %-8s %s\n"):format(rule.name, rule.severity, rule.about)) end
end

return output
