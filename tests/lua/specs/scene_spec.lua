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
      "play update 2" })
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
