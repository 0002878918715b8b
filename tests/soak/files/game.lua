-- The game of a soak: everything that scripts do with C, in every frame.

local leo, caller, toys = native.leo, native.caller, native.toys

local BONUS = 1
local count = { rolled = 0, tidied = 0, heard = 0, named = 0 }

local game = {}

toys.tidied:connect(function() count.tidied = count.tidied + 1 end)

local function wait_for_tidying()
   toys.tidied:wait()
   count.tidied = count.tidied + 1
end

local function play_with_ball()
   local ball = native.Ball.new { size = 3 }
   ball.owner = { name = "Leo", ball = ball }
   ball.rolled_away:connect(function(_, times) count.rolled = count.rolled + times end)
   ball:roll()
   ball:destroy()
end

function game.frame()
   play_with_ball()
   native.Kite.new { length = 5 }:pull(1)
   coroutine.wrap(wait_for_tidying)()
   caller:listen(function(what) count.heard = count.heard + #what end)
   caller:count({ leo }, function(animal) return animal.hp > 0 end)
   leo.home = native.Vec2(leo:distance { x = 3, y = 4 }, leo.speed)
   count.named = count.named + #leo:shout "Ada"
end

function game.hit() return leo:damage(10) end

function game.bonus() return BONUS end

function game.extra() return 1 end

--- The time of a call, as a game's loop makes it.
function game.hits(times)
   local left = 0
   for _ = 1, times do left = leo:damage(0) end
   return left
end

return game
