-- What lives how long while a call is under way: objects that die in the middle of it, and what C
-- holds of Lua's.

TestLifetime = {}

local native = native
local Mortal, fate = native.Mortal, native.fate

function TestLifetime:setUp() zoo.log() end

function TestLifetime:tearDown()
   local all = {}
   for file in pairs(zoo.list()) do all[file] = false end
   zoo.apply(all)
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
      unit.assertEquals({ fate[name](Mortal.new(), name == "strike" and 1 or nil) }, expected, name)
      assert_told_of("Mortal." .. name)
   end
end

function TestLifetime:test_a_function_that_takes_an_error_fails()
   apply("p.lua", KILL:format "pray")
   unit.assertEquals({ fate.pray(Mortal.new()) }, { nil, "Mortal.pray failed: the log says why" })
   assert_told_of "Mortal.pray"
end

function TestLifetime:test_a_hook_that_destroys_self_ends_the_call()
   apply("p.lua", [[patch.before(Mortal, "strike", function(self) self:destroy() end)]])
   unit.assertEquals(fate.strike(Mortal.new(), 1), 0)
   assert_told_of "Mortal.strike"
end

function TestLifetime:test_no_layer_below_sees_a_destroyed_object()
   apply("a.lua", [[patch.override(Mortal, "strike", function(original, self) print "below" return original(self, 1) end)]])
   apply("p.lua", KILL:format "strike")
   unit.assertEquals(fate.strike(Mortal.new(), 1), 0)
   assert_told_of "Mortal.strike"
end

function TestLifetime:test_another_argument_counts_like_self()
   apply("p.lua", [[patch.override(Mortal, "duel", function(original, self, other)
      if other then other:destroy() end
      error "x"
   end)]])
   local mortal = Mortal.new()
   unit.assertEquals({ fate.duel(mortal, Mortal.new()) }, { 0, 0 })
   assert_told_of "Mortal.duel"
   unit.assertEquals({ fate.duel(mortal) }, { 9, 1 }) -- nothing died: C's own body
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
   unit.assertEquals(fate.strike(Mortal.new(), 1), 0)
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
      lead = function() return fate.lead(mortal, { other, Mortal.new() }) end,
      travel = function() return fate.travel(mortal, Mortal.new()) end,
      meet = function() return fate.meet(mortal, Mortal.new()) end,
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
   unit.assertEquals(fate.strike(mortal, 1), 9)
   mortal:destroy()
end

function TestLifetime:test_scripts_are_told_that_it_was_destroyed()
   apply("p.lua", KILL:format "strike")
   local mortal = Mortal.new()
   unit.assertErrorMsgContains("Mortal.strike: self: this Mortal", mortal.strike, mortal, 1)
end
