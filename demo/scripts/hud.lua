--- The strip at the top: what is left of the dome, points and combo, crystals and raiders.

local art = require "art"
local balance = require "balance"
local combo = require "combo"
local graphics = require "graphics"
local highscore = require "highscore"
local palette = require "palette"
local session = require "session"
local text = require "text"
local upgrades = require "upgrades"
local widgets = require "widgets"

local hud = {}

local BAR = 118

-- What was lost a moment ago is shown for a while, so that a hit is seen even on the bar.
local shown_hull, shown_shield, blink = 1, 1, 0

--- Lets the bars follow.
---@param dt number
---@param world World
function hud.update(dt, world)
   local dome = world.dome
   local hull, shield = dome.hp / dome.max_hp, dome.shield / dome.max_shield
   shown_hull = math.max(hull, shown_hull - 0.35 * dt)
   shown_shield = math.max(shield, shown_shield - 0.35 * dt)
   blink = blink + dt
end

---@param icon Picture
---@param y number
---@param part number
---@param shown number
---@param color number[]
local function draw_gauge(icon, y, part, shown, color)
   art.draw(icon, 18, y + 3)
   widgets.bar(29, y, BAR, 6, part, color)
   if shown > part then
      local from = math.floor(BAR * part + 0.5)
      graphics.color(1, 0.95, 0.85, 0.8)
      graphics.rectangle("fill", 29 + from, y, math.floor(BAR * shown + 0.5) - from, 6)
      graphics.color(1, 1, 1)
   end
end

---@param dome Dome
local function draw_dome(dome)
   widgets.panel(7, 7, 148, 30)
   local hull = dome.hp / dome.max_hp
   local warns = hull < 0.3 and blink % 0.5 < 0.25
   draw_gauge(art.hud.hull, 12, hull, shown_hull, warns and palette.cream or palette.red)
   draw_gauge(art.hud.shield, 25, dome.shield / dome.max_shield, shown_shield, palette.azure)
end

local FACTORS = {}
for factor = 1, combo.LIMIT do FACTORS[factor] = "×" .. factor end

local function draw_score()
   text.large(text.number(session.score), 320, 4, "center", palette.straw)
   local factor = combo.factor()
   if factor > 1 then
      text.small(FACTORS[factor], 292, 26, "right", palette.amber)
      widgets.bar(297, 31, 44, 3, combo.left(), palette.amber)
   end
end

local announced, told = "", "" -- when a wave comes
local wave_text, wave_of, left_text, left_of, best_text, best_of = "", -1, "", -1, "", -1

---@param world World
local function draw_wave(world)
   if wave_of ~= session.wave then
      local is_last = session.wave % balance.LAST_WAVE == 0
      wave_text, wave_of = ("WAVE %d"):format(session.wave), session.wave
      announced = is_last and "THE MOTHERSHIP" or wave_text
      told = session.wave == 1 and "Keep raiders off the dome" or is_last and "Bring it down" or ""
   end
   local left = session.raiders_left(world)
   if left_of ~= left then left_text, left_of = ("%d left"):format(left), left end
   local best = math.max(highscore.best(), session.score)
   if best_of ~= best then best_text, best_of = "BEST " .. text.number(best), best end
   widgets.panel(501, 7, 132, 30)
   art.draw(art.hud.crystal, 512, 15)
   text.small(text.number(session.crystals), 522, 8, "left", palette.ice)
   text.small(wave_text, 626, 8, "right", palette.straw)
   art.draw(art.hud.raider, 512, 28)
   text.small(left_text, 522, 21, "left", palette.coral)
   text.small(best_text, 626, 21, "right", palette.sand)
end

local LEVELS = {}
for level = 1, 99 do LEVELS[level] = tostring(level) end

local function draw_upgrades()
   local x = 14
   for _, upgrade in ipairs(upgrades.all()) do
      local level = upgrades.level(upgrade)
      if level > 0 and upgrade.id ~= "repair" then
         graphics.color(1, 1, 1, 0.85)
         art.draw(art.icons[upgrade.id], x, 346, 0, 0.5)
         text.small(LEVELS[level], x + 9, 343, "left", palette.sand, 0.85)
         x = x + 26
      end
   end
   graphics.color(1, 1, 1)
end

local BOSS, BOSS_BAR = native.RaiderKind.BOSS, 220

--- The hit points of the mothership, as long as it is there.
---@param world World
local function draw_boss(world)
   for index = 0, world.raider_count - 1 do
      local raider = world:raider(index)
      if raider.kind == BOSS then
         local part = raider.hp / raider.max_hp
         local color = part < 0.5 and palette.coral or palette.lilac
         text.small("MOTHERSHIP", 320, 44, "center", palette.cream)
         widgets.bar(320 - BOSS_BAR / 2, 59, BOSS_BAR, 5, part, raider.flash > 0 and palette.cream or color)
         return
      end
   end
end

-- Where raiders are about to come from.
local WARNING = 1.3

---@param arrival Arrival
---@param left number
local function draw_warning(arrival, left)
   local x = math.max(10, math.min(graphics.width - 10, arrival.x))
   local y = math.max(50, math.min(graphics.height - 10, arrival.y))
   local angle = arrival.y < 45 and math.pi / 2 or arrival.y > graphics.height and -math.pi / 2
      or arrival.x < 0 and 0 or math.pi
   local red = palette.red
   graphics.color(red[1], red[2], red[3], 0.35 + 0.5 * math.abs(math.sin(left * 9)))
   local cos, sin = math.cos(angle), math.sin(angle)
   for step = 0, 1 do
      local tip_x, tip_y = x + cos * (4 + 5 * step), y + sin * (4 + 5 * step)
      graphics.line(tip_x - cos * 5 - sin * 5, tip_y - sin * 5 + cos * 5, tip_x, tip_y, 2)
      graphics.line(tip_x - cos * 5 + sin * 5, tip_y - sin * 5 - cos * 5, tip_x, tip_y, 2)
   end
   graphics.color(1, 1, 1)
end

local function draw_warnings()
   if session.phase ~= "fighting" then return end
   for index = session.next_arrival, #session.arrivals do
      local left = session.arrivals[index].at - session.phase_time
      if left > WARNING then return end
      draw_warning(session.arrivals[index], left)
   end
end

local function draw_announcement()
   local time = session.phase_time
   if session.phase == "coming" then
      local alpha = math.min(1, time * 4, (session.ANNOUNCE - time) * 3)
      text.large(announced, 320, 90, "center", palette.straw, alpha, 2)
      text.small(told, 320, 132, "center", palette.cream, alpha)
   elseif session.phase == "gathering" then
      text.large("WAVE CLEARED", 320, 96, "center", palette.lime, math.min(1, time * 4))
   end
end

--- Draws all of it.
---@param world World
function hud.draw(world)
   draw_warnings()
   draw_dome(world.dome)
   draw_score()
   draw_wave(world)
   draw_upgrades()
   draw_boss(world)
   draw_announcement()
end

--- A new game: the bars are full.
function hud.reset() shown_hull, shown_shield = 1, 1 end

return hud
