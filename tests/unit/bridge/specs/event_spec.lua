-- Events: fired by C and by scripts, heard by scripts and patches.

local apply = require "patching".apply

local native = native
local toys = native.toys
local ball, heard

TestEvent = {}

function TestEvent:setUp()
   ball, heard = native.Ball.new(), {}
   zoo.log()
end

function TestEvent:tearDown()
   zoo.apply { ["p.lua"] = false }
   if ball then ball:destroy() end
   for _ = 1, 3 do zoo.step() end
end

local function note(name)
   return function(...)
      local words = { name }
      for index = 1, select("#", ...) do words[index + 1] = tostring((select(index, ...))) end
      heard[#heard + 1] = table.concat(words, " ")
   end
end

function TestEvent:test_c_fires_and_scripts_hear_in_their_order()
   ball.rolled_away:connect(note "a")
   local second = ball.rolled_away:connect(note "b")
   ball.rolled_away:once(note "once")
   local name = tostring(ball)
   ball:roll()
   unit.assertEquals(heard, { "a " .. name .. " 1 Vec2(1, 2)", "b " .. name .. " 1 Vec2(1, 2)", "once " .. name .. " 1 Vec2(1, 2)" })
   second:disconnect()
   unit.assertFalse(second:is_connected())
   heard = {}
   ball:roll()
   unit.assertEquals(heard, { "a " .. name .. " 2 Vec2(1, 2)" })
end

function TestEvent:test_scripts_fire_as_well()
   ball.rolled_away:connect(function(_, times, direction) heard[1] = times + direction.x end)
   ball.rolled_away:fire(5, { x = 10, y = 0 })
   unit.assertEquals(heard, { 15 })
   local direction = native.Vec2(1, 1)
   unit.assertErrorMsgContains("Ball.rolled_away: times: integer expected, got string", function() ball.rolled_away:fire("x", direction) end)
end

function TestEvent:test_events_of_no_object()
   local connection = toys.tidied:connect(note "tidied")
   toys.tidy "Ada"
   toys.tidied:disconnect(connection)
   toys.tidy "Ben"
   unit.assertEquals(heard, { "tidied Ada" })
end

function TestEvent:test_methods_refuse_what_is_before_their_colon()
   local tidied, connection = toys.tidied, ball.rolled_away:connect(print)
   for _, name in ipairs { "connect", "once", "wait", "disconnect", "fire" } do
      unit.assertErrorMsgContains(name .. ": event expected before the ':', got Ball", tidied[name], ball, print)
   end
   for _, name in ipairs { "disconnect", "is_connected" } do
      unit.assertErrorMsgContains(name .. ": listener expected before the ':', got table", connection[name], tidied)
      unit.assertErrorMsgContains(name .. ": listener expected before the ':', got nil", connection[name])
   end
   unit.assertEquals(getmetatable(connection), false)
   unit.assertEquals(getmetatable(tidied), false)
   tidied.disconnect(ball.rolled_away, connection)
end

function TestEvent:test_each_object_has_its_own()
   local other = native.Ball.new()
   other.rolled_away:connect(note "other")
   ball:roll()
   unit.assertEquals(heard, {})
   local balloon = native.Balloon.new()
   balloon.rolled_away:connect(note "balloon")
   balloon:roll()
   unit.assertEquals(#heard, 1)
   other:destroy()
   balloon:destroy()
end

function TestEvent:test_a_coroutine_waits()
   local thread = coroutine.wrap(function()
      local who = toys.tidied:wait()
      heard[#heard + 1] = who
      local _, times = ball.rolled_away:wait()
      heard[#heard + 1] = times
   end)
   thread()
   toys.tidy "Ada"
   toys.tidy "Ben"
   ball:roll()
   ball:roll()
   unit.assertEquals(heard, { "Ada", 1 })
end

function TestEvent:test_a_coroutine_that_ends_in_a_wait()
   local thread = coroutine.create(function() return ball.rolled_away:wait() end)
   unit.assertTrue(coroutine.resume(thread))
   ball:roll()
   unit.assertEquals(coroutine.status(thread), "dead")
end

function TestEvent:test_a_coroutine_of_a_patch_that_ends_in_a_wait_goes_with_the_patch()
   apply [[patch.after(native.Ball, "roll", function(ball)
      ball.go_on = coroutine.wrap(function() return ball.rolled_away:wait() end)
      ball.go_on()
   end)]]
   ball:roll()
   zoo.apply { ["p.lua"] = false }
   ball:roll()
   unit.assertTrue(pcall(ball.go_on)) -- it still waited: nobody woke it
end

function TestEvent:test_who_waits_for_a_dead_object_goes_on_and_is_told()
   coroutine.wrap(function() heard = { ball.rolled_away:wait() } end)()
   ball:destroy()
   ball = nil
   zoo.step()
   unit.assertNil(heard[1])
   unit.assertEquals(heard[2], "Ball.rolled_away: its object was destroyed")
end

function TestEvent:test_who_waits_for_a_dead_object_goes_on_between_two_frames()
   coroutine.wrap(function() heard = { ball.rolled_away:wait() } end)()
   ball:destroy()
   ball = native.Ball.new() -- in the place of the dead one
   ball.rolled_away:connect(print)
   unit.assertEquals(heard, {})
   zoo.step()
   unit.assertEquals(heard[2], "Ball.rolled_away: its object was destroyed")
end

function TestEvent:test_a_wait_of_a_patch_that_went_is_not_ended_by_the_object()
   ball:destroy()
   ball = native.Ball.new()
   apply [[patch.after(native.Ball, "roll", function(ball)
      local toys = native.toys
      coroutine.wrap(function()
         ball.rolled_away:wait()
         toys.tidy "woken"
      end)()
   end)]]
   local tidied = toys.tidied:connect(function(who) heard[1] = who end)
   ball:roll()
   ball:destroy()
   ball = native.Ball.new()
   ball.rolled_away:connect(print)
   zoo.apply { ["p.lua"] = false }
   zoo.step()
   tidied:disconnect()
   unit.assertEquals(heard, {})
end

function TestEvent:test_changes_while_it_is_fired()
   local late
   local first
   first = ball.rolled_away:connect(function()
      heard[#heard + 1] = "first"
      first:disconnect()
      late = late or ball.rolled_away:connect(note "late")
      if #heard < 3 then ball:roll() end
   end)
   ball.rolled_away:connect(function() heard[#heard + 1] = "second" end)
   ball:roll()
   unit.assertEquals(heard[1], "first")
   unit.assertEquals(heard[2], "second") -- of the inner call; then "late", then the outer "second"
   unit.assertEquals(#heard, 4)
end

function TestEvent:test_a_listener_that_fails_stops_nobody_and_is_cut_in_the_end()
   ball.rolled_away:connect(function() error "broken" end)
   ball.rolled_away:connect(function() heard[#heard + 1] = true end)
   for _ = 1, 20 do ball:roll() end
   unit.assertEquals(#heard, 20)
   local log = table.concat(zoo.log(), "\n")
   unit.assertStrContains(log, "Ball.rolled_away: a listener failed: ")
   unit.assertStrContains(log, "broken")
   unit.assertStrContains(log, "failed 8 times and was disconnected")
end

function TestEvent:test_it_is_fired_only_so_deep()
   local animal = zoo.animal(1000)
   apply [[patch.override(native.Animal, "damage", function(_, self) return self:suffer(1) end)]]
   ball.rolled_away:connect(function()
      ball:roll() -- C, which fires it again
      zoo.c.damage(animal, 1)
   end)
   ball:roll()
   local said = "Ball.rolled_away: %d+ calls from C into Lua are open: nobody hears it"
   local log = zoo.log()
   unit.assertEquals(#log, 1) -- a frame
   unit.assertStrContains(log[1], said, true)
   zoo.step()
   zoo.c.damage(animal, 1)
   unit.assertStrContains(table.concat(zoo.log()), "Animal.damage: 100 calls from C into Lua are open: running the C body instead")
   zoo.finish(animal)
end

function TestEvent:test_patches_override_the_event()
   for _ = 1, 2 do
      heard = {}
      local connection = ball.rolled_away:connect(note "heard")
      apply [[patch.override(native.Ball, "rolled_away", function(original, self, times, direction)
         if times % 2 == 0 then original(self, times * 100, direction * 2) end
      end)]]
      ball:roll()
      ball:roll()
      ball.rolled_away:fire(4, { x = 1, y = 1 })
      unit.assertEquals(#heard, 2)
      unit.assertStrContains(heard[1], "00 Vec2(2, 4)")
      unit.assertStrContains(heard[2], "400 Vec2(2, 2)")
      zoo.apply { ["p.lua"] = false }
      ball:roll()
      unit.assertEquals(#heard, 3)
      connection:disconnect()
      ball:roll()
   end
end

function TestEvent:test_connections_of_a_patch_go_with_it()
   apply [[
      native.toys.tidied:connect(function(who) print("one", who) end)
      patch.after(native.Ball, "roll", function(self)
         if not self.known then
            self.known = true
            self.rolled_away:connect(function(_, times) print("rolled", times) end)
         end
      end)]]
   ball:roll()
   ball:roll()
   toys.tidy "Ada"
   unit.assertEquals(zoo.log(), { "info: rolled\t2", "info: one\tAda" })
   apply [[native.toys.tidied:connect(function(who) print("two", who) end)]]
   ball:roll()
   toys.tidy "Ben"
   unit.assertEquals(zoo.log(), { "info: two\tBen" })
   zoo.apply { ["p.lua"] = "native.toys.tidied:connect(print) error 'x'" }
   toys.tidy "Cid"
   zoo.log()
   zoo.apply { ["p.lua"] = false }
   toys.tidy "Dan"
   unit.assertEquals(zoo.log(), {})
end

function TestEvent:test_errors_of_a_patch_s_listener_are_the_patch_s()
   apply [[native.toys.tidied:connect(function() error "mine" end)]]
   toys.tidy "x"
   unit.assertEquals(zoo.list()["p.lua"].errors, 1)
   for _ = 1, 7 do toys.tidy "x" end
   zoo.step()
   unit.assertEquals(zoo.list()["p.lua"].state, "quarantined")
end

function TestEvent:test_another_who_resumes_the_coroutine_ends_the_wait()
   local co = coroutine.create(function()
      heard[1] = ball.rolled_away:wait()
      heard[2] = coroutine.yield()
      heard[3] = ball.rolled_away:wait()
   end)
   coroutine.resume(co)
   coroutine.resume(co, "somebody else")
   ball:roll()
   unit.assertEquals(heard, { "somebody else" })
   coroutine.resume(co, "somebody else again")
   ball:roll()
   unit.assertEquals(heard, { "somebody else", "somebody else again", ball })
end

function TestEvent:test_a_connection_to_another_event_is_not_cut()
   local other = native.Ball.new()
   local function listen() heard[#heard + 1] = true end
   local connection = ball.rolled_away:connect(listen)
   local tidied = toys.tidied:connect(listen)
   local words = {
      [{ other.rolled_away, connection }] = "Ball.rolled_away: disconnect: this is a connection to the same event of another object",
      [{ other.rolled_away, tidied }] = "Ball.rolled_away: disconnect: this is a connection to toys.tidied",
      [{ toys.tidied, connection }] = "toys.tidied: disconnect: this is a connection to Ball.rolled_away",
   }
   for pair, expected in pairs(words) do
      unit.assertErrorMsgContains(expected .. "; connection:disconnect() cuts any", pair[1].disconnect, pair[1], pair[2])
   end
   ball:roll()
   toys.tidy "x"
   unit.assertEquals(#heard, 2)
   local event = ball.rolled_away
   ball:destroy()
   ball = nil
   event:disconnect(connection) -- of an object that is no more
   toys.tidied:disconnect(tidied)
   other:destroy()
end

function TestEvent:test_misuse()
   for code, words in pairs {
      ["ball.rolled_away:connect(3)"] = "Ball.rolled_away: connect: function expected, got 3",
      ["ball.rolled_away:disconnect(3)"] = "Ball.rolled_away: disconnect: what connect() returned expected, got 3",
      ["ball.rolled_away = 3"] = "Ball.rolled_away is read only",
      ["ball.rolled_away:wait()"] = "Ball.rolled_away: wait: only in a coroutine",
   } do
      local chunk = assert(load("local ball = ... " .. code, "@script.lua", "t", zoo.environment))
      if not (code:find "wait" and coroutine.running()) then
         local ok, message = pcall(chunk, ball)
         unit.assertFalse(ok, code)
         unit.assertEquals(message, "script.lua:1: " .. words)
      end
   end
   local event = ball.rolled_away
   ball:destroy()
   ball = nil
   unit.assertErrorMsgContains("was destroyed", event.connect, event, print)
end

function TestEvent:test_ten_thousand_connections_leave_nothing()
   local function round()
      for _ = 1, 10000 do
         ball.rolled_away:connect(function() end):disconnect()
         native.Ball.new():destroy()
      end
      ball:roll()
      collectgarbage()
      collectgarbage()
      return collectgarbage "count"
   end
   local first = round()
   unit.assertTrue(round() - first < 100)
end
