--- The pictures of Moonbase, each with its pivot, so that others say where a thing is and not how
--- large its picture is. All of them face right.

local graphics = require "graphics"

local art = {}

---@class Picture
---@field texture Texture
---@field x number      pivot, pixels from the left edge
---@field y number      pivot, pixels from the upper edge
---@field width number  of one frame
---@field height number

---@return Picture
local function picture(name, width, height, x, y)
   return {
      texture = graphics.texture("images/" .. name .. ".png"),
      width = width, height = height, x = x or width / 2, y = y or height / 2,
   }
end

art.ground = picture("ground", 640, 360, 0, 0)
art.title_scene = picture("title-scene", 640, 360, 0, 0)
art.title = picture("title", 376, 92)
art.card = picture("card", 150, 190)
art.card_selected = picture("card-selected", 150, 190)
art.panel = picture("panel", 24, 24, 0, 0)
art.keycap = picture("keycap", 16, 16, 0, 0)
art.cursor = picture("cursor", 15, 15)
art.pointer = picture("pointer", 11, 14, 1, 1)

art.dome = picture("dome", 84, 90, 42, 42)
art.dome_damaged = picture("dome-damaged", 84, 90, 42, 42)
art.dome_flash = picture("dome-flash", 84, 90, 42, 42)
art.shield = picture("shield", 96, 96)
art.rover = picture("rover", 28, 28)
art.rover_flash = picture("rover-flash", 28, 28)
art.turret = picture("turret", 24, 12, 7, 6)

local kind = native.RaiderKind
art.raiders = {
   [kind.SCOUT] = picture("raider-scout", 22, 22, 11, 11),
   [kind.GUNNER] = picture("raider-gunner", 30, 28, 14, 14),
   [kind.BRUTE] = picture("raider-brute", 40, 40, 20, 20),
   [kind.BOSS] = picture("raider-boss", 64, 64),
}
art.raider_flashes = {
   [kind.SCOUT] = picture("raider-scout-flash", 22, 22, 11, 11),
   [kind.GUNNER] = picture("raider-gunner-flash", 30, 28, 14, 14),
   [kind.BRUTE] = picture("raider-brute-flash", 40, 40, 20, 20),
   [kind.BOSS] = picture("raider-boss-flash", 64, 64),
}

local crystal = native.CrystalKind
art.crystals = {
   [crystal.SMALL] = picture("crystal-small", 12, 12),
   [crystal.MEDIUM] = picture("crystal-medium", 14, 14),
   [crystal.LARGE] = picture("crystal-large", 16, 16),
}

art.bullet = picture("bullet", 14, 6, 7, 3)
art.plasma = picture("plasma", 14, 10, 8, 5)
art.muzzle = picture("muzzle", 16, 16, 0, 8)
art.explosion = picture("explosion", 32, 32)
art.explosion_large = picture("explosion-large", 64, 64)
art.spark = picture("spark", 7, 7)
art.smoke = picture("smoke", 16, 16)
art.glow = picture("glow", 64, 64)
art.shadow = picture("shadow", 32, 20)
art.track = picture("track", 6, 28, 3, 14)

art.icons = {}
for _, name in ipairs { "rapid", "damage", "shield", "repair", "speed", "magnet" } do
   art.icons[name] = picture("icon-" .. name, 32, 32)
end
art.hud = {}
for _, name in ipairs { "hull", "shield", "crystal", "raider" } do
   art.hud[name] = picture("hud-" .. name, 12, 12)
end

--- Draws a picture with its pivot at x, y.
---@param what Picture
---@param x number
---@param y number
---@param angle number? radians, clockwise; 0
---@param scale_x number? 1
---@param scale_y number? as scale_x
function art.draw(what, x, y, angle, scale_x, scale_y)
   graphics.draw(what.texture, x, y, angle, scale_x, scale_y, what.x, what.y)
end

--- Draws one frame of a picture that is a strip of frames.
---@param what Picture
---@param frame integer from 0
---@param x number
---@param y number
---@param angle number? radians, clockwise; 0
---@param scale number? 1
function art.draw_frame(what, frame, x, y, angle, scale)
   graphics.region(what.texture, frame * what.width, 0, what.width, what.height, x, y, angle, scale, scale,
      what.x, what.y)
end

return art
