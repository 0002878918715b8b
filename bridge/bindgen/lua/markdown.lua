-- Text as Markdown: what comments say stays what it says, in paragraphs and in the cells of tables.

local markdown = {}

local SPECIAL = { ["<"] = "&lt;", ["*"] = "\\*", ["_"] = "\\_", ["["] = "\\[", ["]"] = "\\]" }

--- Calls `change` with every stretch of text that is not `code`.
local function outside_code(text, change)
   local parts, position = {}, 1
   for first, code, last in text:gmatch("()(`[^`\n]*`)()") do
      parts[#parts + 1] = change(text:sub(position, first - 1))
      parts[#parts + 1] = code
      position = last
   end
   parts[#parts + 1] = change(text:sub(position))
   return table.concat(parts)
end

--- Text of a comment. `refer(name)` gives the link that stands for a name of the API, or nil.
function markdown.text(text, refer)
   return outside_code(text, function(words)
      words = words:gsub("[<*_%[%]]", SPECIAL)
      return (words:gsub("[%a][%w\\]*_[%w\\_]*", function(name) return refer((name:gsub("\\", ""))) end))
   end)
end

--- The same as paragraphs: one line of a comment is one.
function markdown.paragraphs(text, refer)
   local lines = {}
   for line in text:gmatch("[^\n]+") do
      line = markdown.text(line, refer):gsub("^(%u%l+:)", "**%1**"):gsub("^\\%*", "-"):gsub("^([#>+])", "\\%1")
      local is_item = line:find("^%- ")
      lines[#lines + 1] = (is_item and #lines > 0 and lines[#lines]:find("^\n?%- ")) and line or "\n" .. line
   end
   return (table.concat(lines, "\n"):gsub("^\n", ""))
end

--- The same in a cell of a table.
function markdown.cell(text, refer) return (markdown.text(text:gsub("\n", " "), refer):gsub("|", "\\|")) end

return markdown
