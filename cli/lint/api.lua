-- What API manifests say, put together: the classes, functions and types that patches meet.

local _, import = ...

local suggest = import "suggest"

local api = {}

api.FORMAT, api.VERSION = "moonpatch-api", 2

---@class Api
---@field owners table<string, table>  classes and namespaces: {name, base, kind, members, functions}
---@field values table<string, table>
---@field enums table<string, table>
---@field options table<string, table>
---@field roots table<string, string>  {[native.name] = its class}
---@field level number                 the newest one that all manifests have
local Api = {}
Api.__index = Api

--- The name under which patches override a function.
local PREFIX = { getter = "get ", setter = "set " }
local function key_of(f) return (PREFIX[f.kind] or "") .. f.name end

local function add_owner(self, described)
   local owner = self.owners[described.name]
   if not owner then
      owner = {
         name = described.name, kind = described.kind, base = described.base, since = described.since,
         deprecated = described.deprecated, functions = {}, members = {},
      }
      self.owners[described.name] = owner
   end
   for _, property in ipairs(described.properties) do owner.members[property.name] = { property = property } end
   for _, f in ipairs(described.functions) do
      owner.functions[key_of(f)] = f
      f.owner = described.name
      local member = owner.members[f.name] or {}
      owner.members[f.name] = member
      member[PREFIX[f.kind] and f.kind or "func"] = f
   end
   if described.root then self.roots[described.root] = described.name end
end

local function index(list, into)
   for _, each in ipairs(list or {}) do into[each.name] = each end
end

--- Takes decoded manifests.
function api.new(manifests)
   local self = setmetatable({ owners = {}, values = {}, options = {}, enums = {}, roots = {}, level = math.huge }, Api)
   for _, manifest in ipairs(manifests) do
      for _, owner in ipairs(manifest.owners) do add_owner(self, owner) end
      index(manifest.values, self.values)
      index(manifest.options, self.options)
      index(manifest.enums, self.enums)
      self.level = math.min(self.level, manifest.level)
   end
   return self
end

local function sorted(keys)
   local list = {}
   for key in pairs(keys) do list[#list + 1] = key end
   table.sort(list)
   return list
end

--- " (did you mean ...?)" for a name among the keys of tables.
function api.suggest(name, ...)
   local known = {}
   for _, each in ipairs { ... } do
      for key in pairs(each) do known[key] = true end
   end
   return suggest(name, sorted(known))
end

--- The same, for what may also be right: nil unless a name is near.
function api.near(name, keys)
   local said = suggest(name, sorted(keys))
   return said:find "did you mean" and said or nil
end

--- Visits an owner and those it inherits from.
function Api:lineage(name)
   return function(_, owner)
      local next_name
      if owner then next_name = owner.base else next_name = name end
      return next_name and self.owners[next_name]
   end
end

--- A member {property, func, getter, setter} of a class, inherited ones too; and whose it is.
function Api:member(class, name)
   for owner in self:lineage(class) do
      if owner.members[name] then return owner.members[name], owner end
   end
end

--- All members of a class by their names.
function Api:members(class)
   local all = {}
   for owner in self:lineage(class) do
      for name, member in pairs(owner.members) do all[name] = all[name] or member end
   end
   return all
end

--- What `native.name` is: {type, ...} as known.lua has it; nil: no manifest says so.
function Api:native(name)
   if self.owners[name] then return { type = "owner", owner = self.owners[name] } end
   if self.enums[name] then return { type = "enum", enum = self.enums[name] } end
   if self.values[name] then return { type = "value type", name = name } end
   if self.roots[name] then return { type = "object", class = self.roots[name] } end
end

--- Whether C hands objects of `class` where `wanted` is expected; true as well if neither is known.
function Api:is_a(class, wanted)
   if not self.owners[class] or not self.owners[wanted] then return true end
   for owner in self:lineage(class) do
      if owner.name == wanted then return true end
   end
   return false
end

return api
