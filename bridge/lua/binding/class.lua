-- Classes: what registering a module makes of its description.
--
-- A class has a metatable, which its handles share, and a table of members, in which the
-- metatable's __index looks: a function is a method, {get, set} a property. Derived classes start
-- with a copy of their base's members. Patching replaces entries of these tables, and nothing
-- else, so compiled scripts, whose look-ups are guarded, see it at once.

local core, import = ...

local callback = import "callback"
local constructor = import "construct"
local enum = import "enum"
local field = import "field"
local hold = import "hold"
local metamethod = import "metamethod"
local object = import "object"
local suggest = import "suggest"
local value = import "value"

local attach, get_field, is_alive, resolve = field.attach, field.get, object.is_alive, object.resolve
local raise = core.raise

local class = {}

local DEMOTED = 2 -- MP_REDIRECT_DEMOTED

local classes = {} -- {[name] = class}, and classes in their order of registration
local by_metatable = {} -- {[metatable] = class}
local owners = {} -- {[name] = {statics, functions = {[key] = method}, class = class or nil}}
local methods = {} -- {[c_name] = method}
local native = {} -- what scripts see as `native`
local owner_of_proxy = setmetatable({}, { __mode = "k" }) -- {[native.Enemy] = owner}

-- ---- what scripts see -----------------------------------------------------------------------

local function read_only(name, content)
   return setmetatable({}, {
      __index = content,
      __newindex = function(_, key)
         raise(("%s.%s: native tables are read only; use patch.override to change what a function does"):format(
            name, tostring(key)))
      end,
      __tostring = function() return name end,
      __metatable = false,
      [core.native_mark] = name == "native" and name or "native." .. name,
   })
end

class.native = read_only("native", native)

--- What every class can be asked, under names that it does not use itself.
local function questions(of)
   local metatable = of.metatable
   return {
      is = function(given) return object.is_a(given, metatable) end,
      cast = function(given) return object.is_a(given, metatable) and given or nil end,
   }
end

local function proxy_of(owner)
   local statics, members = owner.statics, owner.class and owner.class.members
   local asked = owner.class and questions(owner.class)
   local proxy = read_only(owner.name, function(_, key)
      local static = statics[key]
      if static ~= nil or not members then return static end
      local member = members[key]
      -- Accessors trust their self, so they are not for scripts to call.
      if type(member) == "function" then return member end
      return asked[key]
   end)
   owner_of_proxy[proxy] = owner
   return proxy
end

local function owner_named(name)
   local owner = owners[name]
   if not owner then
      owner = { name = name, statics = {}, functions = {} }
      owners[name] = owner
      native[name] = proxy_of(owner)
   end
   return owner
end

-- ---- metatables -----------------------------------------------------------------------------

-- Compiled code takes the upvalues of a function for constants only while few functions share its
-- prototype. These two are made for every class, so each gets a prototype of its own. Both are Lua, as
-- a patched accessor that yields must not have C between it and its caller. Where nothing is compiled,
-- C reads and writes the members that need no function; they are light userdata.
local INDEX = [[
local members, type, read, refuse = ...
return function(self, key)
   local member = members[key]
   local kind = type(member)
   if kind == "function" then return member end
   if kind ~= "table" then return read(self, key, member) end
   local get = member.get
   if not get then refuse(key) end
   return get(self)
end]]

local NEWINDEX = [[
local members, type, resolve, attach, write, refuse = ...
return function(self, key, new)
   local member = members[key]
   if member == nil then
      resolve(self, key)
      attach(self, key, new)
   elseif type(member) == "table" and member.set then
      member.set(self, new)
   elseif type(member) == "userdata" then
      write(self, key, new, member)
   else
      refuse(self, key)
   end
end]]

--- Resolves the object of a handle for a key that is no member; it may be of any type.
local function resolve_field(self, key)
   if is_alive(self) then return end
   local kind = type(key)
   local name = (kind == "string" or kind == "number") and key or kind
   resolve(self, ("%s.%s"):format(core.describe(self), name))
