-- What a UI looks like: every 60 steps another page, which is worked by the program as a player would.

local graphics = require "graphics"
local input = require "input"
local ui = require "ui"

local main = {}

local STEPS = 60

local source = native.input
local step, number, shown = 0, 0, nil

input.bind { drive = { "key:w", "pad:lefty-" }, fire = { "key:space", "mouse:left", "pad:righttrigger" }, boost = { "key:left shift" } }

local function hold(action, at) if step == at then source:hold(action, 1) end end
local function point(x, y, at) if step == at then source:point(x, y) end end

-- ---- pages ----------------------------------------------------------------------------------

local title = { page = ui.new() }
local LOWER = { width = 190, down = 0.72 }

function title.play()
   hold("ui_down", 10)
   hold("ui_down", 20)
end

function title.update(page)
   page:panel("Moonbase", LOWER)
   page:button "Continue"
   page:button "New game"
   page:button "Settings"
   page:disabled(true)
   page:button "Multiplayer"
   page:disabled(false)
   page:line()
   page:button "Quit"
   page:close()
   page:label("Arrow keys, mouse or gamepad", "right", "muted")
end

local settings = {
   page = ui.new(), sound = 0.8, music = 0.35, size = 2, fullscreen = true, shake = false, speed = 3,
}
local WIDE, SIZES = { width = 320 }, { "640 x 360", "1280 x 720", "1920 x 1080" }

function settings.play()
   point(330, 100, 1)
   for at = 8, 12 do hold("ui_press", at) end
   point(388, 124, 6)
   point(396, 124, 10)
end

function settings.update(page)
   page:panel("Settings", WIDE)
   settings.sound = page:slider("Sound", settings.sound)
   settings.music = page:slider("Music", settings.music)
   page:tooltip "How loud the music is, while nothing important is said by somebody else"
   settings.speed = page:slider("Speed", settings.speed, 1, 5, 1)
   settings.size = page:choice("Window", settings.size, SIZES)
   page:row(2)
   settings.fullscreen = page:toggle("Fullscreen", settings.fullscreen)
   settings.shake = page:toggle("Shake", settings.shake)
   page:close()
   page:line()
   page:binding("Drive", "drive")
   page:binding("Fire", "fire")
   page:space()
   page:row { 1, 80 }
   page:label("Kept as soon as it is changed", "left", "muted")
   page:button "Back"
   page:close()
   page:close()
end

local crew = { page = ui.new(), chosen = 3, name = "Ada" }
local NAMES = { "Ada", "Grace", "Katherine", "Margaret", "Mary", "Dorothy", "Annie", "Valentina", "Sally", "Mae", "Judith" }

local function crew_list(page)
   page:column()
   page:list("names", 150)
   for index, name in ipairs(NAMES) do
      if page:item(name, index == crew.chosen) then crew.chosen = index end
   end
   page:close()
   page:close()
end

local function crew_details(page)
   page:column()
   crew.name = page:field("Name", crew.name, 20)
   page:label "A commander who has been to the far side twice, and who would go again tomorrow."
   page:space(4)
   page:progress(0.72, "oxygen 72%")
   page:progress(0.31, "shield 31%", "on")
   page:disabled(true)
   page:slider("Courage", 0.9)
   page:toggle("On leave", true)
   page:choice("Rank", 1, { "Commander" })
   page:close()
end

local HUGE = { width = 480 }
local COLUMNS = { 0.4, 0.6 }

function crew.play()
   for at = 4, 28, 4 do hold("ui_down", at) end
end

function crew.update(page)
   page:panel("Crew", HUGE)
   page:row(COLUMNS)
   crew_list(page)
   crew_details(page)
   page:close()
   page:close()
end

local writing = { page = ui.new(), name = "Ada", mark = "Zürich-Süd" }

function writing.play(page)
   hold("ui_accept", 5)
   if step == 40 then
      page:text_input " Lovelace"
      for _ = 1, 4 do page:key_pressed("key:left", true) end
   end
end

function writing.update(page)
   page:panel "Who are you?"
   writing.name = page:field("Name", writing.name)
   writing.mark = page:field("Base", writing.mark)
   page:button "Land"
   page:close()
end

local question = { page = settings.page }
local NARROW = { width = 200 }

function question.play() hold("ui_right", 30) end

function question.update(page)
   settings.update(page)
   if step > 20 then
      page:modal("Leave the base?", NARROW)
      page:label("What was not saved is lost. The crew will miss you.", "center")
      page:space(6)
      page:row(2)
      page:button "Stay"
      page:button "Leave"
      page:close()
      page:close()
   end
end

-- ---- a theme of pictures --------------------------------------------------------------------

local function plate(size, edge, light, middle)
   local canvas = graphics.canvas(size, size)
   graphics.target(canvas)
   graphics.clear(unpack(edge))
   graphics.color(unpack(light))
   graphics.rectangle("fill", 1, 1, size - 2, size - 2)
   graphics.color(unpack(middle))
   graphics.rectangle("fill", 2, 2, size - 3, size - 3)
   graphics.reset()
   return { texture = canvas, insets = 3 }
end

local wood = {}

function wood.make()
   local edge = { 0.25, 0.14, 0.08 }
   wood.page = ui.new {
      theme = {
         height = 24, padding = 16, gap = 6, title_font = "fonts/moon.txt",
         colors = { text = { 0.3, 0.17, 0.08 }, bright = { 1, 0.97, 0.85 }, title = { 0.45, 0.2, 0.1 },
            line = { 0.66, 0.5, 0.3 }, focus = { 0.75, 0.3, 0.12 }, focused = { 0.75, 0.3, 0.12 }, muted = { 0.6, 0.47, 0.3 } },
         frames = {
            panel = plate(16, edge, { 1, 0.95, 0.8 }, { 0.9, 0.8, 0.6 }),
            button = plate(10, edge, { 0.95, 0.85, 0.65 }, { 0.82, 0.68, 0.46 }),
            focused = plate(10, edge, { 0.95, 0.6, 0.35 }, { 0.75, 0.3, 0.12 }),
            pressed = plate(10, edge, { 0.4, 0.15, 0.1 }, { 0.6, 0.2, 0.1 }),
            disabled = plate(10, { 0.6, 0.47, 0.3 }, { 0.85, 0.75, 0.55 }, { 0.82, 0.72, 0.52 }),
         },
      },
   }
end

function wood.play() end

function wood.update(page)
   page:panel "The inn"
   page:button "Sleep until morning"
   page:button "Ask for news"
   page:disabled(true)
   page:button "Pay the bill"
   page:close()
end

local pages = { title, settings, crew, writing, question, wood }

function main.load() wood.make() end

function main.update(dt)
   step = step % STEPS + 1
   if step == 1 then
      if shown then shown.page:reset() end
      number = number + 1
      shown = pages[number]
      shown.page:reset()
   end
   local page = shown.page
   shown.play(page)
   page:begin(dt)
   shown.update(page)
   page:finish()
end

function main.draw()
   graphics.clear(0.1, 0.11, 0.16)
   for index = 0, 40 do
      graphics.color(0.14 + index % 3 * 0.03, 0.15, 0.22)
      graphics.circle("fill", index * 331 % 640, index * 177 % 360, 4 + index % 5 * 5)
   end
   if shown then shown.page:draw() end
end

return main
