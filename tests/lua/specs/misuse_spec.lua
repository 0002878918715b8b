-- Wrong arguments of the library: one line that says what was expected, blamed on the line that called.

local audio = game.require "audio"
local camera = game.require "camera"
local event = game.require "event"
local graphics = game.require "graphics"
local input = game.require "input"
local json = game.require "json"
local log = game.require "log"
local message = game.require "message"
local random = game.require "random"
local save = game.require "save"
local scene = game.require "scene"
local settings = game.require "settings"
local timer = game.require "timer"
local tween = game.require "tween"
local ui = game.require "ui"
local check = game.require "library.check"

TestMisuse = {}

local function nothing() end

local function saved(data)
   local file = save.open { name = "misuse", version = 1 }
   file.data = data
   return file
end

local function a_setting()
   settings.declare("spec_table", { default = {} })
   return "spec_table"
end

local function on_page(make)
   local page = ui.new()
   page:begin(0)
   make(page)
end

local WRONG = {
   { function() graphics.color "red" end, 'graphics.color: r: number expected, got "red"' },
   { function() graphics.color(1, 1) end, "graphics.color: b: number expected, got nil" },
   { function() graphics.clear { 1, 1, 1 } end, "graphics.clear: r: number expected, got table" },
   { function() graphics.print(nil, 1, 1) end, "text: string expected, got nil" },
   { function() graphics.print "a" end, "print: x: number expected, got nil" },
   { function() graphics.print("a", nil, 1, "center") end, "graphics.print: x: number expected, got nil" },
   { function() graphics.color(1, 1, 1, "a") end, 'graphics.color: a: number expected, got "a"' },
   { function() graphics.print("a", 1, 1, "rihgt") end, 'align: "center", "left" or "right" expected, got "rihgt" (did you mean "right"?)' },
   { function() graphics.printf("a", 1, 1, -5) end, "graphics.printf: width: number from 0 on expected, got -5" },
   { function() graphics.set_font "x.ttf" end, 'graphics.set_font: font: Font expected, got "x.ttf"; graphics.font(path, size) loads one' },
   { function() graphics.circle("fill", 1) end, "y: number expected, got nil" },
   { function() graphics.circle("fil", 1, 1, 1) end, 'graphics.circle: mode: "fill" or "line" expected, got "fil" (did you mean "fill"?)' },
   { function() graphics.draw("a.png", 1, 1) end, "texture: Texture expected, got string" },
   { function() graphics.region(nil, 1, 1, 1) end, "graphics.region: height: number expected, got nil" },
   { function() graphics.nine_patch(nil, "a", 1, 1, 1, 1) end, 'graphics.nine_patch: insets: number expected, got "a"' },
   { function() graphics.polygon "fill" end, "graphics.polygon: points: table expected, got nil" },
   { function() graphics.canvas(0, 0) end, "each side must be from 1 to 4096 pixels" },
   { function() graphics.texture() end, "graphics.texture: path: string expected, got nil" },
   { function() graphics.texture "no.png" end, "graphics.texture: " },
   { function() audio.play "x.ogg" end, "audio.sound: " },
   { function() audio.play(3) end, "audio.play: sound: sound or its path expected, got 3" },
   { function() audio.music() end, "audio.music: path: string expected, got nil" },
   { function() save.open "progress" end, 'save.open: options: table expected, got "progress"' },
   { function() save.open { name = "A b", version = 1 } end, 'save.open: name: 1 to 40 of a-z 0-9 _ - expected, got "A b"' },
   { function() save.open { name = "a" } end, "save.open: version: whole number from 1 on expected, got nil" },
   { function() json.decode() end, "json.decode: text: string expected, got nil" },
   { function() json.encode(print) end, "json.encode: a function cannot be written" },
   { function() json.array(3) end, "json.array: list: table expected, got 3" },
   { function() save.open { name = "misuse", version = 2, migrate = { 5 } } end, "save.open: migrate[1]: function expected, got 5" },
   { function() save.open { name = "misuse", version = 1 }.store() end, "save: file:store() is called with a colon" },
   { function() saved(5):store() end, "save misuse: data: table expected, got 5" },
   { function() settings.declare("spec_kept", { default = { f = print } }) end,
      "settings.declare: spec_kept.default: json.encode: f: a function cannot be written" },
   { function() settings.set(a_setting(), { 1 / 0 }) end, "settings.set: spec_table: json.encode: " },
   { function() graphics.frame("a", 1, 2) end, 'graphics.frame: frame: Frame expected, got "a"' },
   { function() graphics.draw_particles() end, "graphics.draw_particles: particles: Particles expected, got nil" },
   { function() graphics.draw_sprites {} end, "graphics.draw_sprites: sprites: SpriteBatch expected, got table" },
   { function() log.lines "a" end, 'log.lines: count: number expected, got "a"' },
   { function() timer.stop(5) end, "timer.stop: co: what timer.run returned expected, got 5" },
   { function() input.dead_zone "a" end, 'input.dead_zone: part: number expected, got "a"' },
   { function() input.write(5) end, "input.write: to: table expected, got 5" },
   { function() camera.new():follow { x = 1 } end, "camera:follow: target.y: number expected, got nil" },
   { function() on_page(function(page) page:slider("a", "b") end) end, 'page:slider: value: number expected, got "b"' },
   { function() on_page(function(page) page:choice("a", 1) end) end, "page:choice: choices: table expected, got nil" },
   { function() on_page(function(page) page:list "a" end) end, "page:list: height: number expected, got nil" },
   { function() on_page(function(page) page:progress "a" end) end, 'page:progress: part: number expected, got "a"' },
   { function() on_page(function(page) page:tooltip "a" end) end, "page:tooltip: there is nothing yet that it could be about" },
   { function() on_page(function(page) page:row "x" end) end, 'page:row: cells: table expected, got "x"' },
   { function() on_page(function(page) page:panel("z", { widht = 5 }) end) end,
      'page:panel: there is no option "widht" (did you mean "width"?)' },
   { function() scene.switch(nil) end, "scene.switch: scene: table expected, got nil" },
   { function() scene.switch({}, "fad") end, 'scene.switch: options: table such as { transition = "fade" } expected, got "fad"' },
   { function() scene.switch({}, { transition = "fad" }) end, 'got "fad" (did you mean "fade"?)' },
   { function() scene.pop() end, "scene.pop: there is no scene" },
   { function() event.on "a" end, "event.on: call: function expected, got nil" },
   { function() event.on(nil, nothing) end, "event.on: name: name of an event expected, got nil" },
   { function() event.emit() end, "event.emit: name: name of an event expected, got nil" },
   { function() timer.every(0, nothing) end, "timer.every: seconds: number above 0 expected, got 0" },
   { function() timer.after(0 / 0, nothing) end, "timer.after: seconds: number from 0 on expected, got " },
   { function() random.range(5, 1) end, "random.range: high: number from 5, that is low, on expected, got 1" },
   { function() random.integer(1) end, "random.integer: high: number expected, got nil" },
   { function() random.choose(3) end, "random.choose: list: table expected, got 3" },
   { function() camera.new { zom = 2 } end, 'camera.new: there is no option "zom" (did you mean "zoom"?)' },
   { function() camera.new { zoom = "a" } end, 'camera.new: zoom: number expected, got "a"' },
   { function() camera.new { zoom = 0 } end, "camera.new: zoom: number above 0 expected, got 0" },
   { function() camera.new():follow(3) end, "camera:follow: target: table expected, got 3" },
   { function() input.bind { fire = "key:x" } end, 'input.bind: fire: list of controls such as { "key:space" } expected, got "key:x"' },
   { function() input.bind() end, "input.bind: bindings: table expected, got nil" },
   { function() input.down() end, "input.down: action: string expected, got nil" },
   { function() tween.to() end, "tween.to: seconds: number from 0 on expected, got nil" },
   { function() tween.to(1, 3, {}) end, "tween.to: object: table expected, got 3" },
   { function() tween.to(1, {}) end, "tween.to: targets: table expected, got nil" },
   { function() tween.to(1, { y = 1 }, { y = "down" }) end, 'tween.to: targets.y: number expected, got "down"' },
   { function() tween.to(1, { x = 1 }, { y = 3 }) end, "tween.to: object.y: number expected, got nil" },
   { function() tween.to(1, {}, {}, "cubic_ot") end, 'tween.to: ease: name of a curve or function expected, got "cubic_ot" (did you mean "cubic_out"?)' },
   { function() tween.to(1, {}, {}, nil, 3) end, "tween.to: done: function expected, got 3" },
   { function() tween.sequence() end, "tween.sequence: parts: table expected, got nil" },
   { function() tween.parallel { 1, "x" } end, 'tween.parallel: parts[2]: tween, function or number of seconds from 0 on expected, got "x"' },
   { function() tween.to(0, {}, {}):after {} end, "tween:after: part: tween, function or number of seconds from 0 on expected, got table" },
   { function() message.define() end, "message.define: name: string expected, got nil" },
   { function() message.define "Hit" end, "message.define: fields: table expected, got nil" },
   { function() message.define("Hit", { "number" }) end, "message.define: name of a field of Hit: string expected, got 1" },
   { function() message.define("Hit", { by = 3 }) end, "message.define: Hit.by: string expected, got 3" },
   { function() message.define("Hit", { by = "nmber" }) end, 'message.define: Hit.by: type or class expected, got "nmber" (did you mean "number"?)' },
   { function() message.on("SpecHt", nothing) end, 'message.on: there is no message "SpecHt" (did you mean "SpecHit"?); message.define declares one' },
   { function() message.on "SpecHit" end, "message.on: call: function expected, got nil" },
   { function() message.send() end, "message.send: there is no message nil; message.define declares one" },
   { function() message.send "SpecHit" end, "message.send: SpecHit: table expected, got nil" },
   { function() message.send("SpecHit", {}) end, "message.send: SpecHit.damage: number expected, got nil" },
   { function() message.send("SpecHit", { damage = 1, damge = 2 }) end, 'message.send: SpecHit has no field "damge" (did you mean "damage"?)' },
   { function() log.of() end, "log.of: source: name of 1 to 31 bytes expected, got nil" },
   { function() log.set_level "warnin" end, 'log.set_level: level: "debug", "error", "info" or "warning" expected, got "warnin" (did you mean "warning"?)' },
   { function() log.set_level("info", 3) end, "log.set_level: source: name of 1 to 31 bytes expected, got 3" },
   { function() log.add_sink() end, "log.add_sink: call: function expected, got nil" },
   { function() log.info("%d", "x") end, "log: bad argument" },
   { function() settings.declare() end, "settings.declare: name: string expected, got nil" },
   { function() settings.declare "a" end, "settings.declare: options: table expected, got nil" },
   { function() settings.declare("a", {}) end, "settings.declare: a.default: number, string, boolean or table expected, got nil" },
   { function() settings.declare("a", { default = 5, min = 0, max = 1 }) end, "settings.declare: a.default: number from 0 to 1 expected, got 5" },
   { function() settings.declare("a", { default = 5, maxx = 1 }) end, 'settings.declare: a: there is no option "maxx" (did you mean "max"?)' },
   { function() settings.get() end, "settings.get: there is no setting nil" },
   { function() settings.set("spec_lvel", 1) end, 'settings.set: there is no setting "spec_lvel" (did you mean "spec_level"?); settings.declare makes one' },
   { function() settings.set("spec_level", "a") end, 'settings.set: spec_level: number expected, got "a"' },
   { function() settings.on "spec_level" end, "settings.on: call: function expected, got nil" },
   { function() ui.new():button "a" end, "ui: page:begin(dt) is missing" },
   { function() ui.new { theem = {} } end, 'ui.new: there is no option "theem" (did you mean "theme"?)' },
}

