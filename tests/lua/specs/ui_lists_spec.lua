-- Pages of scripts/ui.lua: lists that scroll, modals and tooltips.

local player = ui_player
local run, tap, click, find = player.run, player.tap, player.click, player.find
local focused, centre, menu = player.focused, player.centre, player.menu

TestUiLists = player.tests()

local function list()
   player.page:panel "Files"
   player.page:list("files", 60)
   local chosen
   for index = 1, 30 do
      if player.page:item("file " .. index) then chosen = index end
   end
   player.page:close()
   player.page:close()
   return chosen
end

function TestUiLists:test_lists_follow_the_focus()
   run(list, 2)
   for _ = 1, 20 do tap(list, "ui_down") end
   run(list, 60)
   local view, row = find "files", find "file 21"
   unit.assertEquals(focused(), "file 21")
   unit.assertTrue(row.y >= view.y and row.y + row.height <= view.y + view.height)
   tap(list, "ui_accept")
   for _ = 1, 10 do tap(list, "ui_down") end
   run(list, 60)
   unit.assertEquals(focused(), "file 1")
   unit.assertEquals(view.scroll, 0)
end

function TestUiLists:test_the_wheel_scrolls_and_what_is_hidden_is_not_clicked()
   run(list, 2)
   local view = find "files"
   player.hands.x, player.hands.y = centre(view)
   player.hands.wheel = -2
   run(list)
   player.hands.wheel = 0
   run(list, 60)
   unit.assertEquals(view.scroll, 48)
   player.hands.wheel = -99
   run(list)
   player.hands.wheel = 0
   run(list, 60)
   local row = find "file 30"
   unit.assertEquals(row.y + row.height + 3, view.y + view.height)
   player.hands.wheel = 99
   run(list)
   player.hands.wheel = 0
   run(list, 60)
   unit.assertEquals(view.scroll, 0)
   player.hands.x, player.hands.y = centre(find "file 9") -- below the list's edge
   player.hands.down.ui_press = true
   run(list)
   player.hands.down.ui_press = nil
   unit.assertNil((run(list)))
   unit.assertEquals(tap(list, "ui_accept"), 2) -- where the pointer was first
end

function TestUiLists:test_a_modal_keeps_the_player_from_the_rest()
   player.clicks = {}
   local open, answer, back = false, nil, {}
   local function make()
      menu()
      back.page = player.page:back()
      if open then
         player.page:modal "Sure?"
         if player.page:button "Yes" then answer = "yes" end
         back.modal = player.page:back()
         player.page:close()
      end
   end
   run(make, 2)
   tap(make, "ui_down")
   open = true
   run(make, 2)
   unit.assertEquals(focused(), "Yes")
   click(make, "One")
   unit.assertEquals(player.clicks, {})
   player.hands.down.ui_back = true
   run(make)
   unit.assertEquals(back, { page = false, modal = true })
   player.hands.down.ui_back = nil
   tap(make, "ui_accept")
   unit.assertEquals(answer, "yes")
   open = false
   run(make, 2)
   unit.assertEquals(focused(), "Two")
   player.hands.down.ui_back = true
   run(make)
   unit.assertTrue(back.page)
end

function TestUiLists:test_tooltips_come_after_a_while()
   local function make()
      player.page:panel "Menu"
      player.page:button "One"
      player.page:tooltip "The first of all"
      player.page:close()
   end
   run(make, 20)
   unit.assertEquals(player.page.tip_sheet.count, 0)
   run(make, 20)
   unit.assertTrue(player.page.tip_sheet.count > 0)
end
