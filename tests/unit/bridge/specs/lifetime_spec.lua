-- What lives how long while a call is under way: objects that die in the middle of it, and what C
-- holds of Lua's.

local patching = require "patching"

TestLifetime = {}

local native = native
local Mortal, keeper = native.Mortal, native.keeper

function TestLifetime:setUp() zoo.log() end

function TestLifetime:tearDown()
   patching.remove_all()
   zoo.break_crate()
end

local function apply(file, body)
   local event = zoo.apply { [file] = 'local patch = require "patch" local Mortal = native.Mortal\n' .. body }[file]
   unit.assertEquals(event.state, "active", event.cause)
end

--- The last line that was logged.
local function last_line()
   local lines = zoo.log()
   return lines[#lines]
end

-- ---- a patch destroys what C called it with, and fails --------------------------------------

local DIED = "error: patch p: %s: object #%%d+, which C called it with, was destroyed meanwhile: "
   .. "the C body does not run, its caller gets nothing %%(from the function at p.lua:2%%)"

local function assert_told_of(where) unit.assertStrMatches(last_line(), DIED:format(where:gsub("%p", "%%%0"))) end

local KILL = [[patch.override(Mortal, "%s", function(original, self) self:destroy() error "x" end)]]

function TestLifetime:test_the_c_body_does_not_run_on_a_destroyed_self()
   for name, expected in pairs { strike = { 0 }, duel = { 0, 0 }, rest = {} } do
      apply("p.lua", KILL:format(name))
      unit.assertEquals({ keeper[name](Mortal.new(), name == "strike" and 1 or nil) }, expected, name)
      assert_told_of("Mortal." .. name)
   end
end

function TestLifetime:test_a_function_that_takes_an_error_fails()
   apply("p.lua", KILL:format "pray")
   unit.assertEquals({ keeper.pray(Mortal.new()) }, { nil, "Mortal.pray failed: the log says why" })
   assert_told_of "Mortal.pray"
end

function TestLifetime:test_a_hook_that_destroys_self_ends_the_call()
   apply("p.lua", [[patch.before(Mortal, "strike", function(self) self:destroy() end)]])
   unit.assertEquals(keeper.strike(Mortal.new(), 1), 0)
   assert_told_of "Mortal.strike"
end

function TestLifetime:test_a_hook_before_destroy_that_destroys_self_runs_once()
   apply("p.lua", [[patch.before(Mortal, "destroy", function(self) print "hook" self:destroy() end)]])
   local mortal = Mortal.new()
   mortal:destroy()
   unit.assertEquals(zoo.log(), { "info: hook" })
   unit.assertErrorMsgContains("was destroyed", mortal.destroy, mortal)
   Mortal.new():destroy() -- perhaps in its place
   unit.assertEquals(zoo.log(), { "info: hook" })
end

function TestLifetime:test_no_layer_below_sees_a_destroyed_object()
   apply("a.lua", [[patch.override(Mortal, "strike", function(original, self) print "below" return original(self, 1) end)]])
   apply("p.lua", KILL:format "strike")
   unit.assertEquals(keeper.strike(Mortal.new(), 1), 0)
   assert_told_of "Mortal.strike"
end

function TestLifetime:test_another_argument_counts_like_self()
   apply("p.lua", [[patch.override(Mortal, "duel", function(original, self, other)
      if other then other:destroy() end
      error "x"
   end)]])
   local mortal = Mortal.new()
   unit.assertEquals({ keeper.duel(mortal, Mortal.new()) }, { 0, 0 })
   assert_told_of "Mortal.duel"
   unit.assertEquals({ keeper.duel(mortal) }, { 9, 1 }) -- nothing died: C's own body
   mortal:destroy()
end

function TestLifetime:test_a_place_that_is_taken_again_is_not_the_object_that_died()
   local heir
   function zoo.environment.keep(made) heir = made end
   apply("p.lua", [[patch.override(Mortal, "strike", function(original, self)
      self:destroy()
      keep(Mortal.new(5)) -- in the same memory, like as not
      error "x"
   end)]])
   unit.assertEquals(keeper.strike(Mortal.new(), 1), 0)
   zoo.environment.keep = nil
   assert_told_of "Mortal.strike"
   unit.assertEquals(heir.hp, 5)
   heir:destroy()
end

function TestLifetime:test_objects_in_lists_options_and_arguments_count_too()
   apply("p.lua", [[
   patch.override(Mortal, "lead", function(original, self, others) others[2]:destroy() error "x" end)
   patch.override(Mortal, "travel", function(original, self, quest) quest.companion:destroy() error "x" end)
   patch.override(Mortal, "meet", function(original, self, other) other:destroy() error "x" end)]])
   local mortal, other = Mortal.new(), Mortal.new()
   local calls = {
      lead = function() return keeper.lead(mortal, { other, Mortal.new() }) end,
      travel = function() return keeper.travel(mortal, Mortal.new()) end,
      meet = function() return keeper.meet(mortal, Mortal.new()) end,
   }
   for name, call in pairs(calls) do
      unit.assertEquals(call(), 0, name)
      unit.assertStrContains(last_line(), ("patch p: Mortal.%s: an object was destroyed meanwhile"):format(name))
   end
   mortal:destroy()
   other:destroy()
end

function TestLifetime:test_other_deaths_do_not_count()
   apply("p.lua", [[patch.override(Mortal, "strike", function() Mortal.new():destroy() error "x" end)]])
   local mortal = Mortal.new()
   unit.assertEquals(keeper.strike(mortal, 1), 9)
   mortal:destroy()
end

function TestLifetime:test_scripts_are_told_that_it_was_destroyed()
   apply("p.lua", KILL:format "strike")
   local mortal = Mortal.new()
   unit.assertErrorMsgContains("Mortal.strike: self: this Mortal", mortal.strike, mortal, 1)
end

function TestLifetime:test_fields_of_a_destroyed_object_are_named_with_its_class()
   local mortal = Mortal.new()
   mortal.mood = "fine"
   mortal:destroy()
   for key, name in pairs { mood = "mood", [7] = "7", [true] = "boolean" } do
      local said = ("Mortal.%s: this Mortal (#"):format(name)
      unit.assertErrorMsgContains(said, function() return mortal[key] end)
      unit.assertErrorMsgContains(said, function() mortal[key] = 1 end)
   end
end

-- ---- no script code runs while arguments are made -------------------------------------------

--- A table whose missing entries would come from a metamethod, and how often that was asked.
local function asking(content)
   local asked = 0
   local function ask()
      asked = asked + 1
      return 1
   end
   return setmetatable(content, { __index = ask, __len = ask, __call = ask }), function() return asked end
end

function TestLifetime:test_lists_are_read_without_metamethods()
   local crate, mortal = zoo.crate(), Mortal.new()
   local one, three = 1, 3
   for name, call in pairs {
      total = function(list) return crate:total(list) end,
      leaf_total = function(list) return crate:leaf_total(list) end,
      dot = function(list) return crate:dot(list, list) end,
      fill = function(list) return crate:fill { weights = list } end,
      label = function(list) crate.label = list end,
      lead = function(list) return mortal:lead(list) end,
   } do
      local list, asked = asking { one, nil, three }
      unit.assertErrorMsgContains("expected, got", call, list)
      unit.assertEquals(asked(), 0, name)
   end
   mortal:destroy()
end

function TestLifetime:test_options_and_values_are_read_without_metamethods()
   local crate = zoo.crate()
   for _, name in ipairs { "fill", "leaf_fill" } do
      local given, asked = asking { count = 7 }
      unit.assertEquals(crate[name](crate, given), crate[name](crate, { count = 7 }), name)
      unit.assertEquals(asked(), 0, name)
   end
   local given, asked = asking { x = 1 }
   unit.assertErrorMsgContains("by.y: number expected, got nil", crate.grow, crate, crate.bounds(), given)
   unit.assertEquals(asked(), 0)
end

-- ---- texts live as long as C may read them --------------------------------------------------

--- Whoever rests collects all garbage, and makes new strings where the old ones were.
local function apply_with_garbage(body)
   function zoo.environment.litter()
      local kept = {}
      for round = 1, 3 do
         collectgarbage()
         for index = 1, 300 do kept[index] = (("%d"):format(round)):rep(3000 + index) end
      end
   end
   apply("p.lua", [[patch.override(Mortal, "rest", function(original, self) litter() end)]] .. (body or ""))
end

function TestLifetime:test_texts_in_lists_and_options_outlive_the_call()
   apply_with_garbage()
   local mortal = Mortal.new()
   for round = 1, 5 do
      unit.assertTrue(mortal:recite { ("a"):rep(3000 + round), ("b"):rep(3000 + round) })
      unit.assertTrue(mortal:plan { what = ("c"):rep(3000 + round), where = ("d"):rep(3000 + round) })
   end
   mortal:destroy()
end

local RETURNED = [[
patch.override(Mortal, "name", function(original, self, n) return ("n"):rep(3000) .. n end)
patch.override(Mortal, "sign", function(original, self, n) return ("s"):rep(3000) .. n end)
patch.override(Mortal, "tell", function(original, self, n) return ("t"):rep(3000) .. n end)
patch.override(Mortal, "list", function(original, self, n)
   return { ("l"):rep(3000) .. n, ("m"):rep(3000) .. n }
end)]]

function TestLifetime:test_what_patches_return_to_c_lives_until_the_frame_ends()
   apply_with_garbage(RETURNED)
   local mortal = Mortal.new()
   for _, what in ipairs { "names", "signs", "tales", "lists" } do
      for _, times in ipairs { 1, 2, 100 } do
         unit.assertEquals(keeper["forget_" .. what](mortal, times), 0, what)
      end
   end
   mortal:destroy()
end

function TestLifetime:test_what_patches_return_does_not_pile_up()
   apply_with_garbage(RETURNED)
   local mortal = Mortal.new()
   local function used_after(rounds)
      for _ = 1, rounds do
         for _, what in ipairs { "names", "signs", "tales", "lists" } do keeper["forget_" .. what](mortal, 100) end
      end
      collectgarbage()
      collectgarbage()
      return collectgarbage "count" * 1024
   end
   local before = used_after(10) -- all 1024 places are taken
   unit.assertTrue(used_after(30) < before + 1e6)
   zoo.step()
   unit.assertTrue(used_after(0) < before - 1e6)
   mortal:destroy()
end
