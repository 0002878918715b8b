-- A player whose hands are here, for the specs of scripts/ui.lua: presses, clicks, and looks at a page.

local graphics = game.require "graphics"
local input = game.require "input"
local ui = game.require "ui"

--- What the player does now (hands), the page, the names of the sounds that were heard, and of what was
--- clicked in the menu: new in each test.
local player = { STEP = 1 / 60 }
ui_player = player

local real

local fakes = {
   pressed = function(action) return player.hands.down[action] == true and not player.hands.was[action] end,
   down = function(action) return player.hands.down[action] == true end,
   mouse = function() return player.hands.x, player.hands.y end,
   wheel = function() return 0, player.hands.wheel end,
   control = function(control) return player.hands.down[control] and 1 or 0 end,
}

--- A class of tests, each with a page of its own.
function player.tests()
   local tests = {}

   function tests:setUp()
      player.hands = { down = {}, was = {}, x = 0, y = 0, wheel = 0 }
      real = {}
      for name, fake in pairs(fakes) do real[name], input[name] = input[name], fake end
      player.heard, player.clicks = {}, {}
      player.page = ui.new { sound = function(name) player.heard[#player.heard + 1] = name end }
   end

   function tests:tearDown()
      player.page:reset()
      for name, f in pairs(real) do input[name] = f end
      unit.assertNil(table.concat(input.actions(), " "):find "ui_")
      input.reset()
      graphics.reset()
   end

   return tests
end

--- One step, or several, of what `make` makes; returns what it returned in the last.
function player.run(make, steps)
   local a, b
   for _ = 1, steps or 1 do
      player.page:begin(player.STEP)
      a, b = make()
      player.page:finish()
      for action in pairs(player.hands.was) do player.hands.was[action] = nil end
      for action in pairs(player.hands.down) do player.hands.was[action] = true end
   end
   return a, b
end

--- Presses something for one step and lets go for another; returns what came in the first.
function player.tap(make, action)
   player.hands.down[action] = true
   local a, b = player.run(make)
   player.hands.down[action] = nil
   player.run(make)
   return a, b
end

function player.centre(node) return node.x + node.width / 2, node.y + node.height / 2 end

--- Finds what was made last under that name.
function player.find(name)
   local function search(node)
      for key, child in pairs(node.children or {}) do
         local found = key == name and child or search(child)
         if found then return found end
      end
   end
   return search(player.page.root) or error("no " .. name)
end

function player.focused()
   local node = player.page.focused[player.page.top]
   return node and node.label and node.label.text
end

--- Clicks in the middle of a thing; returns what the step of the release returned.
function player.click(make, name)
   player.hands.x, player.hands.y = player.centre(player.find(name))
   player.hands.down.ui_press = true
   player.run(make)
   player.hands.down.ui_press = nil
   return player.run(make)
end

--- A page of three buttons; hands.two_is_off disables the second.
function player.menu()
   player.page:panel "Menu"
   for _, name in ipairs { "One", "Two", "Three" } do
      player.page:disabled(name == "Two" and player.hands.two_is_off == true)
      if player.page:button(name) then player.clicks[#player.clicks + 1] = name end
   end
   player.page:disabled(false)
   player.page:close()
end
