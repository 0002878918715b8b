local easing = game.require "easing"
local timer = game.require "timer"
local tween = game.require "tween"

TestTween = {}

function TestTween:setUp() timer.clear() end

local function pass(seconds)
   for _ = 1, math.floor(seconds * 60 + 0.5) do timer.update(1 / 60) end
end

function TestTween:test_fields_move_to_their_targets()
   local card, done = { x = 10, y = 0 }, 0
   local slide = tween.to(0.5, card, { x = 20 }, "linear", function() done = done + 1 end)
   pass(0.25)
   unit.assertAlmostEquals(card.x, 15, 0.2)
   unit.assertFalse(slide:is_done())
   pass(0.5)
   unit.assertEquals(card, { x = 20, y = 0 })
   unit.assertTrue(slide:is_done())
   unit.assertEquals(done, 1)
end

function TestTween:test_fields_of_c_objects_move_too()
   local audio = game.native.audio
   local field = { volume = 0 }
   tween.to(0.1, field, { volume = 1 })
   audio.loudness = 3
   tween.to(0.1, audio, { loudness = 7 })
   pass(0.2)
   unit.assertEquals({ field.volume, audio.loudness }, { 1, 7 })
   audio.loudness = nil
end

function TestTween:test_parts_of_a_chain_follow_each_other()
   local card, called = { x = 0 }, {}
   local function note() called[#called + 1] = card.x end
   tween.to(0.5, card, { x = 10 }):after(note):after(0.5):after(tween.to(0.5, card, { x = 0 })):after(note)
   pass(0.55)
   unit.assertEquals(called, { 10 })
   pass(0.4)
   unit.assertEquals(card.x, 10)
   pass(0.7)
   unit.assertEquals(called, { 10, 0 })
end

function TestTween:test_a_sequence_takes_exactly_its_time()
   local ball, landed = { y = 0 }, nil
   local start = timer.now()
   local parts = {}
   for n = 1, 10 do parts[n] = tween.to(0.11, ball, { y = n }) end
   parts[11] = function() landed = timer.now() - start end
   tween.sequence(parts)
   pass(0.6)
   unit.assertAlmostEquals(ball.y, 0.6 / 0.11, 0.2)
   pass(1)
   unit.assertEquals(ball.y, 10)
   unit.assertAlmostEquals(landed, 1.1, 0.02)
end

function TestTween:test_a_group_is_done_with_its_last_part()
   local a, b, called = { x = 0 }, { x = 0 }, 0
   local both = tween.parallel { tween.to(0.2, a, { x = 1 }), tween.to(0.5, b, { x = 1 }) }
   both:after(function() called = called + 1 end)
   pass(0.3)
   unit.assertEquals({ a.x, called }, { 1, 0 })
   pass(0.3)
   unit.assertEquals({ b.x, called }, { 1, 1 })
   local empty = 0
   tween.parallel {}:after(function() empty = empty + 1 end)
   tween.sequence {}:after(function() empty = empty + 1 end)
   pass(0.1)
   unit.assertEquals(empty, 2)
end

function TestTween:test_what_is_part_of_something_does_not_start_by_itself()
   local card, called = { x = 5 }, 0
   tween.sequence { 0.5, tween.parallel { function() called = called + 1 end, tween.to(0.2, card, { x = 7 }) } }
   pass(0.4)
   unit.assertEquals({ card.x, called }, { 5, 0 })
   card.x = 6 -- where it is when its time comes
   pass(0.2)
   unit.assertEquals(called, 1)
   unit.assertTrue(card.x > 6 and card.x < 7)
   pass(0.2)
   unit.assertEquals(card.x, 7)
end

function TestTween:test_cancelled_tweens_stay_where_they_are()
   local card, called = { x = 0 }, 0
   local function note() called = called + 1 end
   local slide = tween.to(0.5, card, { x = 10 }, "linear", note)
   slide:after(note)
   local row = tween.sequence { 0.1, 0.4, note }
   local later = tween.to(0.1, card, { x = 99 })
   slide:after(later)
   later:cancel()
   pass(0.25)
   slide:cancel()
   row:cancel()
   local x = card.x
   pass(1)
   unit.assertEquals({ card.x, called }, { x, 0 })
   unit.assertFalse(slide:is_done())
end

function TestTween:test_what_comes_after_a_finished_tween_starts_now()
   local called = false
   local slide = tween.to(0.1, { x = 0 }, { x = 1 })
   pass(0.2)
   slide:after(function() called = true end)
   unit.assertTrue(called)
end

function TestTween:test_curves_start_at_0_and_end_at_1()
   local names = easing.names()
   unit.assertEquals(#names, 35)
   for _, name in ipairs(names) do
      local curve = easing.get(name)
      unit.assertAlmostEquals(curve(0), 0, 1e-3, name)
      unit.assertAlmostEquals(curve(1), 1, 1e-3, name)
      for step = 0, 100 do unit.assertTrue(math.abs(curve(step / 100) - 0.5) < 1.2, name) end
   end
   for _, case in ipairs {
      { "quad_in", 0.25 }, { "cubic_out", 0.875 }, { "quart_in_out", 0.5 }, { "sine_in", 0.2929 }, { "expo_out", 0.96875 },
      { "back_in", -0.0877 }, { "bounce_out", 0.765625 }, { "elastic_out", 1.0156 }, { "circ_in", 0.13397 },
   } do
      unit.assertAlmostEquals(easing.get(case[1])(0.5), case[2], 1e-3, case[1])
   end
   local card = { x = 0 }
   tween.to(1, card, { x = 1 }, function() return 0.25 end)
   pass(0.5)
   unit.assertEquals(card.x, 0.25)
end

--- Runs `call` while the function `gone` is of a patch that has gone.
local function without(gone, call)
   local is_gone = game.is_gone
   game.is_gone = function(func) return func == gone end
   local ok, why = pcall(call)
   game.is_gone = is_gone
   unit.assertTrue(ok, why)
end

function TestTween:test_what_a_patch_left_is_not_called_when_it_has_gone()
   local calls, card = 0, { x = 0 }
   local function count() calls = calls + 1 end
   tween.to(0.1, card, { x = 1 }, "linear", count):after(count):after(0.1):after(tween.to(0.1, card, { x = 5 }))
   without(count, function() pass(0.5) end)
   unit.assertEquals(calls, 0)
   unit.assertEquals(card.x, 5, "the rest goes on")
end
