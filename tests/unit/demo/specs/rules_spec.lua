-- The rules that need no world: waves, upgrades, combos, the high score.

local random = game.native.random
local balance, combo, highscore = game.require "balance", game.require "combo", game.require "highscore"
local text, upgrades, waves = game.require "text", game.require "upgrades", game.require "waves"
local kind = game.native.RaiderKind

TestWaves = {}

local function plan(wave, seed)
   random:seed(seed)
   return waves.plan(wave)
end

local COST = { [kind.SCOUT] = 1, [kind.GUNNER] = 3, [kind.BRUTE] = 6, [kind.BOSS] = 60 }

function TestWaves:test_a_wave_spends_its_budget_and_comes_in_order()
   for wave = 1, 20 do
      for seed = 1, 10 do
         local spent, before = 0, 0
         for _, arrival in ipairs(plan(wave, seed)) do
            spent = spent + COST[arrival.kind]
            unit.assertTrue(arrival.at >= before)
            before = arrival.at
         end
         unit.assertEquals(spent, balance.budget(wave))
      end
   end
end

function TestWaves:test_same_seed_gives_the_same_wave()
   unit.assertEquals(plan(9, 5), plan(9, 5))
   unit.assertNotEquals(plan(9, 5), plan(9, 6))
end

function TestWaves:test_raiders_come_from_outside_or_over_the_ridge()
   for seed = 1, 20 do
      for _, arrival in ipairs(plan(8, seed)) do
         local is_outside = arrival.x < 0 or arrival.x > 640 or arrival.y > 360 or arrival.y < 44
         unit.assertTrue(is_outside, ("%g, %g"):format(arrival.x, arrival.y))
      end
   end
end

local function kinds_of(wave)
   local seen = {}
   for seed = 1, 20 do
      for _, arrival in ipairs(plan(wave, seed)) do seen[arrival.kind] = true end
   end
   return seen
end

function TestWaves:test_kinds_are_met_one_after_the_other()
   unit.assertEquals(kinds_of(2), { [kind.SCOUT] = true })
   unit.assertEquals(kinds_of(4), { [kind.SCOUT] = true, [kind.GUNNER] = true })
   unit.assertEquals(kinds_of(6), { [kind.SCOUT] = true, [kind.GUNNER] = true, [kind.BRUTE] = true })
   unit.assertEquals(plan(3, 1)[1].kind, kind.GUNNER)
   unit.assertEquals(plan(5, 1)[1].kind, kind.BRUTE)
end

function TestWaves:test_the_mothership_leads_the_last_wave_and_every_tenth()
   for wave = 1, 30 do
      local count = 0
      for _, arrival in ipairs(plan(wave, wave)) do
         if arrival.kind == kind.BOSS then count = count + 1 end
      end
      unit.assertEquals(count, wave % 10 == 0 and 1 or 0, wave)
   end
end

function TestWaves:test_they_get_harder()
   for wave = 1, 30 do
      unit.assertTrue(balance.budget(wave + 1) > balance.budget(wave))
      unit.assertTrue(balance.toughness(wave + 1) > balance.toughness(wave))
      unit.assertTrue(balance.pause(wave + 1) <= balance.pause(wave))
   end
end

TestUpgrades = {}

local function stand_in() return { rapid = 0, power = 0, speed = 0, magnet = 0 } end

local function whole_dome()
   return { hp = 100, max_hp = 100, shield = 10, max_shield = 60, growth = 5, repair = function() end }
end

function TestUpgrades:setUp() upgrades.reset() end

