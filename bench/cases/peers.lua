-- What other programs take for the same kind of work, where they are installed: LÖVE, a game
-- framework with a hand-written C++ binding, and plain Lua. They work in processes of their own, in
-- turn with the bridge; an order takes some microseconds to get there, of twenty milliseconds.

local tools = ...

local ways = tools.load "ways"

--- A running peer. It leaves when its orders end, and then its answers do: nobody closes them but
--- the VM, which closes files in the reverse order of their creation.
local Peer = {}
Peer.__index = Peer

--- Starts the program; false if it is not installed or does not start.
local function start(program, arguments)
   local fifo = os.tmpname()
   assert(os.remove(fifo))
   assert(os.execute(("mkfifo -m 600 '%s'"):format(fifo)) == 0, "no named pipe for a peer")
   local answers = io.popen(("{ command -v %s >/dev/null && exec %s %s; } < '%s'"):format(
      program, program, arguments, fifo))
   local orders = io.open(fifo, "w")
   os.remove(fifo)
   local name = answers:read "*l"
   return name and setmetatable({ orders = orders, answers = answers, name = name }, Peer) or false
end

function Peer:work(name, n)
   self.orders:write(name, " ", n, "\n")
   self.orders:flush()
   if self.answers:read "*l" ~= "done" then error(self.name .. " died of " .. name, 0) end
end

local READ, WRITE, LEAF = "sum = sum + o.x", "o.y = i", "sum = sum + o:distance(i, 1)"

local cases = {}

local function add(name, code, rest)
   rest.name, rest.run = ("%s / %s"):format(name, rest.name), ways.work("bridge", code)
   cases[#cases + 1] = rest
end

local function add_hand(name, code)
   add(name, code, {
      name = "C API", baseline = ways.work("hand", code), baseline_name = "hand-written luaL_checkudata binding",
   })
end

local peers = {} -- {[program] = Peer, or false}

local function add_peer(name, code, work, program, arguments, needs)
   local case = { name = work, needs = needs }
   local peer
   function case.prepare()
      if peers[program] == nil then peers[program] = start(program, arguments) end
      peer = peers[program]
      case.baseline_name = peer and ("%s %s"):format(peer.name, work)
      return peer ~= false
   end
   function case.baseline(n) peer:work(work, n) end
   add(name, code, case)
end

local function add_love(name, code, work)
   local arguments = ("'%s/peers' %s"):format(tools.folder, tools.jit and "" or "nojit")
   add_peer(name, code, work, "love", arguments, "LÖVE (package love)")
end

local function add_lua(name, code, work)
   add_peer(name, code, work, "lua5.1", ("'%s/peers/main.lua'"):format(tools.folder), "plain Lua (package lua5.1)")
end

add_hand("property read", READ)
add_hand("property write", WRITE)
add_hand("leaf method", LEAF)
add_love("property read", READ, "Body:getX")
add_love("property read", READ, "Fixture:getFriction")
add_love("property write", WRITE, "Body:setX")
add_love("property write", WRITE, "Fixture:setFriction")
add_love("leaf method", LEAF, "Transform:transformPoint")
add_lua("property read", READ, "table.x")
add_lua("property write", WRITE, "table.y = i")
add_lua("leaf method", LEAF, "table:distance")

return cases
