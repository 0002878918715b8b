-- The functions in a compiled chunk as a tree, and fresh closures of any of them.
--
-- A closure says which prototype it is made from; that is how a function on the heap is recognised.
-- LuaJIT makes a closure only by running the code around it. But what string.dump() writes is one
-- prototype after the other, inner ones first: a piece of it that begins and ends with the right
-- ones is the dump of an inner function, and load() makes a closure of that.

local jit_util = require "jit.util"
local debug_getinfo = debug.getinfo
local funcinfo, funck = jit_util.funcinfo, jit_util.funck

local prototype = {}

local DUMP_VERSION = 2
local STRIPPED = 2 -- a bit of the dump's flags
local UPVALUE_OF_PARENT, UPVALUE_CONSTANT = 0x8000, 0x4000 -- LuaJIT: PROTO_UV_LOCAL, PROTO_UV_IMMUTABLE

---@class Upvalue
---@field name string
---@field is_local boolean  a variable of the function around it; otherwise an upvalue of that one
---@field index integer     its upvalue there
---@field mutable boolean   code assigns to it; known where it is_local

---@class Node  a function in the text of a module
---@field parent Node?      nil: the chunk itself
---@field children Node[]   in the order of the text
---@field upvalues Upvalue[]
---@field piece string      of the dump: this function and those in it
---@field label string?     see outline.lua
---@field text string?
---@field module string?    whose text it is

-- ---- dumps ----------------------------------------------------------------------------------

--- A number in groups of 7 bits at `at`, and the place behind it.
local function uleb(bytes, at)
   local number, scale = 0, 1
   while true do
      local byte = bytes:byte(at)
      number, at = number + byte % 128 * scale, at + 1
      if byte < 128 then return number, at end
      scale = scale * 128
   end
end

--- The dump's head, and its prototypes in the order of the dump.
local function split(dump)
   if dump:byte(4) ~= DUMP_VERSION then error("reload: the dumps of this LuaJIT are of an unknown version", 0) end
   local flags, at = uleb(dump, 5)
   if flags % (2 * STRIPPED) < STRIPPED then
      local length
      length, at = uleb(dump, at)
      at = at + length
   end
   local head, pieces = dump:sub(1, at - 1), {}
   while true do
      local size, start = uleb(dump, at)
      if size == 0 then return head, pieces end
      pieces[#pieces + 1] = dump:sub(at, start + size - 1)
      at = start + size
   end
end

--- How each upvalue of a dumped prototype is found: {is_local, index, mutable}.
local function upvalues_of(piece, count)
   local _, at = uleb(piece, 1)
   at = at + 4
   local _, instructions, debug_size
   _, at = uleb(piece, at) -- constants
   _, at = uleb(piece, at)
   instructions, at = uleb(piece, at)
   debug_size, at = uleb(piece, at)
   if debug_size > 0 then
      _, at = uleb(piece, at) -- lines
      _, at = uleb(piece, at)
   end
   at = at + 4 * instructions
   local upvalues, high = {}, jit.arch:find "be$" and 0 or 1
   for index = 1, count do
      local word = piece:byte(at + high) * 256 + piece:byte(at + 1 - high)
      local is_local = word >= UPVALUE_OF_PARENT
      upvalues[index] = {
         is_local = is_local,
         mutable = is_local and word % UPVALUE_OF_PARENT < UPVALUE_CONSTANT,
         index = not is_local and word + 1 or nil,
      }
      at = at + 2
   end
   return upvalues
end

-- ---- trees ----------------------------------------------------------------------------------

--- Calls visit(child prototype) in the order of the text.
function prototype.each_child(proto, visit)
   local index = -1
   while true do
      local constant = funck(proto, index)
      if constant == nil then return end
      if type(constant) == "proto" then visit(constant) end
      index = index - 1
   end
end

--- The tree below `proto`; takes its dump from `pieces`, which has inner functions first.
local function build(proto, parent, pieces, taken, visit)
   local node = { parent = parent, children = {} }
   visit(proto, node)
   local start = taken.count + 1
   prototype.each_child(proto, function(child) node.children[#node.children + 1] = build(child, node, pieces, taken, visit) end)
   taken.count = taken.count + 1
   node.upvalues = upvalues_of(pieces[taken.count], funcinfo(proto).upvalues)
   for index, upvalue in ipairs(node.upvalues) do upvalue.name = jit_util.funcuvname(proto, index - 1) end
   node.piece = table.concat(pieces, "", start, taken.count)
   return node
end

--- The tree of a chunk that load() returned; `root.head` and the pieces make dumps. Calls
--- visit(prototype, node) for each node in the order of the text. Nodes hold no prototypes.
function prototype.tree(chunk, visit)
   local head, pieces = split(string.dump(chunk))
   local root = build(prototype.of(chunk), nil, pieces, { count = 0 }, visit)
   root.head = head
   return root
end

--- The prototype of a Lua function; nil for functions of C.
function prototype.of(func) return funcinfo(func).proto end

--- Calls visit(node) for a node and all below it, in the order of the text.
function prototype.each(node, visit)
   visit(node)
   for _, child in ipairs(node.children) do prototype.each(child, visit) end
end

--- A new closure of a node; its upvalues are its own, and nil.
function prototype.instantiate(node, environment)
   local root = node
   while root.parent do root = root.parent end
   local closure = assert(load(root.head .. node.piece .. "\0", nil, "b", environment))
   return closure, prototype.of(closure)
end

--- Whether code assigns to upvalue `index` of a node.
function prototype.is_mutable(node, index)
   local upvalue = node.upvalues[index]
   while not upvalue.is_local and node.parent and node.parent.parent do
      node, upvalue = node.parent, node.parent.upvalues[upvalue.index]
   end
   return upvalue.mutable
end

--- Which upvalue of which outermost function a variable of the chunk is: node, index; nil when the
--- variable is one of a function.
function prototype.outermost(node, index)
   while node.parent and node.parent.parent do
      local upvalue = node.upvalues[index]
      if upvalue.is_local then return nil end
      node, index = node.parent, upvalue.index
   end
   return node, index
end

--- "scripts/waves.lua:40" of a function.
function prototype.place(func)
   local info = debug_getinfo(func, "S")
   return ("%s:%d"):format(info.source:sub(2), info.linedefined)
end

return prototype
