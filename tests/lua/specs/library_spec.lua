-- The thin modules over the engine's objects.

TestRequire = {}

function TestRequire:test_modules_come_from_the_vfs_and_tell_their_file()
   local ok, message = pcall(game.require, "folder.broken")
   unit.assertFalse(ok)
   unit.assertStrMatches(message, "scripts/folder/broken%.lua:3: oops\nstack traceback:.*")
   unit.assertEquals(game.require "folder.good", { name = "folder.good" })
   unit.assertIs(game.require "folder.good", game.require "folder.good")
   unit.assertEquals(game.require "package", { from = "init" })
end

function TestRequire:test_syntax_errors_name_file_and_line()
   local ok, message = pcall(game.require, "folder.syntax")
   unit.assertFalse(ok)
   unit.assertStrContains(message, "scripts/folder/syntax.lua:2: ")
end

function TestRequire:test_compiled_code_is_refused_by_its_name()
   local ok, message = pcall(game.require, "folder.compiled")
   unit.assertFalse(ok)
   unit.assertEquals(message:match "^[^\n]*",
      "scripts/folder/compiled.lua: this is compiled code, a script must be plain Lua text")
end

function TestRequire:test_circles_are_told()
   local ok, message = pcall(game.require, "folder.circle")
   unit.assertFalse(ok)
   unit.assertStrContains(message, 'module "folder.circle" requires itself, directly or through others')
end

function TestRequire:test_names_that_are_no_modules()
   for _, name in ipairs { "../main", "/main", "a..b", "", "a b", 3 } do
      unit.assertErrorMsgContains('"folder.name" expected', game.require, name)
   end
   unit.assertErrorMsgContains('no module "nowhere" (looked for scripts/nowhere.lua, scripts/nowhere/init.lua)',
      game.require, "nowhere")
end

TestGraphics = {}

local graphics = game.require "graphics"

function TestGraphics:test_size_is_the_games()
   unit.assertEquals({ graphics.width, graphics.height }, { 320, 180 })
end

function TestGraphics:test_what_is_missing_is_told_with_its_path()
   unit.assertErrorMsgContains("assets/images/nothing.png", graphics.texture, "images/nothing.png")
   unit.assertErrorMsgContains("assets/fonts/nothing.txt", graphics.font, "fonts/nothing.txt")
end

function TestGraphics:test_text_has_a_width()
   local width = graphics.text_width "MOON"
   unit.assertTrue(width > 10)
   unit.assertEquals(graphics.text_width("MOON", 2), 2 * width)
end

function TestGraphics:test_modes_are_checked()
   unit.assertErrorMsgContains('graphics.blend: mode: "add", "alpha", "multiply" or "replace" expected, got "odd"', graphics.blend,
      "odd")
   unit.assertErrorMsgContains('graphics.rectangle: mode: "fill" or "line" expected, got "odd"', graphics.rectangle, "odd", 1, 1, 1, 1)
   unit.assertErrorMsgContains('graphics.circle: mode: "fill" or "line" expected, got "odd"', graphics.circle, "odd", 1, 1, 1)
end

TestInput = {}

function TestInput:test_bind_checks_its_controls()
   local input = game.require "input"
   input.bind { jump = { "key:space", "pad:a" } }
   unit.assertFalse(input.down "jump")
   unit.assertErrorMsgContains("input.bind: ", input.bind, { jump = { "key:no such key" } })
   unit.assertEquals(input.actions(), { "jump" })
end

TestAudio = {}

function TestAudio:test_missing_files_are_told()
   local audio = game.require "audio"
   unit.assertErrorMsgContains("assets/sounds/nothing.ogg", audio.play, "sounds/nothing.ogg")
   unit.assertErrorMsgContains("assets/music/nothing.ogg", audio.music, "music/nothing.ogg")
   audio.stop_music()
end

TestRandom = {}

function TestRandom:test_numbers_are_in_range_and_repeat_with_the_seed()
   local random = game.require "random"
   local function draw()
      game.native.random:seed(7)
      local list = random.shuffle { 1, 2, 3, 4, 5 }
      return { random.float(), random.range(2, 3), random.integer(1, 6), random.choose { "a", "b" }, random.chance(0.5), list }
   end
   local first = draw()
   unit.assertEquals(draw(), first)
   unit.assertTrue(first[1] >= 0 and first[1] < 1)
   unit.assertTrue(first[2] >= 2 and first[2] < 3)
   table.sort(first[6])
   unit.assertEquals(first[6], { 1, 2, 3, 4, 5 })
   unit.assertErrorMsgContains("the list is empty", random.choose, {})
end

TestStorage = {}

function TestStorage:test_texts_come_back()
   local storage = game.require "storage"
   unit.assertEquals(storage.write("spec.txt", "moon"), true)
   unit.assertEquals(storage.read "spec.txt", "moon")
   local text, why = storage.read "nothing.txt"
   unit.assertNil(text)
   unit.assertStrContains(why, "nothing.txt")
   local ok, refused = storage.write("../x", "y")
   unit.assertNil(ok)
   unit.assertStrContains(refused, "../x")
end

TestToast = {}

function TestToast:test_toasts_come_and_go()
   local toast = game.require "toast"
   toast.show("patch x applied\nand more", "good")
   unit.assertEquals(toast.list(), { "patch x applied" })
   for n = 1, 9 do toast.show("toast " .. n, "info") end
   unit.assertEquals(toast.list(), { "toast 6", "toast 7", "toast 8", "toast 9" })
   toast.draw()
   for _ = 1, 300 do toast.update(1 / 60) end
   unit.assertEquals(toast.list(), {})
end