function TestUpgrades:test_three_different_cards()
   for seed = 1, 30 do
      random:seed(seed)
      local cards = upgrades.draw_cards(stand_in(), whole_dome())
      unit.assertEquals(#cards, 3)
      unit.assertTrue(cards[1] ~= cards[2] and cards[2] ~= cards[3] and cards[1] ~= cards[3])
   end
end

local function offered(dome)
   local seen = {}
   for seed = 1, 60 do
      random:seed(seed)
      for _, card in ipairs(upgrades.draw_cards(stand_in(), dome)) do seen[card.id] = true end
   end
   return seen
end

function TestUpgrades:test_repair_only_for_a_dome_that_needs_it()
   local dome = whole_dome()
   unit.assertNil(offered(dome).repair)
   unit.assertTrue(offered(dome).magnet)
   dome.hp = 50
   unit.assertTrue(offered(dome).repair)
end

local function named(id)
   for _, upgrade in ipairs(upgrades.all()) do
      if upgrade.id == id then return upgrade end
   end
end

function TestUpgrades:test_building_raises_level_and_price_up_to_a_limit()
   local rover, dome, magnet = stand_in(), whole_dome(), named "magnet"
   local price = upgrades.price(magnet)
   for level = 1, magnet.limit do
      unit.assertTrue(offered(dome).magnet)
      upgrades.build(magnet, rover, dome)
      unit.assertEquals({ rover.magnet, upgrades.level(magnet) }, { level, level })
   end
   unit.assertTrue(upgrades.price(magnet) > price)
   unit.assertNil(offered(dome).magnet)
end

function TestUpgrades:test_shield_is_larger_full_and_quicker()
   local dome = whole_dome()
   upgrades.build(named "shield", stand_in(), dome)
   unit.assertEquals({ dome.max_shield, dome.shield }, { 85, 85 })
   unit.assertTrue(dome.growth > 5)
end

function TestUpgrades:test_fewer_cards_when_nothing_is_left()
   local rover, dome = stand_in(), whole_dome()
   for _, upgrade in ipairs(upgrades.all()) do
      for _ = 1, upgrade.limit do upgrades.build(upgrade, rover, dome) end
   end
   unit.assertEquals(upgrades.draw_cards(rover, whole_dome()), {})
end

function TestUpgrades:test_every_card_fits_into_its_frame()
   for _, upgrade in ipairs(upgrades.all()) do
      unit.assertTrue(text.width(upgrade.name) <= 110, upgrade.name)
      for _, line in ipairs(upgrade.lines) do unit.assertTrue(text.width(line) <= 130, line) end
   end
end

TestCombo = {}

function TestCombo:setUp() combo.reset() end

function TestCombo:test_grows_with_a_row_and_ends_without_patience()
   unit.assertEquals(combo.factor(), 1)
   for _ = 1, combo.LENGTH do combo.add() end
   unit.assertEquals(combo.factor(), 2)
   combo.update(combo.PATIENCE * 0.9)
   unit.assertEquals(combo.factor(), 2)
   unit.assertAlmostEquals(combo.left(), 0.1, 1e-6)
   combo.update(combo.PATIENCE * 0.2)
   unit.assertEquals({ combo.factor(), combo.left() }, { 1, 0 })
end

function TestCombo:test_has_a_limit()
   for _ = 1, 1000 do combo.add() end
   unit.assertEquals(combo.factor(), combo.LIMIT)
end

TestHighscore = {}

local save = game.require "save"

local function kept() return save.open({ name = "highscores", version = 1 }).data.scores end

function TestHighscore:test_the_best_come_first_and_are_kept()
   local best = highscore.best()
   unit.assertEquals(highscore.offer(best + 10, 3, "ACE"), 1)
   unit.assertEquals(highscore.offer(best + 20, 4, "BEE"), 1)
   unit.assertEquals(highscore.offer(best + 15, 2, "SEA"), 2)
   unit.assertEquals(highscore.best(), best + 20)
   unit.assertEquals(kept()[2], { score = best + 15, wave = 2, name = "SEA" })
   unit.assertEquals(kept()[3], { score = best + 10, wave = 3, name = "ACE" })
end

function TestHighscore:test_a_full_table_takes_only_better_scores()
   for index = 1, highscore.ROOM do highscore.offer(highscore.best() + index, 1, "ACE") end
   local all = highscore.all()
   local last = all[highscore.ROOM].score
   unit.assertNil(highscore.offer(last, 1, "ACE"))
   unit.assertEquals(highscore.offer(last + 1, 1, "ACE"), highscore.ROOM)
   unit.assertEquals({ #all, #kept() }, { highscore.ROOM, highscore.ROOM })
   unit.assertNil(highscore.place(0))
end

function TestHighscore:test_what_is_no_score_is_left_out()
   local good = { score = 5, wave = 1, name = "ACE" }
   unit.assertEquals(highscore.parse {
      { score = -1, wave = 1, name = "ACE" }, { score = 1 / 0, wave = 1, name = "ACE" }, { score = 5, wave = 1 }, "moon",
      { score = 5, wave = 1, name = "LONGER" }, { score = 1.5, wave = 1, name = "ACE" }, good,
      { score = 5, wave = {}, name = "ACE" },
   }, { good })
   for _, content in ipairs { 5, "moon", false } do unit.assertEquals(highscore.parse(content), {}) end
   unit.assertEquals(highscore.parse(nil), {})
end

TestText = {}

function TestText:test_numbers_get_commas()
   for number, words in pairs {
      [0] = "0", [7] = "7", [999] = "999", [1000] = "1,000", [12345] = "12,345", [1234567] = "1,234,567",
   } do
      unit.assertEquals(text.number(number), words)
      unit.assertEquals(text.number(number), words)
   end
   for number = 1, 2000 do text.number(number) end
   unit.assertEquals(text.number(1999), "1,999")
end
