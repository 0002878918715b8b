-- Modules: registering what one run of bindgen made, all of it or nothing; and for plugins, taking
-- it away again, after which no address in their library is left.

local core, import = ...

local class = import "class"
local convert = import "convert"
local enum = import "enum"
local event = import "event"
local metamethod = import "metamethod"
local object = import "object"
local patchset = import "patchset"
local value = import "value"

local jit = require "jit"
local state = class.state

local module = {}

local registered = {} -- {[name] = module}

-- ---- names ----------------------------------------------------------------------------------

local function refuse_taken(m, name)
   if state.native[name] ~= nil then error(("module %s: there is a native.%s already"):format(m.name, name), 0) end
end

--- Raises unless every name that the module brings is free.
local function check_names(m)
   local own = {}
   for _, list in ipairs { m.classes, m.enums } do
      for _, entry in ipairs(list) do
         refuse_taken(m, entry.name)
         own[entry.name] = true
      end
   end
   for _, method in ipairs(m.methods) do
      local owner = state.owners[method.owner]
      if not owner and not own[method.owner] then refuse_taken(m, method.owner) end
      local twin = owner and owner.functions[class.origin_key(method)]
      if twin then
         error(("module %s: there is a %s.%s already, of module %s"):format(
            m.name, method.owner, method.name, twin.module.name), 0)
      end
   end
end

-- LuaJIT cannot forget a C type, so a module that comes back declares its types under new names.
local versions = {} -- {[name in C] = how often it was declared}

--- The module's text with each C type that it declares, or that was declared anew, under its name of today.
local function with_fresh_types(text)
   for name in text:gmatch "}%s*(mp_[%w_]+)%s*;" do versions[name] = (versions[name] or 0) + 1 end
   return (text:gsub("%f[%w_]mp_[%w_]+", function(name)
      local version = versions[name] or 1
      return version > 1 and ("%s__%d"):format(name, version) or nil
   end))
end

-- ---- taking away ----------------------------------------------------------------------------

--- A metamethod for what scripts kept of the module: says that it is gone.
local function refusal(m, name)
   return function(_, key)
      key = type(key) == "string" and key or core.describe(key)
      core.raise(("%s.%s: module %s was unloaded"):format(name, key, m.name))
   end
end

local function clear(t)
   for key in pairs(t) do t[key] = nil end
end

local function forget_owner(m, owner)
   owner.gone = m.name
   state.owners[owner.name], state.native[owner.name] = nil, nil
   for proxy, of in pairs(state.owner_of_proxy) do
      if of == owner then debug.getmetatable(proxy).__index = refusal(m, owner.name) end
   end
end

local function forget_class(m, name)
   local class_of = state.classes[name]
   if not class_of then return end
   state.classes[name], state.by_metatable[class_of.metatable] = nil, nil
   convert.forget(name)
   for index = #state.classes, 1, -1 do
      if state.classes[index] == class_of then table.remove(state.classes, index) end
   end
   forget_owner(m, state.owners[name])
   object.derives[class_of.metatable] = nil
   clear(class_of.metatable)
   local refuse = refusal(m, name)
   class_of.metatable.__metatable = false
   class_of.metatable.__name = name .. " (unloaded)"
   class_of.metatable.__tostring = object.tostring
   class_of.metatable.__index, class_of.metatable.__newindex = refuse, refuse
end

local dead_slot = object.ffi.new("mp_Slot", { redirect = 4 }) -- no bit of MpRedirect, but not 0

local function forget_method(m, method)
   local owner = method.owner
   if type(owner) ~= "table" then return end -- registering did not come this far
   state.methods[method.c_name] = nil
   owner.functions[class.origin_key(method)] = nil
   owner.statics[method.name] = nil
   if method.class then class.unclaim(method) end
   if not owner.class and next(owner.functions) == nil then forget_owner(m, owner) end
   if method.event then event.forget(method) end
   method.gone = true
   method.slot, method.pointer, method.leaf = dead_slot, nil, nil
end

--- Whether it is a pointer of the FFI, and not a struct or an array, which are Lua's.
local function is_pointer(content)
   return type(content) == "cdata" and tostring(object.ffi.typeof(content)):find "%*%)?.*>$"
end

--- Cuts generated functions off from the library: the pointers among their upvalues, which all
--- closures of a function share, lead nowhere from now on.
local function cut(generated, source)
   local seen = {}
   local function visit(content)
      if seen[content] then return end
      if type(content) == "table" then
         seen[content] = true
         for _, inner in pairs(content) do visit(inner) end
      elseif type(content) == "function" and debug.getinfo(content, "S").source == source then
         seen[content] = true
         for index = 1, debug.getinfo(content, "u").nups do
            local name, upvalue = debug.getupvalue(content, index)
            if is_pointer(upvalue) then
               debug.setupvalue(content, index, name == "slot" and dead_slot or nil)
            elseif type(upvalue) == "function" then
               visit(upvalue)
            end
         end
      end
   end
   visit(generated)
end

local function forget(m)
   registered[m.name] = nil
   for _, description in ipairs(m.classes) do forget_class(m, description.name) end
   for _, method in ipairs(m.methods) do forget_method(m, method) end
   for _, description in ipairs(m.enums) do
      enum.forget(description.name)
      convert.forget(description.name)
      state.native[description.name] = nil
   end
   for _, name in ipairs(m.values or {}) do
      value.forget(name)
      convert.forget(name)
      state.native[name] = nil
   end
   if m.generated then metamethod.forget(m.generated.metamethods, state.classes) end
   cut(m.generated, m.source)
   core.forget_module(m.pointer)
   jit.flush() -- compiled code has the pointers as constants
end

-- ---- for C ----------------------------------------------------------------------------------

--- Registers the module that C describes at `pointer`. What is `unloadable` costs a little more to call.
function module.register(pointer, unloadable)
   local m = core.describe_module(pointer)
   check_names(m)
   m.pointer, m.unloadable = pointer, unloadable and pointer or nil
   m.source = ("=[moonpatch/%s.gen.lua]"):format(m.name)
   m.lua = with_fresh_types(m.lua)
   registered[m.name] = m
   local ok, why = pcall(class.define, m)
   if ok then return end
   forget(m)
   error(why, 0)
end

--- Takes a module away. Nothing of it may be in use.
function module.unregister(name) forget(registered[name]) end

--- Before it is asked who uses a module: runs what scripts wait for the end of its objects with.
function module.settle(name)
   for _, method in ipairs(registered[name].methods) do event.settle(method) end
end

--- What scripts have put on the module's functions, for people; "" when there is nothing.
function module.users(name)
   local m = registered[name]
   local users = patchset.overriding(m)
   local counts, names = {}, {}
   event.each(function(_, method)
      if method.module ~= m then return end
      if not counts[method.where] then names[#names + 1] = method.where end
      counts[method.where] = (counts[method.where] or 0) + 1
   end)
   table.sort(names)
   for _, where in ipairs(names) do users[#users + 1] = ("%d listening to %s"):format(counts[where], where) end
   return table.concat(users, "; ")
end

return module
