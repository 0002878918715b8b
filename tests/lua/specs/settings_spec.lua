local json = game.require "json"
local settings = game.require "settings"
local storage = game.require "storage"

TestSettings = {}

function TestSettings:setUp()
   settings.declare("volume", { default = 0.8, min = 0, max = 1 })
   settings.declare("lives", { default = 3, min = 1, max = 9, integer = true })
   settings.declare("language", { default = "en", choices = { "en", "de" } })
   settings.declare("shake", { default = true })
   settings.declare("keys", { default = { fire = "space" } })
   settings.reset()
end

local function stored() return json.decode(storage.read "settings.json").data end

function TestSettings:test_defaults_hold_until_something_is_set()
   unit.assertEquals(settings.get "volume", 0.8)
   settings.set("volume", 0.5)
   settings.set("shake", false)
   unit.assertEquals({ settings.get "volume", settings.get "shake" }, { 0.5, false })
   settings.reset "volume"
   unit.assertEquals(settings.get "volume", 0.8)
   unit.assertFalse(settings.get "shake")
end

function TestSettings:test_listeners_hear_changes()
   local heard = {}
   local connection = settings.on("volume", function(value, before) heard[#heard + 1] = { value, before } end)
   settings.set("volume", 0.5)
   settings.set("volume", 0.5)
   settings.reset()
   connection:disconnect()
   settings.set("volume", 0.1)
   unit.assertEquals(heard, { { 0.5, 0.8 }, { 0.8, 0.5 } })
end

function TestSettings:test_changes_are_stored_a_second_later_and_at_the_end()
   settings.set("lives", 5)
   settings.store()
   settings.set("lives", 6)
   settings.update(0.9)
   unit.assertEquals(stored().lives, 5)
   settings.update(0.2)
   unit.assertEquals(stored().lives, 6)
   settings.set("lives", 7)
   settings.quit()
   unit.assertEquals(stored().lives, 7)
   unit.assertNil(stored().volume)
end

function TestSettings:test_nothing_is_written_when_nothing_changed()
   settings.store()
   storage.rename("settings.json", "forgotten")
   settings.update(5)
   settings.quit()
   unit.assertFalse(storage.exists "settings.json")
end

function TestSettings:test_kept_values_that_do_not_fit_are_not_used()
   settings.set("lives", 9)
   settings.declare("lives", { default = 2, max = 4 })
   unit.assertEquals(settings.get "lives", 2)
end

function TestSettings:test_values_are_checked()
   for _, case in ipairs {
      { "volume", 2, "settings.set: volume: number from 0 to 1 expected, got 2" },
      { "volume", 0 / 0, "volume: number from 0 to 1 expected" },
      { "volume", "loud", 'volume: number expected, got "loud"' },
      { "lives", 1.5, "lives: whole number expected, got 1.5" },
      { "language", "fr", 'language: "en", "de" expected, got "fr"' },
      { "shake", nil, "shake: boolean expected, got nil" },
      { "shkae", true, 'there is no setting "shkae" (did you mean "shake"?); settings.declare makes one' },
   } do
      unit.assertErrorMsgContains(case[3], settings.set, case[1], case[2])
   end
end

function TestSettings:test_menus_can_list_them()
   unit.assertStrContains(table.concat(settings.names(), " "), "volume lives language shake keys")
   unit.assertEquals(settings.describe "volume".max, 1)
   settings.set("keys", { fire = "x" })
   settings.store()
   unit.assertEquals(stored().keys, { fire = "x" })
end