end

local function read_field(self, key)
   resolve_field(self, key)
   return get_field(self, key)
end
local read = core.jit and read_field or core.member_reader(field.all)

local function compile(code, ...) return assert(loadstring(code, "=[moonpatch/class.lua]"))(...) end

local function refusal(name, members)
   return function(_, key)
      if type(members[key]) == "function" then
         raise(("%s.%s is a method: patch.override(native.%s, %q, ...) changes it for all objects"):format(
            name, key, name, key))
      end
      raise(("%s.%s is read only"):format(name, key))
   end
end

local function fill_metatable(metatable, name, members)
   local refuse = refusal(name, members)
   metatable.__name = name
   metatable.__metatable = false
   metatable.__tostring = object.tostring
   local function refuse_to_read(key) raise(("%s.%s is write only"):format(name, key)) end
   metatable.__index = compile(INDEX, members, type, read, refuse_to_read)
   metatable.__newindex = compile(NEWINDEX, members, type, resolve_field, attach, core.write_member, refuse)
end

-- ---- defining -------------------------------------------------------------------------------

local function copy_member(member)
   if type(member) ~= "table" then return member end
   return { get = member.get, set = member.set }
end

local function define_class(description)
   local base = classes[description.base]
   local metatable, members, origin = {}, {}, {}
   local new = {
      name = description.name, base = base, metatable = metatable, members = members,
      destructor = base and base.destructor, -- the name of its method
      properties = {}, -- {[name] = description} of plain members
      origin = origin, -- {[key or kind .. key] = method}: which method an entry comes from
   }
   for key, member in pairs(base and base.members or {}) do members[key] = copy_member(member) end
   for key, method in pairs(base and base.origin or {}) do origin[key] = method end
   for key, property in pairs(base and base.properties or {}) do new.properties[key] = property end
   fill_metatable(metatable, description.name, members)
   if description.shared then metatable.__gc = core.collect end
   local derives = { [metatable] = true }
   for ancestor in pairs(base and object.derives[base.metatable] or {}) do derives[ancestor] = true end
   object.derives[metatable] = derives
   core.define_class(description.pointer, metatable)
   classes[description.name] = new
   by_metatable[metatable] = new
   classes[#classes + 1] = new
   local owner = owner_named(description.name)
   owner.class = new
   native[description.name] = proxy_of(owner)
end

--- Where a method's function stands in the tables of its class: accessors share an entry.
local function origin_key(method)
   local prefix = (method.kind == "getter" and "get ") or (method.kind == "setter" and "set ") or ""
   return prefix .. method.name
end

--- The function that calls a method through the C API.
local function safe_function(method)
   if not method.safe_function then
      local raw = core.bind(method.pointer, false, method.module.unloadable)
      method.safe_function = method.stubs.shim and method.stubs.shim(raw) or raw
   end
   return method.safe_function
end

--- The function that Lua callers of an unpatched leaf get. Made once for each class: compiled code
--- takes its upvalues for constants only while few functions share its prototype.
local function leaf_function(method, receiver)
   method.leaves = method.leaves or setmetatable({}, { __mode = "k" })
   local key = receiver or method
   method.leaves[key] = method.leaves[key]
      or method.stubs.leaf(receiver and receiver.metatable, receiver and receiver.members or method.owner.statics)
   return method.leaves[key]
end

--- The function that Lua callers of an unpatched method get.
local function public_function(method, receiver)
   if core.jit and method.stubs.leaf and not method.demoted then return leaf_function(method, receiver) end
   return safe_function(method)
end

--- The function that calls a method's C body, whatever is patched: the lowest `original`.
function class.native_function(method)
   if not method.native_function then
      local raw = core.bind(method.pointer, true, method.module.unloadable)
      method.native_function = method.stubs.shim and method.stubs.shim(raw) or raw
   end
   return method.native_function
end

local function set_member(receiver, method, func)
   local members, name = receiver.members, method.name
   if method.kind == "method" or method.kind == "destructor" then
      members[name] = func
   else
      local member = members[name]
      if type(member) ~= "table" then
         member = {}
         members[name] = member
      end
      member[method.kind == "getter" and "get" or "set"] = func
      if next(member) == nil then members[name] = nil end
   end
end

local function class_of(handle) return by_metatable[debug.getmetatable(handle)] end

--- Gives every class that has the method from its declaring class the function that `make`
--- returns for it.
local function install(method, make)
   if not method.has_self then
      method.owner.statics[method.name] = make(nil)
      return
   end
   local key = origin_key(method)
   for _, receiver in ipairs(classes) do
      if receiver.origin[key] == method then
         local func = make(receiver)
         if func then set_member(receiver, method, func) end
      end
   end
end

--- Lets Lua callers of the method reach `func`; nil: what they reach when it is not patched.
function class.set_function(method, func)
   method.patch = func
   if method.event then
      method.fire = func or public_function(method)
      return
   end
   install(method, function(receiver)
      local reached = func or public_function(method, receiver)
      return method.kind == "constructor" and constructor(method, reached, class_of) or reached
   end)
end

local function claim(method)
   local key = origin_key(method)
   local old = method.class.origin[key]
   for _, receiver in ipairs(classes) do
      local is_heir = object.derives[receiver.metatable][method.class.metatable]
      if is_heir and receiver.origin[key] == old then
         receiver.origin[key] = method
         if method.kind == "destructor" then receiver.destructor = method.name end
      end
   end
end

local function define_method(module, method)
   method.module = module
   method.owner = owner_named(method.owner)
   method.where = ("%s.%s"):format(method.owner.name, method.name)
   method.slot = object.cast("mp_Slot *", method.slot)
   method.has_self = method.kind ~= "static" and method.kind ~= "constructor"
   if method.has_self then
      method.class = method.owner.class
      claim(method)
   end
   method.owner.functions[origin_key(method)] = method
   methods[method.c_name] = method
end

--- An event is a member that scripts read: see event.lua.
local function define_event(method)
   local event = import "event"
   local where = method.where
   install(method, function(receiver)
      if not receiver then return event.of(method) end
      receiver.members[method.name] = { get = function(self)
         resolve(self, where)
         return event.of(method, self)
      end }
   end)
end

--- Undoes claim() for a method that goes: heirs get back what they inherited before.
function class.unclaim(method)
   local key = origin_key(method)
   for _, receiver in ipairs(classes) do
      if receiver.origin[key] == method then
         local base = receiver.base
         local old = base and base.origin[key]
         receiver.origin[key] = old
         if method.kind == "destructor" then receiver.destructor = base and base.destructor end
         if old and old.event then
            define_event(old)
         else
            set_member(receiver, method, old and (old.patch or public_function(old, receiver)))
         end
      end
   end
end

--- Binds what a new class inherits to its own metatable, so that self is recognised at a glance.
local function bind_inherited(receiver)
   for _, method in pairs(receiver.origin) do
      local patched = method.slot.redirect % 2 == 1
      if method.stubs and not method.event and not patched then set_member(receiver, method, public_function(method, receiver)) end
   end
end

local function define_properties(descriptions, stubs)
   for _, property in ipairs(descriptions) do
      local declaring = classes[property.class]
      local stub = stubs[property.class][property.name]
      for _, receiver in ipairs(classes) do
         if object.derives[receiver.metatable][declaring.metatable] then
            local plain = not core.jit and not property.in_ffi
            receiver.properties[property.name] = property
            receiver.members[property.name] = plain and property.pointer or { get = stub.get, set = stub.set }
         end
      end
   end
end

-- ---- the runtime of generated code ----------------------------------------------------------

local runtime = {
   methods = methods, traceback = core.traceback, value = value.get, define_value = value.define,
}
for name, helper in pairs(object) do runtime[name] = helper end
runtime.enum, runtime.flags = enum.both, enum.flags
function runtime.metatable(name) return class.metatable(name) end

--- The metatable that a class's handles share.
function class.metatable(name)
   local found = classes[name]
      or error(("class %s is not known: register the module that declares it first"):format(name), 0)
   return found.metatable
end

--- Where a leaf stub goes that must not call its C body: to the patch, or to the C API when the
--- leaf broke its promise or the patch is another VM's.
function runtime.redirect(method)
   if method.gone then raise(("%s: module %s was unloaded"):format(method.where, method.module.name)) end
   if hold.on then hold.refuse(method.where) end
   if bit.band(method.slot.redirect, DEMOTED) ~= 0 and not method.demoted then
      method.demoted = true
      class.set_function(method, method.patch)
   end
   return method.patch or safe_function(method)
end

-- ---- registering ----------------------------------------------------------------------------

--- Defines what is in a module, as core.describe_module() describes it. Its names are free. Keeps in
--- it what bridge/lua/binding/module.lua must know to take it away: `generated`, `values`.
function class.define(module)
   for _, description in ipairs(module.enums) do
      native[description.name] = read_only(description.name, enum.define(description))
   end
   for _, description in ipairs(module.classes) do define_class(description) end
   for _, method in ipairs(module.methods) do define_method(module, method) end
   for _, description in ipairs(module.callbacks) do methods[description.c_name] = callback.describe(description) end
   local layer = import "layer"
   runtime.failed, runtime.end_call = layer.failed, layer.end_call
   local convert, part = import "convert", import "part"
   for _, name in ipairs { "converter", "array", "options", "define_options", "inout", "check_result" } do
      runtime[name] = convert[name]
   end
   runtime.part, runtime.span = part.property, part.span
   module.values = value.start_list()
   local generated = assert(loadstring(module.lua, module.source))(runtime)
   module.generated = generated
   define_properties(module.properties, generated.properties)
   for _, description in ipairs(module.callbacks) do callback.define(description, generated.stubs[description.c_name]) end
   for _, method in ipairs(module.methods) do
      method.stubs = generated.stubs[method.c_name]
      if method.event then define_event(method) end
      class.set_function(method, nil)
   end
   for _, description in ipairs(module.classes) do bind_inherited(classes[description.name]) end
   metamethod.define(generated.metamethods, classes)
   for _, name in ipairs(module.values) do
      if native[name] ~= nil then error(("module %s: there is a native.%s already"):format(module.name, name), 0) end
      native[name] = value.constructor(name)
   end
end

--- Makes a handle known as native.<name>.
function class.set_root(name, handle) native[name] = handle end

-- ---- looking up -----------------------------------------------------------------------------

--- The class or namespace behind a table that scripts see; nil for other values.
function class.owner_of(proxy)
   local owner = owner_of_proxy[proxy]
   if owner and owner.gone then raise(("native.%s: module %s was unloaded"):format(owner.name, owner.gone)) end
   return owner
end

--- The method of an owner by the name that patches use: "damage", or "get speed" for accessors.
--- Second, when there is none: the method that the owner's class inherits under that name.
function class.find(owner, name)
   return owner.functions[name], owner.class and owner.class.origin[name]
end

--- The names of all functions of an owner, inherited ones included, sorted.
function class.function_names(owner)
   local names = {}
   for name in pairs(owner.functions) do names[#names + 1] = name end
   for name in pairs(owner.class and owner.class.origin or {}) do
      if not owner.functions[name] then names[#names + 1] = name end
   end
   table.sort(names)
   return names
end

--- The names under `native`, sorted.
function class.native_names()
   local names = {}
   for name in pairs(native) do names[#names + 1] = name end
   table.sort(names)
   return names
end

class.origin_key = origin_key

--- What all this is kept in, for bridge/lua/binding/module.lua.
class.state = {
   classes = classes, by_metatable = by_metatable, owners = owners, methods = methods, native = native,
   owner_of_proxy = owner_of_proxy,
}

return class
