local strict = game.require "strict"

TestStrict = {}

local function run(text) return pcall(assert(load(text, "@game.lua", "t", game))) end

function TestStrict:test_reading_an_undeclared_global_is_an_error_where_it_stands()
   local ok, message = run "local x = 1\nreturn scroe"
   unit.assertFalse(ok)
   unit.assertEquals(message, "game.lua:2: undeclared global 'scroe'")
end

function TestStrict:test_writing_an_undeclared_global_says_how_to_do_it()
   local ok, message = run "score = 1"
   unit.assertFalse(ok)
   unit.assertEquals(message, "game.lua:1: global 'score' is not declared: write 'local score', or strict.declare(\"score\", value)")
end

function TestStrict:test_declared_globals_are_globals()
   strict.declare("lives", 3)
   unit.assertTrue(run "lives = lives - 1")
   unit.assertEquals(game.lives, 2)
   strict.declare("nothing", nil)
   unit.assertTrue(run "assert(nothing == nil)")
end
