-- Pages of scripts/ui.lua: what buttons do, and how the focus goes from one to the next.

local player = ui_player
local run, tap, click, find = player.run, player.tap, player.click, player.find
local focused, centre, menu = player.focused, player.centre, player.menu

TestUiButtons = player.tests()

function TestUiButtons:test_keys_move_the_focus_and_activate()
   run(menu, 2)
   unit.assertEquals(focused(), "One")
   tap(menu, "ui_down")
   unit.assertEquals(focused(), "Two")
   tap(menu, "ui_accept")
   unit.assertEquals(player.clicks, { "Two" })
   tap(menu, "ui_down")
   tap(menu, "ui_down")
   unit.assertEquals(focused(), "One")
   tap(menu, "ui_up")
   unit.assertEquals(focused(), "Three")
   tap(menu, "ui_next")
   unit.assertEquals(focused(), "One")
   player.hands.down["key:left shift"] = true
   tap(menu, "ui_next")
   unit.assertEquals(focused(), "Three")
   unit.assertEquals(player.heard, { "focus", "accept", "focus", "focus", "focus", "focus", "focus" })
end

function TestUiButtons:test_what_is_held_repeats_and_stops_at_the_end()
   run(menu, 2)
   player.hands.down.ui_down = true
   run(menu, 20)
   unit.assertEquals(focused(), "Two")
   run(menu, 10)
   unit.assertEquals(focused(), "Three")
   for _ = 1, 30 do
      run(menu)
      unit.assertEquals(focused(), "Three")
   end
end

function TestUiButtons:test_disabled_things_are_passed_over()
   player.hands.two_is_off = true
   run(menu, 2)
   tap(menu, "ui_down")
   unit.assertEquals(focused(), "Three")
   click(menu, "Two")
   unit.assertEquals(player.clicks, {})
   unit.assertEquals(focused(), "Three")
end

function TestUiButtons:test_a_focus_that_is_disabled_goes_to_the_nearest()
   run(menu, 2)
   tap(menu, "ui_down")
   player.hands.two_is_off = true
   run(menu, 2)
   unit.assertEquals(focused(), "One")
end

function TestUiButtons:test_a_click_is_a_press_and_a_release_on_the_same_thing()
   run(menu, 2)
   click(menu, "Three")
   unit.assertEquals(player.clicks, { "Three" })
   unit.assertEquals(focused(), "Three")
   player.hands.down.ui_press = true
   run(menu)
   player.hands.x, player.hands.y = centre(find "One")
   run(menu)
   player.hands.down.ui_press = nil
   run(menu, 2)
   unit.assertEquals(player.clicks, { "Three" })
end

function TestUiButtons:test_the_focus_follows_the_mouse_when_it_moves()
   run(menu, 2)
   player.hands.x, player.hands.y = centre(find "Three")
   run(menu)
   unit.assertEquals(focused(), "Three")
   tap(menu, "ui_up")
   unit.assertEquals(focused(), "Two")
   run(menu, 5)
   unit.assertEquals(focused(), "Two")
end

function TestUiButtons:test_a_press_from_before_counts_for_nothing_after_reset()
   run(menu, 2)
   player.page:reset()
   player.hands.down.ui_down, player.hands.down.ui_accept = true, true
   for _ = 1, 60 do
      run(menu)
      unit.assertEquals(player.clicks, {})
      unit.assertTrue(focused() == nil or focused() == "One")
   end
   player.hands.down.ui_down = nil
   run(menu)
   tap(menu, "ui_down")
   unit.assertEquals(focused(), "Two")
end

-- ---- sideways -------------------------------------------------------------------------------

function TestUiButtons:test_arrows_go_where_they_point()
   local function grid()
      player.page:panel "Grid"
      for row = 1, 3 do
         player.page:row(3)
         for column = 1, 3 do player.page:button(row .. "/" .. column) end
         player.page:close()
      end
      player.page:button "below"
      player.page:close()
   end
   run(grid, 2)
   for _, go in ipairs {
      { "ui_right", "1/2" }, { "ui_down", "2/2" }, { "ui_right", "2/3" }, { "ui_right", "2/1" }, { "ui_left", "2/3" },
      { "ui_up", "1/3" }, { "ui_up", "below" }, { "ui_right", "below" },
   } do
      tap(grid, go[1])
      unit.assertEquals(focused(), go[2])
   end
end
