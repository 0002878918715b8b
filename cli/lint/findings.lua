-- What was found: {file, line, column, rule, severity, text}, without what nobody wants to hear.

local _, import = ...

local rules = import "rules"

local findings = {}

--- The rules that comments tell to ignore: {[line] = {[rule] = true}}. "-- lint: ignore state, global"
--- is about its own line; alone on a line, about the next one.
local function ignored_by(comments)
   local ignored = {}
   for _, comment in ipairs(comments) do
      local names = comment.text:match "^%s*lint:%s*ignore%s+([%a, ]+)"
      local line = comment.line + (comment.alone and 1 or 0)
      for name in (names or ""):gmatch "%a+" do
         ignored[line] = ignored[line] or {}
         ignored[line][name] = true
      end
   end
   return ignored
end

---@class Findings
---@field list table
local Findings = {}
Findings.__index = Findings

--- `disabled` is a set of rules.
function findings.new(disabled) return setmetatable({ list = {}, disabled = disabled, errors = 0, warnings = 0 }, Findings) end

local COUNTED = { error = "errors", warning = "warnings" }

function Findings:add(rule, path, place, text)
   if self.disabled[rule] then return end
   local severity = rules.by_name[rule].severity
   self[COUNTED[severity]] = self[COUNTED[severity]] + 1
   self.list[#self.list + 1] = {
      file = path, line = place.line, column = place.column, rule = rule, severity = severity, text = text,
      order = #self.list,
   }
end

--- report(rule, node, format, ...) for a file; `comments` may silence it. The same thing in the same
--- place is told once.
function Findings:reporter(path, comments)
   local ignored, told = ignored_by(comments), {}
   return function(rule, node, format, ...)
      local text = format:format(...)
      local key = ("%s %d %d %s"):format(rule, node.line, node.column, text)
      if told[key] or (ignored[node.line] and ignored[node.line][rule]) then return end
      told[key] = true
      self:add(rule, path, node, text)
   end
end

--- In the order of files, as they were looked at, and of lines.
function Findings:sort()
   local rank, count = {}, 0
   for _, each in ipairs(self.list) do
      if not rank[each.file] then
         count = count + 1
         rank[each.file] = count
      end
   end
   table.sort(self.list, function(a, b)
      if a.file ~= b.file then return rank[a.file] < rank[b.file] end
      if (a.line or 0) ~= (b.line or 0) then return (a.line or 0) < (b.line or 0) end
      if (a.column or 0) ~= (b.column or 0) then return (a.column or 0) < (b.column or 0) end
      return a.order < b.order
   end)
end

return findings
