-- The API reference: one Markdown page for everything that some manifests name, and an index. The
-- pages' text is in templates/reference_*.md.tmpl.

local luals = require "luals"
local wording = require "wording"

local reference = {}

-- ---- what there is, and where ---------------------------------------------------------------

---@class Entry
---@field entry table     of a manifest
---@field kind string     "class", "namespace", "value", "options", "callback" or "enum"
---@field module string
---@field path string     of its page, from the output folder

local function add(site, module, kind, entry)
   local path = ("%s/%s.md"):format(module, entry.name)
   local known = { entry = entry, kind = kind, module = module, path = path }
   site.by_name[entry.name] = known
   site.entries[#site.entries + 1] = known
   for _, f in ipairs(entry.functions or {}) do
      site.by_c_name[f.c] = { name = ("%s.%s"):format(entry.name, f.name), path = path, anchor = f.name }
   end
end

--- Everything that the manifests have, and the classes that derive from each class.
local function site_of(manifests)
   local site = { entries = {}, by_name = {}, by_c_name = {}, heirs = {} }
   for _, manifest in ipairs(manifests) do
      for _, owner in ipairs(manifest.owners) do add(site, manifest.module, owner.kind, owner) end
      for _, value in ipairs(manifest.values) do add(site, manifest.module, "value", value) end
      for _, options in ipairs(manifest.options) do add(site, manifest.module, "options", options) end
      for _, callback in ipairs(manifest.callbacks) do add(site, manifest.module, "callback", callback) end
      for _, enum in ipairs(manifest.enums) do add(site, manifest.module, "enum", enum) end
   end
   for _, known in ipairs(site.entries) do
      local base = known.entry.base
      if base then
         site.heirs[base] = site.heirs[base] or {}
         table.insert(site.heirs[base], known.entry.name)
      end
   end
   return site
end

-- ---- what is said about functions -----------------------------------------------------------

local function is_called(f) return f.kind ~= "getter" and f.kind ~= "setter" end
local function has_self(f) return f.kind ~= "static" and f.kind ~= "constructor" end

--- "amount: number", "count: integer = 3", "target?: Enemy"
local function parameters_of(f)
   local list = {}
   for index, parameter in ipairs(f.parameters) do
      local missing = parameter.default and " = " .. parameter.default or ""
      list[index] = ("%s%s: %s%s"):format(luals.variable(parameter.name),
         parameter.optional and not parameter.default and "?" or "", parameter.type, missing)
   end
   if f.rest then list[#list + 1] = "..." end
   return list
end

--- ": integer, rest: integer | nil, message", or nothing
local function returned_by(f)
   local list = {}
   for index, result in ipairs(f.results) do
      local name = result.name and result.name .. ": " or ""
      list[index] = name .. result.type .. (result.optional and " or nil" or "")
   end
   if f.fails then
      list[1] = list[1] or "true"
      list[#list] = list[#list] .. " | nil, message"
   end
   return #list > 0 and ": " .. table.concat(list, ", ") or ""
end

--- "Dome:damage(amount: number): number"
local function call_of(owner, f)
   local parameters = parameters_of(f)
   if f.event then
      if has_self(f) then table.insert(parameters, 1, "self: " .. owner.name) end
      local place = has_self(f) and owner.name or "native." .. owner.name
      return ("%s:connect(function(%s) … end)"):format(luals.member(place, f.name), table.concat(parameters, ", "))
   end
   local callee = ("%s:%s"):format(owner.name, f.name)
   if not has_self(f) then
      callee = luals.member("native." .. owner.name, f.name)
   elseif luals.key(f.name) ~= f.name then -- a word of Lua's own
      callee = luals.member(owner.name, f.name)
      table.insert(parameters, 1, "self")
   end
   return ("%s(%s)%s"):format(callee, table.concat(parameters, ", "), returned_by(f))
end

--- "function(enemy: Enemy): boolean"
local function shape_of(callback)
   return ("function(%s)%s"):format(table.concat(parameters_of(callback), ", "), returned_by(callback))
end

--- How a patch takes the function's place, or joins it where it must not.
local function patch_of(owner, f)
   local mode, names = f.modes[1], {}
   if mode == "override" then names[1] = "original" end
   if f.kind ~= "static" then names[#names + 1] = "self" end
   for _, parameter in ipairs(f.parameters) do
      if parameter.type ~= "table of properties" then names[#names + 1] = luals.variable(parameter.name) end
   end
   if f.rest then names[#names + 1] = "..." end
   return ("patch.%s(native.%s, %q, function(%s) … end)"):format(mode, owner.name, f.name, table.concat(names, ", "))
end

-- ---- what is said about properties ----------------------------------------------------------

local function accessors_of(owner)
   local list, by_name = {}, {}
   for _, f in ipairs(owner.functions) do
      if not is_called(f) then
         local property = by_name[f.name]
         if not property then
            property = { name = f.name, doc = "", since = f.since, leaf = f.leaf, patches = {} }
            by_name[f.name] = property
            list[#list + 1] = property
         end
         local getter = f.kind == "getter"
         local carrier = getter and f.results[1] or f.parameters[1]
         property.type = property.type or carrier.type
         property.optional = property.optional or (getter and carrier.optional)
         property.unit = property.unit or carrier.unit
         property.readable, property.writable = property.readable or getter, property.writable or not getter
         property.doc = property.doc ~= "" and property.doc or f.doc
         property.deprecated = property.deprecated or f.deprecated
         table.insert(property.patches, ('`"%s %s"`'):format(getter and "get" or "set", f.name))
      end
   end
   return list
end

local function access_of(property)
   local readable = not property.patches or property.readable
   local writable = not property.readonly
   if property.patches then writable = property.writable end
   if property.in_place then return writable and "elements" or "elements, read" end
   return readable and writable and "read, write" or readable and "read" or "write"
end

--- All properties of a class as rows: what the table of a page has.
local function properties_of(owner)
   local rows = {}
   for _, property in ipairs(owner.properties) do
      rows[#rows + 1] = { property = property, access = access_of(property), through = "member", patch = "no" }
   end
   for _, property in ipairs(accessors_of(owner)) do
      rows[#rows + 1] = {
         property = property, access = access_of(property), through = property.leaf and "leaf" or "C API",
         patch = table.concat(property.patches, ", "),
      }
   end
   return rows
end

--- The reasons why properties cannot be patched, each once.
local function reasons_of(owner)
   local seen, reasons = {}, {}
   for _, property in ipairs(owner.properties) do
      if not property.patchable and property.why and not seen[property.why] then
         seen[property.why] = true
         reasons[#reasons + 1] = property.why
      end
   end
   return reasons
end

--- What a class has from its bases, the nearest first: {name, members}.
local function inherited_by(site, owner)
   local list = {}
   local base = owner.base and site.by_name[owner.base]
   while base do
      local members = {}
      for _, row in ipairs(properties_of(base.entry)) do members[#members + 1] = ("`%s`"):format(row.property.name) end
      for _, f in ipairs(base.entry.functions) do
         if is_called(f) and has_self(f) then
            members[#members + 1] = ("[`%s%s`](../%s#%s)"):format(f.name, f.event and "" or "()", base.path, f.name)
         end
      end
      list[#list + 1] = { name = base.entry.name, members = table.concat(members, ", ") }
      base = base.entry.base and site.by_name[base.entry.base]
   end
   return list
end

--- What a class or namespace has beside properties: {title, functions}.
local function sections_of(owner)
   local called, events = {}, {}
   for _, f in ipairs(owner.functions) do
      local list = f.event and events or called
      if is_called(f) then list[#list + 1] = f end
   end
   return { { title = "Functions", functions = called }, { title = "Events", functions = events } }
end

-- ---- pages ----------------------------------------------------------------------------------

local TEMPLATES = {
   class = "owner", namespace = "owner", value = "value", options = "options", callback = "callback", enum = "enum",
}

--- How scripts make a value: of its fields, or of a table of them.
local function describe_value(environment, value)
   local variables, entries = {}, {}
   for index, field in ipairs(value.fields) do
      variables[index], entries[index] = luals.variable(field.name), luals.key(field.name) .. " = …"
   end
   environment.made = ("native.%s(%s)"):format(value.name, table.concat(variables, ", "))
   environment.made_of_table = ("native.%s { %s }"):format(value.name, table.concat(entries, ", "))
end

local function page_of(site, known, sources)
   local words = wording.new(site, "../", sources)
   local entry = known.entry
   local environment = { entry = entry, module = known.module, kind = known.kind, words = words }
   if entry.functions then
      local heirs = {}
      for index, name in ipairs(site.heirs[entry.name] or {}) do heirs[index] = words:link(name) end
      environment.heirs = table.concat(heirs, ", ")
      environment.rows, environment.reasons = properties_of(entry), reasons_of(entry)
      environment.inherited, environment.sections = inherited_by(site, entry), sections_of(entry)
      environment.call_of, environment.patch_of = call_of, patch_of
   end
   if known.kind == "callback" then environment.shape_of = shape_of end
   if known.kind == "value" then describe_value(environment, entry) end
   return { path = known.path, template = "reference_" .. TEMPLATES[known.kind] .. ".md", environment = environment }
end

local function index_of(site, manifests, sources)
   local environment = { manifests = manifests, words = wording.new(site, "", sources) }

   --- What a module has of a kind, sorted.
   function environment.listed(module, kind)
      local list = {}
      for _, known in ipairs(site.entries) do
         if known.module == module and known.kind == kind then list[#list + 1] = known.entry end
      end
      table.sort(list, function(a, b) return a.name < b.name end)
      return list
   end

   --- The classes of which the host makes an object known.
   function environment.roots_of(manifest)
      local list = {}
      for _, class in ipairs(environment.listed(manifest.module, "class")) do
         if class.root then list[#list + 1] = class end
      end
      return list
   end
   return { path = "README.md", template = "reference_index.md", environment = environment }
end

--- All pages: {path, template, environment}. `sources` leads from the output folder to the project,
--- for links to headers; nil: they are named without a link.
function reference.pages(manifests, sources)
   local site, pages = site_of(manifests), {}
   for index, known in ipairs(site.entries) do pages[index] = page_of(site, known, sources) end
   pages[#pages + 1] = index_of(site, manifests, sources)
   return pages
end

return reference