function TestMisuse:test_each_is_told_where_it_was_called()
   message.define("SpecHit", { damage = "number" })
   settings.declare("spec_level", { default = 1 })
   for _, case in ipairs(WRONG) do
      local ok, message = pcall(case[1])
      unit.assertFalse(ok, case[2])
      unit.assertStrContains(message, case[2])
      local line = debug.getinfo(case[1], "S").linedefined
      unit.assertStrContains(message, ("misuse_spec.lua:%d: "):format(line))
      unit.assertNotStrContains(message, "\n")
   end
end

function TestMisuse:test_a_tail_call_is_blamed_on_who_is_left()
   local _, message = pcall(function() return graphics.color "red" end)
   unit.assertNotStrContains(message, "scripts/graphics.lua")
end

function TestMisuse:test_long_texts_are_cut()
   local _, message = pcall(graphics.color, ("x"):rep(1000))
   unit.assertTrue(#message < 200)
end

--- What is written into the log meanwhile.
local function lines_of(f)
   local before = log.count()
   f()
   local texts = {}
   for _, line in ipairs(log.lines(log.count() - before)) do texts[#texts + 1] = line.level .. ": " .. line.text end
   return texts
end

function TestMisuse:test_an_action_that_nobody_bound_is_told_once()
   input.bind { spec_jump = { "key:f7" } }
   local function ask()
      for _ = 1, 3 do unit.assertFalse(input.down "spec_jmp") end
      input.axis("spec_jmp", "spec_jump")
   end
   unit.assertEquals(lines_of(ask),
      { 'warning: input.down: no action "spec_jmp" is bound (did you mean "spec_jump"?)' })
end

function TestMisuse:test_a_misspelt_callback_is_told_once()
   local known = { update = true, draw = true }
   local function look(of) return lines_of(function() check.callbacks(of, known, "main.lua") end) end
   local of = { updat = nothing, drawn = "no function", helper = nothing }
   unit.assertEquals(look(of), { 'warning: main.lua has "updat", which nobody calls (did you mean "update"?)' })
   unit.assertEquals(look(of), {})
   unit.assertEquals(look { update = nothing, updat = nothing }, {})
end

function TestMisuse:test_saved_transforms_are_counted()
   graphics.reset()
   graphics.push()
   graphics.push()
   graphics.pop()
   unit.assertEquals(graphics.saved(), 1)
   graphics.reset()
   unit.assertEquals(graphics.saved(), 0)
end

function TestMisuse:test_checks_leave_no_garbage()
   unit.assertEquals(garbage_of(1000, function()
      graphics.color(1, 1, 1, 1)
      graphics.print("score", 1, 1)
      input.down "spec_jump"
   end), 0)
end
