-- Which functions of a file return something: read off their bytecode, which knows best.

local util = require "jit.util"
local names = require("jit.vmdef").bcnames

local returns = {}

local RETURNS = { RET = true, RET1 = true, RETM = true, CALLT = true, CALLMT = true }

local function returns_something(proto)
   for pc = 1, util.funcinfo(proto).bytecodes - 1 do
      local op = bit.band(util.funcbc(proto, pc), 0xff)
      if RETURNS[names:sub(op * 6 + 1, op * 6 + 6):match("%S+")] then return true end
   end
   return false
end

local function visit(proto, found)
   local info = util.funcinfo(proto)
   found[info.linedefined] = returns_something(proto)
   for index = -1, -info.gcconsts, -1 do
      local constant = util.funck(proto, index)
      if type(constant) == "proto" then visit(constant, found) end
   end
end

--- {[line of a function] = whether it returns something}
function returns.lines(chunk)
   local found = {}
   visit(chunk, found)
   return found
end

return returns
