-- What the reference's pages are written with: comments and types as Markdown, with links.

local comment = require "comment"
local markdown = require "markdown"

local wording = {}

---@class Words
---@field site table       what there is and where: see reference.lua
---@field up string        leads from the page's folder to the output folder
---@field sources? string  leads from the output folder to the project, for links to headers
---@field refer fun(c_name: string): string?  the link that stands for the name of a C function
local Words = {}
Words.__index = Words

--- The words of one page.
function wording.new(site, up, sources)
   local words = setmetatable({ site = site, up = up, sources = sources }, Words)
   function words.refer(c_name)
      local known = site.by_c_name[c_name]
      return known and ("[%s](%s%s#%s)"):format(known.name:gsub("_", "\\_"), up, known.path, known.anchor)
   end
   return words
end

-- ---- comments -------------------------------------------------------------------------------

--- A comment as paragraphs.
function Words:text(doc) return markdown.paragraphs(doc, self.refer) end

--- A comment in a cell of a table.
function Words:cell(doc) return markdown.cell(doc, self.refer) end

--- Its first sentence.
function Words:summary(doc) return self:cell(comment.summary(doc)) end

--- The comment of a row, after the advice if it is deprecated.
function Words:told(entry)
   local advice = entry.deprecated and ("**Deprecated:** %s. "):format(self:cell(entry.deprecated)) or ""
   return advice .. self:cell(entry.doc)
end

--- The note of a parameter or option, after what it is if it is left out.
function Words:note(entry)
   local note = self:cell(entry.note or entry.doc)
   if not entry.default then return note end
   return ("`%s` if left out%s"):format(entry.default, note ~= "" and ". " .. note or "")
end

-- ---- names ----------------------------------------------------------------------------------

--- The name of a class, value or enum, as a link if it has a page.
function Words:link(name)
   local known = self.site.by_name[name]
   return known and ("[%s](%s%s)"):format(name, self.up, known.path) or name
end

--- A type in words, with links.
function Words:type(entry)
   local linked = entry.type:gsub("[%a_][%w_]*", function(name) return self:link(name) end):gsub("|", "\\|")
   return linked .. (entry.optional and not entry.default and " or nil" or "")
end

--- Where something is declared.
function Words:source(header)
   if not header then return "" end
   if not self.sources then return ("`%s`"):format(header) end
   local prefix = self.sources:find("://", 1, true) and "" or self.up
   return ("[%s](%s%s/%s)"):format(header, prefix, self.sources, header)
end

-- ---- functions ------------------------------------------------------------------------------

--- Whether a table of a function's parameters says more than its call does.
function Words:tells_parameters(f)
   for _, parameter in ipairs(f.parameters) do
      local told = parameter.unit or parameter.note ~= "" or parameter.default
      if told or self:type(parameter):find("](", 1, true) then return true end
   end
   return false
end

--- What a function returns, where more than its type is known.
function Words:results(f)
   local list = {}
   for _, result in ipairs(f.results) do
      local more = result.unit or result.note
      local name = result.name and ("`%s`: "):format(result.name) or ""
      if more then list[#list + 1] = ("%s%s, %s"):format(name, self:type(result), self:cell(more)) end
   end
   if f.fails then list[#list + 1] = "nil and a message when it fails" end
   return table.concat(list, "; ")
end

return wording
