local camera = game.require "camera"
local graphics = game.require "graphics"
local native = game.native
local random = game.require "random"

TestCamera = {}

local STEP = 1 / 60

local function run(view, seconds)
   for _ = 1, math.floor(seconds * 60 + 0.5) do view:update(STEP) end
end

local function assert_near(x, y, wanted_x, wanted_y)
   unit.assertAlmostEquals(x, wanted_x, 1e-6)
   unit.assertAlmostEquals(y, wanted_y, 1e-6)
end

function TestCamera:test_without_settings_it_shows_what_is_drawn_without_one()
   local view = camera.new()
   assert_near(0, 0, view:to_world(0, 0))
   assert_near(160, 90, view:to_screen(160, 90))
end

function TestCamera:test_the_middle_of_the_view_is_its_place()
   local view = camera.new { x = 1000, y = -500, zoom = 3, angle = 0.7 }
   assert_near(160, 90, view:to_screen(1000, -500))
   assert_near(1000, -500, view:to_world(160, 90))
end

function TestCamera:test_points_go_there_and_back()
   for _, settings in ipairs {
      {}, { zoom = 0.5 }, { x = 77.3, y = 12.8, zoom = 2.5 }, { angle = 1.2 }, { x = -40, zoom = 3, angle = -2 },
   } do
      local view = camera.new(settings)
      assert_near(33, 44, view:to_screen(view:to_world(33, 44)))
      assert_near(-7, 400, view:to_world(view:to_screen(-7, 400)))
   end
end

function TestCamera:test_a_camera_turned_clockwise_sees_the_world_turn_the_other_way()
   local view = camera.new { x = 0, y = 0, angle = math.pi / 2 }
   assert_near(160, 80, view:to_screen(10, 0))
end

function TestCamera:test_it_follows_at_once_or_softly()
   local view, target = camera.new { x = 0, y = 0 }, { x = 100, y = 50 }
   view:follow(target)
   view:update(STEP)
   assert_near(view.x, view.y, 100, 50)
   view:jump(0, 0)
   view:follow(target, { stiffness = 4 })
   run(view, 0.25)
   assert_near(view.x, view.y, 100 * (1 - math.exp(-1)), 50 * (1 - math.exp(-1)))
   view:follow(nil)
   run(view, 1)
   assert_near(view.x, view.y, 100 * (1 - math.exp(-1)), 50 * (1 - math.exp(-1)))
end

function TestCamera:test_the_target_moves_freely_in_the_deadzone()
   local view, target = camera.new { x = 0, y = 0 }, { x = 20, y = -10 }
   view:follow(target, { deadzone = { 40, 20 } })
   view:update(STEP)
   assert_near(view.x, view.y, 0, 0)
   target.x, target.y = 25, -14
   view:update(STEP)
   assert_near(view.x, view.y, 5, -4)
end

function TestCamera:test_it_stays_in_its_bounds()
   local view, target = camera.new { zoom = 2 }, { x = -500, y = 5000 }
   view:follow(target, { bounds = { 0, 0, 1000, 60 } })
   view:update(STEP)
   assert_near(view.x, view.y, 80, 30)
   target.x = 5000
   view:update(STEP)
   assert_near(view.x, view.y, 920, 30)
   view:jump(-7, 0)
   assert_near(view.x, view.y, 80, 30)
end

function TestCamera:test_a_shake_ends_and_does_not_move_the_camera()
   local view = camera.new()
   view:shake(8, 0.5)
   local moved, largest = 0, 0
   for _ = 1, 29 do
      view:update(STEP)
      moved = moved + math.abs(view.shake_x) + math.abs(view.shake_y)
      largest = math.max(largest, math.abs(view.shake_x))
   end
   unit.assertTrue(moved > 20)
   unit.assertTrue(largest <= 8)
   assert_near(160, 90, view:to_world(160, 90))
   run(view, 0.1)
   unit.assertEquals({ view.shake_x, view.shake_y, view:shaking() }, { 0, 0, 0 })
end

function TestCamera:test_a_weaker_shake_changes_nothing()
   local view = camera.new()
   view:shake(8, 1)
   view:shake(2, 9)
   unit.assertEquals(view:shaking(), 8)
   run(view, 0.9)
   view:shake(2, 9)
   unit.assertEquals(view:shaking(), 2)
   view:shake(5, 0)
   view:shake(5, 0 / 0)
   unit.assertEquals(view:shaking(), 2)
end

function TestCamera:test_chance_is_taken_only_while_it_shakes()
   local view = camera.new()
   native.random:seed(7)
   local first = random.float()
   native.random:seed(7)
   run(view, 1)
   unit.assertEquals(random.float(), first)
   local function shake()
      native.random:seed(7)
      view:shake(9, 1)
      run(view, 0.3)
      local x, y = view.shake_x, view.shake_y
      run(view, 1)
      return { x, y }
   end
   unit.assertEquals(shake(), shake())
end

function TestCamera:test_a_target_that_was_destroyed_is_followed_no_longer()
   local view = camera.new { x = 3, y = 4 }
   local target = graphics.canvas(1, 1)
   view:follow(target)
   target:destroy()
   view:update(STEP)
   unit.assertNil(view.target)
   assert_near(view.x, view.y, 3, 4)
end

function TestCamera:test_drawing_goes_through_it_and_leaves_nothing_behind()
   graphics.reset()
   local view, got = camera.new { zoom = 2 }, nil
   view:draw(function(...) got = { ... } end, 1, 2)
   unit.assertEquals(got, { 1, 2 })
   unit.assertErrorMsgContains("no transform is saved", graphics.pop)
   view:attach(0.5)
   view:detach()
   unit.assertErrorMsgContains("no transform is saved", graphics.pop)
end
