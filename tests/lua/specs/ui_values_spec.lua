-- Pages of scripts/ui.lua: sliders, toggles and choices.

local player = ui_player
local run, tap, find = player.run, player.tap, player.find

TestUiValues = player.tests()

function TestUiValues:test_sliders_by_keys_and_by_mouse()
   local value, changed = 0.5, false
   local function make()
      player.page:panel "Sound"
      value, changed = player.page:slider("Volume", value)
      player.page:close()
      return changed
   end
   run(make, 2)
   unit.assertTrue(tap(make, "ui_right"))
   unit.assertAlmostEquals(value, 0.55, 1e-9)
   tap(make, "ui_left")
   tap(make, "ui_left")
   unit.assertAlmostEquals(value, 0.45, 1e-9)
   local node = find "Volume"
   player.hands.x, player.hands.y = node.x + node.width - 1, node.y + 5
   player.hands.down.ui_press = true
   run(make, 2)
   unit.assertEquals(value, 1)
   player.hands.x, player.hands.y = node.x - 30, node.y + 90 -- a drag goes on outside
   run(make)
   unit.assertEquals(value, 0)
   player.hands.down.ui_press = nil
   player.hands.x = node.x + node.width
   run(make, 2)
   unit.assertEquals(value, 0)
end

function TestUiValues:test_sliders_keep_to_their_steps_and_ends()
   local value = 3
   local function make()
      player.page:panel "Game"
      value = player.page:slider("Speed", value, 1, 5, 2)
      player.page:close()
   end
   run(make, 2)
   tap(make, "ui_right")
   unit.assertEquals(value, 5)
   tap(make, "ui_right")
   unit.assertEquals(value, 5)
   unit.assertEquals(player.heard, { "change" })
   value = 77
   run(make)
   unit.assertEquals(value, 77) -- until the player changes it, it is the game's
end

function TestUiValues:test_toggles_and_choices()
   local on, index, names = false, 1, { "low", "middle", "high" }
   local function make()
      player.page:panel "Video"
      on = player.page:toggle("Fullscreen", on)
      index = player.page:choice("Quality", index, names)
      player.page:close()
   end
   run(make, 2)
   tap(make, "ui_accept")
   unit.assertTrue(on)
   tap(make, "ui_right")
   unit.assertTrue(on)
   tap(make, "ui_left")
   unit.assertFalse(on)
   tap(make, "ui_down")
   tap(make, "ui_left")
   unit.assertEquals(index, 3)
   tap(make, "ui_right")
   tap(make, "ui_accept")
   unit.assertEquals(index, 2)
   local node = find "Quality"
   player.hands.x, player.hands.y = node.x + node.width - 8, node.y + 8
   tap(make, "ui_press")
   run(make)
   unit.assertEquals(index, 3)
   player.hands.x = node.x + node.width * 0.45
   tap(make, "ui_press")
   unit.assertEquals(index, 2)
end
