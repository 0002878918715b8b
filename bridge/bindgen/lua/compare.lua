-- Two manifests of one module, an old and a new one: what of the old one is gone or is not what it
-- was, so that scripts written for it break; and what is new and does not say since when.

local compare = {}

---@class Comparison
---@field old table       a manifest
---@field new table       a manifest
---@field least integer   the level that what is new must say at least
---@field breaks table[]  faults, as the other commands have them
local Comparison = {}
Comparison.__index = Comparison

function Comparison:fault(header, way_out, format, ...)
   table.insert(self.breaks, { file = header or self.new.module, text = format:format(...), way_out = way_out })
end

--- Something that level `old.level` promises does not hold any more.
function Comparison:broken(header, format, ...)
   self:fault(header, ("restore it, or raise the lowest supported level above %d"):format(self.old.level), format, ...)
end

local function by_name(list)
   local found = {}
   for _, entry in ipairs(list) do found[entry.name] = entry end
   return found
end

--- `now` is in a released level and says that it came later.
function Comparison:too_young(header, name)
   self:fault(header, "take its MP_SINCE away", "%s: level %d has it already", name, self.old.level)
end

--- `entry` is not in the old manifest.
function Comparison:unmarked(header, name)
   self:fault(header, ("declare it with MP_SINCE(%d)"):format(self.least), "%s is new, level %d does not have it", name,
      self.old.level)
end

--- Compares two lists of named entries: `check(old, new, name)` for those that are in both.
-- `header` is where they are declared if they do not say; `prefix` is put before their names. `what`
-- they are, if they do not say.
function Comparison:lists(old, new, what, prefix, header, check)
   local before, after = by_name(old), by_name(new)
   for _, entry in ipairs(old) do
      local name, now = prefix .. entry.name, after[entry.name]
      if not now then
         self:broken(entry.header or header, "%s %s was removed", what or entry.kind, name)
      else
         if now.since > self.old.level then self:too_young(now.header or header, name) end
         check(entry, now, name)
      end
   end
   for _, entry in ipairs(new) do
      if not before[entry.name] and entry.since < self.least then
         self:unmarked(entry.header or header, ("%s %s"):format(what or entry.kind, prefix .. entry.name))
      end
   end
end

-- ---- functions ------------------------------------------------------------------------------

local function words_of(entry) return entry and entry.type or "nothing" end

--- Parameters stand where they stood: a name that is found elsewhere was moved.
local function moved(old, new)
   local places = {}
   for index, parameter in ipairs(new) do places[parameter.name] = index end
   for index, parameter in ipairs(old) do
      if places[parameter.name] and places[parameter.name] ~= index then return parameter.name end
   end
end

function Comparison:parameters(old, new, name, header)
   local stray = moved(old, new)
   if stray then
      self:broken(header, "%s: parameter '%s' stands at another place", name, stray)
      return
   end
   for index, parameter in ipairs(old) do
      local now = new[index]
      if not now then
         self:broken(header, "%s: parameter '%s' was removed", name, parameter.name)
      elseif now.type ~= parameter.type then
         self:broken(header, "%s: parameter '%s' was %s and is %s", name, now.name, parameter.type, now.type)
      elseif parameter.optional and not now.optional then
         self:broken(header, "%s: parameter '%s' may not be left out any more", name, now.name)
      elseif parameter.default ~= now.default then
         self:broken(header, "%s: parameter '%s' was %s if left out and is %s", name, now.name,
            parameter.default or "nil", now.default or "nil")
      end
   end
   for index = #old + 1, #new do
      if not new[index].optional then
         self:broken(header, "%s: parameter '%s' was added, and calls must pass it", name, new[index].name)
      end
   end
end

