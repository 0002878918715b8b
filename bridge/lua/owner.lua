-- Whose a function is: a patch's, or the game's. Told by the environment that it runs in.

local getfenv, getinfo = debug.getfenv, debug.getinfo

local owner = {}

local tokens = setmetatable({}, { __mode = "kv" }) -- {[environment] = token}

owner.tokens = tokens -- bridge/src/traceback.c looks there whose error it is

--- Notes that functions with this environment belong to one version of a patch: token.patch.
function owner.claim(environment, token) tokens[environment] = token end

--- The version goes, or never comes: from here on is_gone() says so of its functions.
function owner.release(token) token.gone = true end

local round = 0 -- of counting

--- From here on calls are counted anew.
function owner.count_anew() round = round + 1 end

--- Whether a function belongs to a version of a patch that is not in effect any more. False for all else. Who keeps
--- functions asks this before each call, so these calls are counted here.
function owner.is_gone(func)
   local token = type(func) == "function" and tokens[getfenv(func)]
   if not token then return false end
   if token.round ~= round then token.round, token.asked = round, 0 end
   token.asked = token.asked + 1
   return token.gone == true
end

--- The version of a patch whose functions were asked after most often since count_anew(), or nil; and how often.
function owner.busiest()
   local busiest, most = nil, 0
   for _, token in pairs(tokens) do
      if token.round == round and token.asked > most then busiest, most = token, token.asked end
   end
   return busiest, most
end

--- The version of a patch that a function was written in; nil: the game, or nobody.
function owner.by_environment(func) return tokens[getfenv(func)] end

local DEPTH = 6 -- of the bridge's own functions between a script and here

--- The version of a patch that a function belongs to, or, for functions of nobody such as `print`,
--- that hands it over; nil: the game.
function owner.of(func)
   local token = tokens[getfenv(func)]
   for level = 2, DEPTH do
      if token then break end
      local caller = getinfo(level, "f")
      if not caller then break end
      token = tokens[getfenv(caller.func)]
   end
   return token
end

return owner
