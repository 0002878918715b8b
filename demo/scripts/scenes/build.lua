--- Between two waves: cards with upgrades. The first one is free, further ones cost crystals.

local art = require "art"
local autopilot = require "autopilot"
local backdrop = require "backdrop"
local card = require "card"
local controls = require "controls"
local effects = require "effects"
local palette = require "palette"
local graphics = require "graphics"
local scene = require "scene"
local session = require "session"
local sounds = require "sounds"
local text = require "text"
local upgrades = require "upgrades"
local widgets = require "widgets"

local build = { opaque = true } -- the scenes below are in its backdrop

local world = native.world

local WIDTH, HEIGHT, GAP, TOP = card.WIDTH, card.HEIGHT, 15, 84
local BUTTON_X, BUTTON_Y, BUTTON_WIDTH, BUTTON_HEIGHT = 250, 296, 140, 28
local LIFT = 8 -- pixels that the chosen card is higher
local DUSK = 0.3 -- seconds in which what lies behind gets dark
local DEAF = 0.45 -- seconds: who still fires from the wave before takes no card by accident

local cards = {} ---@type Upgrade[]
local taken, lift = {}, {}
local chosen, time, is_free, refused = 1, 0, true, 0

--- The place after the last card: the button that starts the next wave.
local function button() return #cards + 1 end

local function left_of(index)
   local width = #cards * WIDTH + (#cards - 1) * GAP
   return math.floor((graphics.width - width) / 2) + (index - 1) * (WIDTH + GAP)
end

function build.enter()
   cards = upgrades.draw_cards(world.rover, world.dome)
   for index = 1, 3 do taken[index], lift[index] = false, 0 end
   chosen, time, is_free, refused = #cards > 1 and 2 or 1, 0, true, 0
   backdrop.forget()
end

-- ---- choosing -------------------------------------------------------------------------------

local function choose(index)
   if index == chosen then return end
   chosen = index
   sounds.select()
end

local function under_mouse()
   local x, y = controls.mouse()
   for index = 1, #cards do
      local left = left_of(index)
      if x >= left and x < left + WIDTH and y >= TOP - LIFT and y < TOP + HEIGHT then return index end
   end
   if math.abs(x - graphics.width / 2) <= BUTTON_WIDTH / 2 and y >= BUTTON_Y and y < BUTTON_Y + BUTTON_HEIGHT then
      return button()
   end
end

local function price(index) return is_free and 0 or upgrades.price(cards[index]) end

local function can_take(index) return not taken[index] and price(index) <= session.crystals end

local function take(index)
   if not can_take(index) then
      refused = 0.4
      sounds.refuse()
      return
   end
   session.crystals = session.crystals - price(index)
   is_free = false
   taken[index] = true
   upgrades.build(cards[index], world.rover, world.dome)
   sounds.upgrade()
   backdrop.forget() -- the strip at the top tells of it
end

local function go_on()
   sounds.confirm()
   scene.pop()
   session.next_wave()
end

local function confirm(index)
   if index == button() then go_on() else take(index) end
end

-- ---- the scene ------------------------------------------------------------------------------

---@param dt number
function build.update(dt)
   time = time + dt
   refused = math.max(0, refused - dt)
   if controls.mouse_moved() then choose(under_mouse() or chosen) end
   for index = 1, #cards do
      local goal = index == chosen and LIFT or 0
      lift[index] = lift[index] + (goal - lift[index]) * math.min(1, 14 * dt)
   end
   effects.update(dt, world)
end

---@param action string
function build.pressed(action)
   if time < DEAF then return end
   if action == "left" or action == "right" then
      if chosen == button() then
         choose(math.min(2, #cards))
      else
         choose((chosen - 1 + (action == "left" and -1 or 1)) % #cards + 1)
      end
   elseif action == "down" then
      choose(button())
   elseif action == "up" then
      choose(math.min(2, #cards))
   elseif action == "confirm" then
      confirm(chosen)
   elseif action == "click" and under_mouse() then
      choose(under_mouse())
      confirm(chosen)
   end
end

local NUMBER_KEYS = { ["key:1"] = 1, ["key:2"] = 2, ["key:3"] = 3 }

---@param key string
function build.key_pressed(key)
   local index = NUMBER_KEYS[key]
   if index and cards[index] and time >= DEAF then
      choose(index)
      take(index)
   end
end

-- ---- drawing --------------------------------------------------------------------------------

local view = { is_chosen = false, is_taken = false, price = 0, can_pay = false, lift = 0, time = 0 }

local function draw_card(index)
   view.is_chosen, view.is_taken = index == chosen, taken[index]
   view.price, view.can_pay = price(index), price(index) <= session.crystals
   view.lift, view.time = lift[index], time - index * 0.09
   card.draw(cards[index], left_of(index), TOP, view)
end

local function draw_button()
   local is_chosen = chosen == button()
   widgets.panel(BUTTON_X, BUTTON_Y, BUTTON_WIDTH, BUTTON_HEIGHT)
   text.small("NEXT WAVE", 320, BUTTON_Y + 7, "center", is_chosen and palette.straw or palette.sand)
   if is_chosen then
      local beat = math.floor(time * 3) % 2
      text.small("→", 276 - beat, BUTTON_Y + 7, "center", palette.amber)
   end
end

local function draw_purse()
   local shake = refused > 0 and math.floor(3 * math.sin(refused * 60)) or 0
   art.draw(art.hud.crystal, 302 + shake, 341)
   text.small(text.number(session.crystals), 312 + shake, 334, "left", refused > 0 and palette.red or palette.ice)
end

function build.draw()
   backdrop.draw(math.min(1, time / DUSK))
   text.large(is_free and "CHOOSE AN UPGRADE" or "BUY MORE, OR GO ON", 320, 52, "center", palette.straw)
   for index = 1, #cards do draw_card(index) end
   draw_button()
   draw_purse()
end

-- ---- the autopilot --------------------------------------------------------------------------

local PACE = 0.5 -- seconds between two of its decisions

---@param dt number
function build.autoplay(dt)
   if time < 1 or math.floor(time / PACE) == math.floor((time - dt) / PACE) then return end
   local left = {}
   for index, each in ipairs(cards) do
      if can_take(index) and (is_free or each.id ~= "rapid") then left[#left + 1] = each end
   end
   local goal = button()
   local wanted = left[autopilot.choose_card(left, world.dome)]
   for index, each in ipairs(cards) do
      if each == wanted then goal = index end
   end
   if goal ~= chosen then
      local up = goal == button() and "down" or chosen == button() and "up" or goal < chosen and "left" or "right"
      autopilot.press(up)
   else
      autopilot.press "confirm"
   end
end

return build
