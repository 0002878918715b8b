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
   unit.assertErrorMsgContains("timer.after: seconds: a number from 0 on expected, got x", timer.after, "x", print)
   unit.assertErrorMsgContains("timer.every: function expected, got nil", timer.every, 1)
   unit.assertErrorMsgContains("wait: only inside timer.run", wait, 1)
   unit.assertErrorMsgContains('timer.tween: no easing "odd"', timer.tween, 1, {}, {}, "odd")
end
