--- Draws the world: ground, dome, rover, raiders, crystals, shots.
---
--- Pictures come between two steps of the world: `alpha` says how far, from 0 to 1.

local art = require "art"
local controls = require "controls"
local dome_picture = require "surface.dome"
local effects = require "effects"
local graphics = require "graphics"
local palette = require "palette"
local rover_picture = require "surface.rover"
local shake = require "effects.shake"
local widgets = require "widgets"

local surface = {}

local BOSS, BRUTE, SCOUT = native.RaiderKind.BOSS, native.RaiderKind.BRUTE, native.RaiderKind.SCOUT
local HORIZON = 38 -- pixels from the top: where raiders come over the ridge

local function between(before, now, alpha) return before + (now - before) * alpha end

---@param actor Actor
---@param alpha number
---@param size number
local function draw_shadow(actor, alpha, size)
   art.draw(art.shadow, between(actor.previous_x, actor.x, alpha) + 2,
      between(actor.previous_y, actor.y, alpha) + actor.radius * 0.5, 0, size)
end

-- ---- raiders --------------------------------------------------------------------------------

--- The light of the mothership's core: red and quick when it is enraged.
---@param raider Raider
---@param x number
---@param y number
local function draw_core(raider, x, y)
   local is_enraged = raider.hp < raider.max_hp / 2
   local light = is_enraged and palette.coral or palette.lilac
   graphics.blend "add"
   graphics.color(light[1], light[2], light[3], 0.45 + 0.3 * math.sin(raider.age * (is_enraged and 14 or 4)))
   art.draw(art.glow, x - 3 * math.cos(raider.angle), y - 3 * math.sin(raider.angle), 0, 0.9)
   graphics.blend "alpha"
   graphics.color(1, 1, 1)
end

---@param raider Raider
---@param alpha number
local function draw_raider(raider, alpha)
   local x = between(raider.previous_x, raider.x, alpha)
   local y = between(raider.previous_y, raider.y, alpha)
   local angle = between(raider.previous_angle, raider.angle, alpha)
   local kind = raider.kind
   if kind == SCOUT then y = y - 2 + 1.5 * math.sin(raider.age * 7) end
   local pictures = raider.flash > 0 and art.raider_flashes or art.raiders
   graphics.color(1, 1, 1, math.min(1, raider.age * 4))
   art.draw(pictures[kind], x, y, angle)
   if kind == BOSS then draw_core(raider, x, y) end
   if kind == BRUTE and raider.hp < raider.max_hp then
      widgets.bar(math.floor(x) - 12, math.floor(y) - 26, 24, 2, raider.hp / raider.max_hp, palette.red)
   end
end

---@param world World
---@param alpha number
local function draw_raiders(world, alpha)
   graphics.clip(0, HORIZON, graphics.width, graphics.height - HORIZON)
   for index = 0, world.raider_count - 1 do
      local raider = world:raider(index)
      draw_shadow(raider, alpha, raider.radius / 12)
   end
   for index = 0, world.raider_count - 1 do draw_raider(world:raider(index), alpha) end
   graphics.color(1, 1, 1)
   graphics.clip()
end

-- ---- crystals -------------------------------------------------------------------------------

local FRAME_TIME, REST = 0.11, 12 -- the glint runs through four frames and rests for some more
local WARNING = 3 -- seconds before it crumbles

---@param crystal Crystal
---@param alpha number
local function draw_crystal(crystal, alpha)
   local life = crystal.life
   if life < WARNING and life % 0.3 < 0.12 then return end
   local frame = math.floor(crystal.age / FRAME_TIME) % (4 + REST)
   local grown = math.min(1, 0.3 + crystal.age * 4)
   art.draw_frame(art.crystals[crystal.kind], frame < 4 and frame or 0, between(crystal.previous_x, crystal.x, alpha),
      between(crystal.previous_y, crystal.y, alpha), 0, grown)
end

local CRYSTAL_LIGHT = {
   [native.CrystalKind.SMALL] = palette.cyan,
   [native.CrystalKind.MEDIUM] = palette.lilac,
   [native.CrystalKind.LARGE] = palette.amber,
}

---@param world World
---@param alpha number
local function draw_crystals(world, alpha)
   graphics.blend "add"
   for index = 0, world.crystal_count - 1 do
      local crystal = world:crystal(index)
      local light = CRYSTAL_LIGHT[crystal.kind]
      graphics.color(light[1], light[2], light[3], 0.28 + 0.08 * math.sin(crystal.age * 4))
      art.draw(art.glow, crystal.x, crystal.y, 0, 0.5)
   end
   graphics.blend "alpha"
   graphics.color(1, 1, 1)
   for index = 0, world.crystal_count - 1 do draw_crystal(world:crystal(index), alpha) end
end

-- ---- bullets --------------------------------------------------------------------------------

---@param world World
---@param alpha number
local function draw_bullets(world, alpha)
   for index = 0, world.bullet_count - 1 do
      local bullet = world:bullet(index)
      art.draw(bullet.hostile and art.plasma or art.bullet, between(bullet.previous_x, bullet.x, alpha),
         between(bullet.previous_y, bullet.y, alpha), bullet.angle)
   end
   graphics.blend "add"
   for index = 0, world.bullet_count - 1 do
      local bullet = world:bullet(index)
      if bullet.hostile then graphics.color(1, 0.5, 0.15, 0.5) else graphics.color(0.2, 0.75, 1, 0.4) end
      art.draw(art.glow, between(bullet.previous_x, bullet.x, alpha), between(bullet.previous_y, bullet.y, alpha), 0,
         0.38)
   end
   graphics.blend "alpha"
   graphics.color(1, 1, 1)
end

-- ---- all of it ------------------------------------------------------------------------------

--- Draws the world.
---@param world World
---@param alpha number
function surface.draw(world, alpha)
   local x, y = shake.offset()
   art.draw(art.ground, 0, 0)
   if x ~= 0 or y ~= 0 then
      graphics.offset(x, y)
      art.draw(art.ground, 0, 0)
   end
   effects.draw_ground()
   draw_crystals(world, alpha)
   dome_picture.draw(world.dome)
   draw_raiders(world, alpha)
   rover_picture.draw(world.rover, alpha)
   dome_picture.draw_shield(world.dome, world.time)
   draw_bullets(world, alpha)
   effects.draw(alpha)
   graphics.offset(0, 0)
   shake.draw()
end

--- Draws the mark where the turret aims at.
function surface.draw_mark()
   graphics.color(1, 1, 1, controls.mode == "mouse" and 1 or 0.55)
   art.draw(art.cursor, math.floor(controls.mark_x) + 0.5, math.floor(controls.mark_y) + 0.5)
   graphics.color(1, 1, 1)
end

return surface
