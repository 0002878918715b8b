-- One game: phases, points, crystals.

local native = game.native
local world = native.world
local session, happenings = game.require "session", game.require "happenings"
local balance, combo = game.require "balance", game.require "combo"

local STEP = 1 / 60

TestSession = {}

local function steps(count)
   for _ = 1, count do
      session.update(STEP, world)
      world:step(STEP)
      happenings.tell(world, { session })
   end
end

--- Takes every raider away as soon as it comes; returns how many there were.
local function sweep(seconds)
   local count = 0
   for _ = 1, seconds * 60 do
      steps(1)
      for index = 0, world.raider_count - 1 do
         count = count + 1
         world:raider(index):remove()
      end
   end
   return count
end

function TestSession:setUp()
   native.random:seed(3)
   session.start(world)
   world.crystal_pause = 0
end

function TestSession:test_starts_with_nothing_in_wave_1()
   unit.assertEquals({ session.wave, session.score, session.crystals, session.phase }, { 1, 0, 0, "coming" })
   unit.assertEquals(session.raiders_left(world), #session.arrivals)
   steps(60 * session.ANNOUNCE + 1)
   unit.assertEquals(session.phase, "fighting")
end

function TestSession:test_all_raiders_of_the_wave_come()
   local planned = #session.arrivals
   local came = 0
   for _ = 1, 60 * 40 do
      local before = session.next_arrival
      steps(1)
      came = came + session.next_arrival - before
      for index = 0, world.raider_count - 1 do world:raider(index):remove() end
   end
   unit.assertEquals(came, planned)
   unit.assertEquals(session.phase, "building")
end

function TestSession:test_a_cleared_wave_gives_its_bonus()
   sweep(40)
   unit.assertEquals(session.score, balance.wave_bonus(1) + balance.untouched_bonus(1))
   session.next_wave()
   unit.assertEquals({ session.wave, session.phase }, { 2, "coming" })
end

function TestSession:test_no_bonus_for_untouched_when_the_hull_was_hit()
   session.on[native.EventKind.HULL_HIT](320, 160, 5, 36)
   sweep(40)
   unit.assertEquals(session.score, balance.wave_bonus(1))
end

local function fell(kind)
   local raider = world:spawn_raider(kind, { x = 60, y = 300 }, 1)
   raider.hp = 0
   steps(1)
end

function TestSession:test_fallen_raiders_are_worth_points_and_more_in_a_row()
   fell "SCOUT"
   unit.assertEquals(session.score, 10)
   fell "GUNNER"
   unit.assertEquals(session.score, 35)
   for _ = 3, combo.LENGTH - 1 do fell "SCOUT" end
   local before = session.score
   fell "BRUTE"
   unit.assertEquals(session.score - before, 120)
end

function TestSession:test_crystals_are_points_and_money()
   world:spawn_crystal("LARGE", { x = world.rover.x, y = world.rover.y })
   steps(1)
   unit.assertEquals({ session.crystals, session.score }, { 10, 10 * balance.CRYSTAL_POINTS })
end

function TestSession:test_a_wreck_loses_its_combo()
   for _ = 1, combo.LENGTH do combo.add() end
   session.on[native.EventKind.ROVER_DOWN](1, 1, 0, 13)
   unit.assertEquals(combo.factor(), 1)
end

function TestSession:test_the_game_is_lost_with_the_dome()
   world.dome.hp = 1
   world:spawn_raider("SCOUT", { x = world.dome.x, y = world.dome.y + 50 }, 1)
   steps(2)
   unit.assertEquals({ session.phase, world.dome.hp }, { "lost", 0 })
end

function TestSession:test_start_forgets_the_game_before()
   fell "BRUTE"
   game.require("upgrades").build(game.require("upgrades").all()[1], world.rover, world.dome)
   session.start(world)
   unit.assertEquals({ session.score, session.crystals, session.wave, world.rover.rapid }, { 0, 0, 1, 0 })
   unit.assertEquals(game.require("upgrades").level(game.require("upgrades").all()[1]), 0)
end

function TestSession:test_raiders_wait_while_there_is_no_room()
   for _ = 1, 256 do
      local raider = world:spawn_raider("BRUTE", { x = 20, y = 340 }, 1)
      raider.hp = 1e9
   end
   unit.assertNil(world:spawn_raider("BRUTE", { x = 20, y = 340 }, 1))
   steps(60 * 5)
   unit.assertEquals(session.next_arrival, 1)
   for index = 0, 255 do world:raider(index):remove() end
   steps(2)
   unit.assertTrue(session.next_arrival > 1)
end
