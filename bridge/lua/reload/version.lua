-- Versions of modules' texts, and which function of which version a closure is.

local _, import = ...

local outline = import "outline"
local prototype = import "prototype"

local version = {}

local nodes = setmetatable({}, { __mode = "k" }) -- {[prototype] = node}, of all versions that were reloaded
version.nodes = nodes

--- The node that a closure was made from; nil for functions of C, and of what was never reloaded.
function version.node_of(func)
   local proto = prototype.of(func)
   return proto and nodes[proto]
end

--- Reads the functions of a version: its tree, with the names that the text gives them.
function version.read(of)
   local functions, index = outline.functions(of.text), 0
   of.root = prototype.tree(of.chunk, function(proto, node)
      local named = functions[index] or {}
      node.label, node.text, node.module = named.label, named.text, of.name
      nodes[proto] = node
      index = index + 1
   end)
end

--- Makes a prototype of an earlier version, and those in it, count as `node`, which is the same.
function version.adopt(proto, node, journal)
   local old = nodes[proto]
   journal:add(function() nodes[proto] = old end)
   nodes[proto] = node
   local place = 0
   prototype.each_child(proto, function(child)
      place = place + 1
      version.adopt(child, node.children[place], journal)
   end)
end

return version