function Comparison:results(old, new, name, header)
   for index = 1, math.max(#old, #new) do
      local before, now = old[index], new[index]
      if words_of(before) ~= words_of(now) then
         self:broken(header, "%s: result was %s and is %s", name, words_of(before), words_of(now))
      end
   end
end

--- What functions and callbacks have in common.
function Comparison:call(old, new, name)
   local header = new.header
   self:parameters(old.parameters, new.parameters, name, header)
   self:results(old.results, new.results, name, header)
   if old.fails ~= new.fails then
      local how = new.fails and "can fail now," or "cannot fail any more"
      self:broken(header, "%s: it %s with nil and a message", name, how)
   end
   if (old.rest or false) ~= (new.rest or false) then
      self:broken(header, "%s: it takes %s", name, new.rest and "further arguments now" or "no further arguments any more")
   end
end

function Comparison:function_(old, new, name)
   local header = new.header
   if old.kind ~= new.kind then
      self:broken(header, "%s was a %s and is a %s", name, old.kind, new.kind)
      return
   end
   if (old.event or false) ~= (new.event or false) then
      self:broken(header, "%s %s", name, new.event and "is an event now" or "is no event any more")
   end
   local serves = {}
   for _, event in ipairs(new.meta or {}) do serves[event] = true end
   for _, event in ipairs(old.meta or {}) do
      if not serves[event] then self:broken(header, "%s does not serve the operator '%s' any more", name, event) end
   end
   self:call(old, new, name)
   if old.patchable and not new.patchable then
      self:broken(header, "%s cannot be patched any more: %s", name, new.why or "no reason is given")
   end
end

--- Accessors are told from functions of the same name as patches tell them: "get speed".
local function by_patch_name(functions)
   local named = {}
   for index, f in ipairs(functions) do
      local prefix = (f.kind == "getter" and "get ") or (f.kind == "setter" and "set ") or ""
      named[index] = setmetatable({ name = prefix .. f.name }, { __index = f })
   end
   return named
end

-- ---- classes --------------------------------------------------------------------------------

--- What scripts read and write under a name: plain members, and accessors, inherited ones included.
local function properties_of(owners, owner)
   local found = {}
   while owner do
      for _, property in ipairs(owner.properties) do
         found[property.name] = found[property.name]
            or { type = property.type, readable = true, writable = not property.readonly, header = owner.header }
      end
      for _, f in ipairs(owner.functions) do
         if f.kind == "getter" or f.kind == "setter" then
            local entry = found[f.name] or { header = f.header }
            found[f.name] = entry
            entry.type = entry.type or words_of(f.kind == "getter" and f.results[1] or f.parameters[1])
            entry.readable = entry.readable or f.kind == "getter"
            entry.writable = entry.writable or f.kind == "setter"
         end
      end
      owner = owners[owner.base]
   end
   return found
end

function Comparison:properties(old, new)
   local before = properties_of(self.old_owners, old)
   local after = properties_of(self.new_owners, new)
   for _, property in ipairs(old.properties) do
      local name, was, now = old.name .. "." .. property.name, before[property.name], after[property.name]
      if not now then
         self:broken(old.header, "property %s was removed", name)
      elseif was.type ~= now.type then
         self:broken(now.header, "property %s was %s and is %s", name, was.type, now.type)
      elseif was.writable and not now.writable then
         self:broken(now.header, "property %s is read only, which it was not", name)
      end
   end
   local known = by_name(old.properties)
   for _, property in ipairs(new.properties) do
      local name = ("property %s.%s"):format(new.name, property.name)
      if not before[property.name] and property.since < self.least then
         self:unmarked(new.header, name)
      elseif known[property.name] and property.since > self.old.level then
         self:too_young(new.header, name)
      end
   end
end

local function derives(owners, name, base)
   while name do
      if name == base then return true end
      name = owners[name] and owners[name].base
   end
   return false
end

function Comparison:owner(old, new)
   if old.kind ~= new.kind then
      self:broken(new.header, "%s was a %s and is a %s", old.name, old.kind, new.kind)
      return
   end
   if old.base and not derives(self.new_owners, new.name, old.base) then
      self:broken(new.header, "class %s does not inherit %s any more", old.name, old.base)
   end
   if (old.shared or false) ~= (new.shared or false) then
      self:broken(new.header, "class %s %s", old.name, new.shared and "is shared now" or "is not shared any more")
   end
   if old.root and old.root ~= new.root then
      self:broken(new.header, "native.%s is not declared to be a %s any more", old.root, old.name)
   end
   self:properties(old, new)
   self:lists(by_patch_name(old.functions), by_patch_name(new.functions), "function", old.name .. ".", new.header,
      function(before, now, name) self:function_(before, now, name) end)
end

-- ---- values and enums -----------------------------------------------------------------------

local function fields_of(value)
   local words = {}
   for index, field in ipairs(value.fields) do words[index] = ("%s: %s"):format(field.name, field.type) end
   return table.concat(words, ", ")
end

--- Scripts make values by the order and by the names of all fields: none may change.
function Comparison:value(old, new, name)
   if fields_of(old) ~= fields_of(new) then
      self:broken(new.header, "value %s was (%s) and is (%s)", name, fields_of(old), fields_of(new))
   end
end

--- Scripts name the fields that they want: none may go, and new ones do no harm.
function Comparison:options(old, new)
   self:lists(old.fields, new.fields, "option", old.name .. ".", new.header, function(before, now, name)
      if before.type ~= now.type then
         self:broken(new.header, "option %s was %s and is %s", name, before.type, now.type)
      elseif before.default ~= now.default then
         self:broken(new.header, "option %s was %s if left out and is %s", name, before.default or "zero or nil",
            now.default or "zero or nil")
      end
   end)
end

function Comparison:enum(old, new)
   if (old.flags or false) ~= (new.flags or false) then
      self:broken(new.header, "enum %s %s", old.name, new.flags and "is flags now" or "is no flags any more")
   end
   self:lists(old.members, new.members, "enum member", old.name .. ".", new.header, function(before, now, name)
      if before.value ~= now.value then
         self:broken(new.header, "enum member %s was %d and is %d", name, before.value, now.value)
      end
   end)
end

--- The breaks between two manifests of one module. `least`: the level that what is new must say at
--- least, one more than the old one's if nil.
function compare.manifests(old, new, least)
   local comparison = setmetatable({
      old = old, new = new, least = least or old.level + 1, breaks = {}, old_owners = by_name(old.owners),
      new_owners = by_name(new.owners),
   }, Comparison)
   comparison:lists(old.owners, new.owners, nil, "", nil, function(before, now)
      comparison:owner(before, now)
   end)
   comparison:lists(old.values, new.values, "value", "", nil, function(before, now, name)
      comparison:value(before, now, name)
   end)
   comparison:lists(old.options, new.options, "options", "", nil, function(before, now)
      comparison:options(before, now)
   end)
   comparison:lists(old.callbacks, new.callbacks, "callback", "", nil, function(before, now, name)
      comparison:call(before, now, name)
   end)
   comparison:lists(old.enums, new.enums, "enum", "", nil, function(before, now) comparison:enum(before, now) end)
   return comparison.breaks
end

return compare
