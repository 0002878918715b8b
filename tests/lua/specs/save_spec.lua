local json = game.require "json"
local log = game.require "log"
local save = game.require "save"
local storage = game.require "storage"

TestSave = {}

local FILE = "spec.json"

local function forget(name)
   if storage.exists(name) then storage.rename(name, "forgotten") end
end

function TestSave:setUp()
   forget(FILE)
   forget(FILE .. ".new")
   forget(FILE .. ".old")
   forget(FILE .. ".damaged")
end

local function open(more)
   local options = { name = "spec", version = 2, defaults = { wave = 1, looks = { hat = "red" }, list = {} },
      migrate = { function(old) old.wave = old.level end } }
   for key, value in pairs(more or {}) do options[key] = value end
   return save.open(options)
end

local function last_warning()
   for index = 5, 1, -1 do
      local line = log.lines(5)[index]
      if line and line.source == "save" then return line.text end
   end
end

function TestSave:test_a_new_player_has_the_defaults()
   local file = assert(open())
   unit.assertEquals(file.data, { wave = 1, looks = { hat = "red" }, list = {} })
   file.data.looks.hat = "blue"
   file:reset()
   unit.assertEquals(file.data.looks.hat, "red")
   unit.assertFalse(storage.exists(FILE))
end

function TestSave:test_what_was_stored_comes_back()
   local file = assert(open())
   file.data.wave, file.data.list = 7, { "a", { b = true } }
   unit.assertTrue(file:store())
   unit.assertEquals(assert(open()).data, { wave = 7, looks = { hat = "red" }, list = { "a", { b = true } } })
   unit.assertEquals(json.decode(storage.read(FILE)).version, 2)
end

function TestSave:test_gaps_are_filled_but_lists_are_not()
   storage.write(FILE, '{"version":2,"data":{"looks":{"shoes":1}}}')
   local data = assert(open { defaults = { wave = 1, looks = { hat = "red" }, list = { 1, 2 } } }).data
   unit.assertEquals(data, { wave = 1, looks = { hat = "red", shoes = 1 }, list = { 1, 2 } })
   storage.write(FILE, '{"version":2,"data":{"list":[5]}}')
   unit.assertEquals(assert(open { defaults = { list = { 1, 2 } } }).data, { list = { 5 } })
end

function TestSave:test_earlier_versions_are_migrated_step_by_step()
   storage.write(FILE, '{"version":1,"data":{"level":4}}')
   local file = assert(open { version = 3, migrate = {
      function(old) old.wave = old.level end,
      function(old) return { wave = old.wave * 10 } end,
   } })
   unit.assertEquals(file.data.wave, 40)
   unit.assertEquals(storage.read(FILE), '{"version":1,"data":{"level":4}}')
   unit.assertTrue(file:store())
   unit.assertEquals(storage.read(FILE .. ".old"), '{"version":1,"data":{"level":4}}')
end

function TestSave:test_what_cannot_be_migrated_stays()
   local text = '{"version":1,"data":{}}'
   storage.write(FILE, text)
   for why, migrate in pairs {
      ["spec.json: there is no migrate[1] for it"] = {},
      ["spec.json: migrate[1]: "] = { function() error "oops" end },
      ["spec.json: migrate[1]: a table expected, it returned number"] = { function() return 3 end },
   } do
      local file, message = open { migrate = migrate }
      unit.assertNil(file)
      unit.assertStrContains(message, why)
   end
   unit.assertEquals(storage.read(FILE), text)
end

function TestSave:test_a_save_of_a_newer_game_is_refused()
   local text = '{"version":3,"data":{"wave":99}}'
   storage.write(FILE, text)
   local file, why = open()
   unit.assertNil(file)
   unit.assertEquals(why, "spec.json: a newer game made it: it has version 3, this one knows 2")
   unit.assertEquals(storage.read(FILE), text)
end

