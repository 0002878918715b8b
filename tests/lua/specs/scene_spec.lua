local scene = game.require "scene"

TestScene = {}

local log

local function recorder(name)
   return setmetatable({}, { __index = function(_, key)
      return function(...) log[#log + 1] = table.concat({ name, key, ... }, " ") end
   end })
end

function TestScene:setUp() log = {} end

function TestScene:test_switch_leaves_the_old_and_enters_the_new()
   scene.switch(recorder "title", 7)
   scene.switch(recorder "play")
   scene.update(1)
   unit.assertEquals(log, { "title enter 7", "title leave", "play enter", "play update 1" })
end

function TestScene:test_push_covers_and_pop_uncovers()
   scene.switch(recorder "play")
   scene.push(recorder "pause")
   log = {}
   scene.update(1)
   scene.draw(0.5)
   scene.event("pressed", "fire")
   scene.pop()
   scene.update(2)
   unit.assertEquals(log, { "pause update 1", "play draw 0.5", "pause draw 0.5", "pause pressed fire", "pause leave",
      "play uncovered", "play update 2" })
end

function TestScene:test_switch_leaves_all_scenes()
   scene.switch(recorder "a")
   scene.push(recorder "b")
   log = {}
   scene.switch {}
   unit.assertEquals(log, { "b leave", "a leave" })
end

function TestScene:test_scenes_need_none_of_the_functions()
   scene.switch {}
   scene.update(1)
   scene.draw(1)
   scene.event("pressed", "x")
   scene.pop()
   scene.update(1)
   unit.assertNil(scene.current())
end

function TestScene:test_a_scene_hears_that_it_is_covered()
   scene.switch(recorder "play")
   log = {}
   scene.push(recorder "pause")
   unit.assertEquals(log, { "play covered", "pause enter" })
end

function TestScene:test_scenes_below_may_live_and_may_be_hidden()
   local function member(name, field)
      local target = recorder(name)
      if field then rawset(target, field, true) end
      return target
   end
   scene.switch(member "play")
   scene.push(member("shop", "opaque"))
   scene.push(member("hint", "live_below"))
   log = {}
   scene.update(1)
   scene.draw(0)
   unit.assertEquals(log, { "shop update 1", "hint update 1", "shop draw 0", "hint draw 0" })
   log = {}
   scene.draw_below(0.5)
   unit.assertEquals(log, { "shop draw 0.5" })
   scene.pop()
   log = {}
   scene.draw_below(0.5)
   unit.assertEquals(log, { "play draw 0.5" })
   scene.pop()
   log = {}
   scene.draw_below(0.5)
   unit.assertEquals(log, {})
end

function TestScene:test_a_transition_covers_changes_and_uncovers()
   local drawn = {}
   local function note(amount, coming) drawn[#drawn + 1] = ("%.1f %s"):format(amount, tostring(coming)) end
   scene.switch(recorder "a")
   log = {}
   scene.switch(recorder "b", { transition = note, seconds = 1 }, 7)
   unit.assertTrue(scene.is_changing())
   for _ = 1, 5 do
      scene.update(0.25)
      scene.draw(0)
      scene.event("pressed", "fire")
   end
   unit.assertFalse(scene.is_changing())
   unit.assertEquals(drawn, { "0.5 false", "1.0 true", "0.5 true" })
   unit.assertEquals(log, { "a draw 0", "a leave", "b enter 7", "b update 0.25", "b draw 0", "b update 0.25", "b draw 0",
      "b update 0.25", "b draw 0", "b pressed fire", "b update 0.25", "b draw 0", "b pressed fire" })
end

function TestScene:test_push_and_pop_have_transitions_too()
   scene.switch(recorder "play")
   scene.push(recorder "map", { transition = "wipe" })
   unit.assertEquals(log, { "play enter" })
   for _ = 1, 40 do scene.update(1 / 60) end
   scene.pop { transition = "fade", seconds = 0.1 }
   log = {}
   for _ = 1, 3 do scene.update(0.05) end
   unit.assertEquals(log, { "map leave", "play uncovered", "play update 0.05", "play update 0.05", "play update 0.05" })
end

function TestScene:test_a_change_during_a_transition_takes_its_place()
   local b, c = recorder "b", recorder "c"
   scene.switch(recorder "a")
   scene.switch(b, { transition = "fade", seconds = 1 })
   scene.update(0.25)
   scene.switch(c, { transition = "curtain", seconds = 1 })
   log = {}
   scene.update(0.25)
   unit.assertEquals(log, { "a leave", "c enter", "c update 0.25" })
   scene.update(0.25)
   scene.switch(b)
   unit.assertFalse(scene.is_changing())
   unit.assertIs(scene.current(), b)
end

function TestScene:test_an_error_behind_the_cover_does_not_leave_it_there()
   scene.switch({ enter = function() error "oops" end }, { transition = "blinds", seconds = 0.2 })
   unit.assertErrorMsgContains("oops", scene.update, 0.1)
   scene.update(0.1)
   scene.draw(0)
   unit.assertFalse(scene.is_changing())
end

function TestScene:test_all_transitions_draw()
   for _, name in ipairs { "fade", "wipe", "curtain", "blinds" } do
      scene.switch({}, { transition = name, seconds = 1 })
      for _ = 1, 8 do
         scene.update(0.2)
         scene.draw(0)
      end
      unit.assertFalse(scene.is_changing(), name)
   end
end

function TestScene:test_a_transition_can_be_defined()
   local calls = 0
   game.require "transition".define("spec", function() calls = calls + 1 end)
   scene.switch({}, { transition = "spec" })
   scene.draw(0)
   scene.switch {}
   unit.assertEquals(calls, 1)
   unit.assertErrorMsgContains('scene.switch: transition: "blinds", "curtain", "fade", "spec" or "wipe" expected, got "odd"', scene.switch, {}, { transition = "odd" })
   unit.assertErrorMsgContains("scene.push: seconds: number above 0 expected, got 0", scene.push, {},
      { transition = "fade", seconds = 0 })
   unit.assertErrorMsgContains("transition.define: draw: function expected", game.require "transition".define, "x")
end

function TestScene:test_steady_scenes_make_no_garbage()
   local function nothing() end
   scene.switch { update = nothing, draw = nothing }
   scene.push { update = nothing, draw = nothing, live_below = true }
   unit.assertEquals(garbage_of(60, function()
      scene.update(1 / 60)
      scene.draw(0.5)
   end), 0)
end
