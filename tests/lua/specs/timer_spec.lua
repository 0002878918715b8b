local timer, wait = game.require "timer", nil

TestTimer = {}

function TestTimer:setUp()
   timer.clear()
   game.require "strict"
   wait = game.wait
end

local function pass(seconds)
   for _ = 1, math.floor(seconds * 60 + 0.5) do timer.update(1 / 60) end
end

function TestTimer:test_after_calls_once_when_it_is_due()
   local calls = 0
   timer.after(0.5, function() calls = calls + 1 end)
   pass(0.45)
   unit.assertEquals(calls, 0)
   pass(0.1)
   unit.assertEquals(calls, 1)
   pass(2)
   unit.assertEquals(calls, 1)
end

function TestTimer:test_every_keeps_its_rhythm_and_can_be_cancelled()
   local calls = 0
   local handle = timer.every(0.1, function() calls = calls + 1 end)
   pass(1.01)
   unit.assertEquals(calls, 10)
   handle:cancel()
   pass(1)
   unit.assertEquals(calls, 10)
end

function TestTimer:test_timers_run_in_the_order_in_which_they_are_due()
   local order = {}
   for _, seconds in ipairs { 0.3, 0.1, 0.2, 0.1 } do
      timer.after(seconds, function() order[#order + 1] = seconds .. "/" .. #order end)
   end
   pass(0.5)
   unit.assertEquals(order, { "0.1/0", "0.1/1", "0.2/2", "0.3/3" })
end

function TestTimer:test_a_large_step_runs_everything_in_order()
   local seen = {}
   timer.after(2, function() seen[#seen + 1] = timer.now() end)
   timer.every(0.5, function() seen[#seen + 1] = timer.now() end)
   local start = timer.now()
   timer.update(2.1)
   for index, at in ipairs(seen) do seen[index] = math.floor((at - start) * 10 + 0.5) / 10 end
   unit.assertEquals(seen, { 0.5, 1, 1.5, 2, 2 })
end

function TestTimer:test_coroutines_wait()
   local steps = {}
   timer.run(function(name)
      steps[1] = name
      wait(0.5)
      steps[2] = "later"
      wait()
      steps[3] = "next step"
   end, "now")
   unit.assertEquals(steps, { "now" })
   pass(0.55)
   unit.assertEquals(steps[2], "later")
   pass(0.05)
   unit.assertEquals(steps[3], "next step")
end

function TestTimer:test_an_error_in_a_coroutine_is_raised_where_time_passes()
   timer.run(function()
      wait(0.1)
      error "oops"
   end)
   local ok, message = pcall(pass, 0.2)
   unit.assertFalse(ok)
   unit.assertStrContains(message, "timer_spec.lua")
   unit.assertStrContains(message, "oops")
end

function TestTimer:test_tween_ends_exactly_at_its_target()
   local card, done = { y = 10, x = 5 }, false
   timer.tween(0.3, card, { y = 20, x = 0 }, "out", function() done = true end)
   pass(0.15)
   unit.assertTrue(card.y > 12 and card.y < 20)
   pass(0.25)
   unit.assertEquals(card, { y = 20, x = 0 })
   unit.assertTrue(done)
end

function TestTimer:test_misuse_is_told()
   unit.assertErrorMsgContains("timer.after: seconds: number from 0 on expected, got \"x\"", timer.after, "x", print)
   unit.assertErrorMsgContains("timer.every: call: function expected, got nil", timer.every, 1)
   unit.assertErrorMsgContains("wait: only inside timer.run", wait, 1)
   unit.assertErrorMsgContains('ease: name of a curve or function expected, got "odd"', timer.tween, 1, {}, {}, "odd")
   unit.assertErrorMsgContains("wait: seconds: number from 0 on expected, got -1", wait, -1)
   unit.assertErrorMsgContains("wait_until: condition: function expected, got 1", game.wait_until, 1)
   unit.assertErrorMsgContains("wait_event: only inside timer.run", game.wait_event, "x")
end

function TestTimer:test_wait_without_a_number_comes_once_a_step()
   local steps = 0
   timer.run(function()
      while true do
         wait()
         steps = steps + 1
      end
   end)
   pass(0.5)
   unit.assertEquals(steps, 30)
end

function TestTimer:test_coroutines_wait_for_conditions()
   local ready, met, gave_up = false, nil, nil
   timer.run(function() met = game.wait_until(function() return ready end) end)
   timer.run(function() gave_up = not game.wait_until(function() return false end, 0.5) end)
   pass(0.4)
   unit.assertEquals({ met, gave_up }, {})
   ready = true
   pass(0.2)
   unit.assertEquals({ met, gave_up }, { true, true })
end

function TestTimer:test_coroutines_wait_for_events()
   local event = game.require "event"
   local heard
   timer.run(function()
      wait(0.1)
      heard = { game.wait_event "landed" }
      wait(0.1)
      heard[3] = "later"
   end)
   event.emit("landed", "too early")
   pass(0.2)
   event.emit("landed", "softly", 3)
   unit.assertEquals(heard, { "softly", 3 })
   event.emit("landed", "again")
   pass(0.2)
   unit.assertEquals(heard, { "softly", 3, "later" })
end

function TestTimer:test_coroutines_can_be_stopped()
   local event = game.require "event"
   local went_on = false
   local function body(pause)
      pause()
      went_on = true
   end
   local sleeper = timer.run(body, function() wait(0.1) end)
   local listener = timer.run(body, function() game.wait_event "bell" end)
   timer.stop(sleeper)
   timer.stop(listener)
   timer.run(body, function() game.wait_event "bell" end)
   timer.clear()
   event.emit "bell"
   pass(0.5)
   unit.assertFalse(went_on)
end

function TestTimer:test_a_coroutine_that_somebody_else_resumes_waits_as_before()
   local log = {}
   local co = timer.run(function()
      wait(0.3)
      log[#log + 1] = "first"
      wait(0.5)
      log[#log + 1] = "second"
   end)
   coroutine.resume(co)
   unit.assertEquals(log, { "first" })
   pass(0.4)
   unit.assertEquals(log, { "first" })
   pass(0.2)
   unit.assertEquals(log, { "first", "second" })
end

function TestTimer:test_steady_timers_and_coroutines_make_no_garbage()
   local count = 0
   for n = 1, 20 do timer.every(0.01 * n, function() count = count + 1 end) end
   timer.run(function() while true do wait(0.05) end end)
   timer.run(function() while true do wait() end end)
   timer.tween(1000, { x = 0 }, { x = 10 }, "cubic_in_out")
   unit.assertEquals(garbage_of(60, function() timer.update(1 / 60) end), 0)
   unit.assertTrue(count > 100)
end

function TestTimer:test_coroutines_of_a_patch_end_with_it()
   local event, is_gone, resumed = game.require "event", game.is_gone, 0
   local function waits() wait(0.1); resumed = resumed + 1 end
   local function listens() game.wait_event "spec patch"; resumed = resumed + 1 end
   timer.run(waits)
   timer.run(listens)
   game.is_gone = function(func) return func == waits or func == listens end
   timer.update(1)
   event.emit "spec patch"
   game.is_gone = is_gone
   unit.assertEquals(resumed, 0)
   timer.update(1)
   event.emit "spec patch"
   unit.assertEquals(resumed, 0)
end
