--- Draws the card of an upgrade.

local art = require "art"
local graphics = require "graphics"
local palette = require "palette"
local text = require "text"

local card = {}

--- Its size, pixels.
card.WIDTH, card.HEIGHT = 150, 190

local APPEARING = 0.25 -- seconds
local RISE = 60 -- pixels from below

---@class CardView
---@field is_chosen boolean
---@field is_taken boolean
---@field price integer   crystals; 0: free
---@field can_pay boolean
---@field lift number     how much higher it is, pixels
---@field time number     seconds since it appeared

---@param view CardView
---@param x number
---@param y number
---@param shown number
local function draw_price(view, x, y, shown)
   if view.is_taken then
      text.small("BUILT", x, y, "center", palette.lime, shown)
   elseif view.price == 0 then
      text.small("FREE", x, y, "center", palette.straw, shown)
   else
      graphics.color(1, 1, 1, shown)
      art.draw(art.hud.crystal, x - 9, y + 7)
      text.small(text.number(view.price), x + 1, y, "left", view.can_pay and palette.ice or palette.red, shown)
   end
end

--- Draws a card with its upper left corner at left, top.
---@param upgrade Upgrade
---@param left number
---@param top number
---@param view CardView
function card.draw(upgrade, left, top, view)
   local hidden = (1 - math.min(1, math.max(0, view.time / APPEARING))) ^ 2
   local shown = 1 - hidden
   local middle = left + card.WIDTH / 2
   top = math.floor(top - view.lift + hidden * RISE + 0.5)
   graphics.color(1, 1, 1, shown)
   graphics.draw((view.is_chosen and art.card_selected or art.card).texture, left, top)
   local bob = view.is_chosen and math.floor(1.5 * math.sin(view.time * 4) + 0.5) or 0
   art.draw(art.icons[upgrade.id], middle, top + 56 + bob)
   text.small(upgrade.name, middle, top + 101, "center", view.is_chosen and palette.straw or palette.cream, shown)
   for line, words in ipairs(upgrade.lines) do
      text.small(words, middle, top + 112 + line * 14, "center", palette.sand, shown)
   end
   draw_price(view, middle, top + 160, shown)
   if view.is_taken then
      graphics.color(0.05, 0.06, 0.14, 0.45)
      graphics.rectangle("fill", left + 4, top + 4, card.WIDTH - 8, card.HEIGHT - 8)
   end
   graphics.color(1, 1, 1)
end

return card