function TestSave:test_a_damaged_file_falls_back_to_the_one_before()
   local file = assert(open())
   for wave = 5, 6 do
      file.data.wave = wave
      unit.assertTrue(file:store())
   end
   for _, damage in ipairs { "", '{"version":2,"data":{"wa', "[]", '{"version":2}', ("x"):rep(100) } do
      storage.write(FILE, damage)
      file = assert(open())
      unit.assertEquals(file.data.wave, 5)
      unit.assertStrContains(last_warning(), "spec.json is damaged (")
      unit.assertTrue(file:store())
      unit.assertEquals(storage.read(FILE .. ".damaged"), damage)
      unit.assertEquals(assert(open()).data.wave, 5)
   end
   file.data.wave = 8
   file:store()
   unit.assertEquals(json.decode(storage.read(FILE .. ".old")).data.wave, 5)
end

--- Calls `store`, of whose writes and renames the one with the number `step` does `trouble` instead.
local function store_with(file, step, trouble)
   local count, real = 0, { write = storage.write, rename = storage.rename }
   for name, call in pairs(real) do
      storage[name] = function(...)
         count = count + 1
         if count == step then return trouble() end
         return call(...)
      end
   end
   local raised, ok, why = pcall(file.store, file)
   storage.write, storage.rename = real.write, real.rename
   return raised and ok, why
end

local function stored_twice()
   local file = assert(open())
   for wave = 5, 6 do
      file.data.wave = wave
      assert(file:store())
   end
   file.data.wave = 7
   return file
end

local function wave_in(name) return json.decode(assert(storage.read(name))).data.wave end

function TestSave:test_what_the_disk_refuses_leaves_what_was_stored()
   for step = 1, 3 do
      self:setUp()
      local file = stored_twice()
      local ok, why = store_with(file, step, function() return nil, "the disk is full" end)
      unit.assertNil(ok)
      unit.assertEquals(why, "the disk is full")
      unit.assertEquals(wave_in(FILE), 6)
      unit.assertEquals(assert(open()).data.wave, 6)
      if step < 3 then unit.assertEquals(wave_in(FILE .. ".old"), 5) end
      unit.assertTrue(file:store())
      unit.assertEquals({ wave_in(FILE), wave_in(FILE .. ".old") }, { 7, 6 })
   end
end

function TestSave:test_a_game_that_dies_while_it_stores_loses_nothing()
   for step, wave in ipairs { 6, 6, 7 } do
      self:setUp()
      unit.assertFalse(store_with(stored_twice(), step, function() error "dead" end))
      local file = assert(open())
      unit.assertEquals(file.data.wave, wave)
      unit.assertTrue(file:store())
      unit.assertEquals({ wave_in(FILE), wave_in(FILE .. ".old") }, { wave, 6 })
   end
end

function TestSave:test_a_file_that_is_missing_falls_back_to_the_one_before()
   local file = assert(open())
   file.data.wave = 5
   file:store()
   storage.rename(FILE, FILE .. ".old")
   unit.assertEquals(assert(open()).data.wave, 5)
   unit.assertEquals(last_warning(), "spec.json is missing: going on with spec.json.old")
end

function TestSave:test_two_damaged_files_are_kept_and_the_game_starts_anew()
   storage.write(FILE, "x")
   storage.write(FILE .. ".old", "y")
   local file = assert(open())
   unit.assertEquals(file.data.wave, 1)
   unit.assertStrContains(last_warning(), "going on without it")
   file:store()
   unit.assertEquals({ storage.read(FILE .. ".damaged"), storage.read(FILE .. ".old") }, { "x", "y" })
end

function TestSave:test_what_cannot_be_saved_changes_nothing()
   local file = assert(open())
   file:store()
   local before = storage.read(FILE)
   file.data.looks.hat = print
   unit.assertErrorMsgContains("save spec: json.encode: data.looks.hat: a function cannot be written", file.store, file)
   unit.assertEquals(storage.read(FILE), before)
end

function TestSave:test_misuse_is_told()
   for why, options in pairs {
      ['there is no option "versoin" (did you mean "version"?)'] = { name = "a", versoin = 1 },
      ["name: 1 to 40 of a-z 0-9 _ - expected, got \"A b\""] = { name = "A b", version = 1 },
      ["version: whole number from 1 on expected, got 0"] = { name = "a", version = 0 },
      ["defaults: table expected, got 3"] = { name = "a", version = 1, defaults = 3 },
   } do
      unit.assertErrorMsgContains("save.open: " .. why, save.open, options)
   end
   unit.assertErrorMsgContains("save.open: options: table expected, got nil", save.open)
end
