-- The error screen takes whatever bytes it is told of.

local errors = game.require "errors"

TestErrors = {}

local function show(with)
   errors.show(with.where or "in update", with.message or "", with.source or "", with.line or 0, with.first or 0,
      with.excerpt or "", with.trace or "")
   return errors.draw(0, "")
end

function TestErrors:test_what_fits_is_not_scrolled()
   unit.assertEquals(show { message = "oops" }, 0)
   unit.assertEquals(show {}, 0)
end

function TestErrors:test_a_line_more_is_a_step_more()
   local at_most = show { message = ("x\n"):rep(100) }
   unit.assertEquals(show { message = ("x\n"):rep(101) }, at_most + 1)
   unit.assertEquals(errors.draw(1e6, ""), at_most + 1)
end

function TestErrors:test_long_lines_are_wrapped()
   for _, text in ipairs { ("x"):rep(1000), ("x "):rep(500), ("é"):rep(1000), ("\255"):rep(1000), ("\128"):rep(1000) } do
      unit.assertTrue(show { message = text:rep(8) } > 0)
   end
end

function TestErrors:test_code_of_all_kinds_is_coloured()
   for _, code in ipairs { "local x = 'open", '"', "-", "--", "é = 1 -- é", "\1\2\255", "a - 1 --[[x]] 0x1F", ("("):rep(500) } do
      unit.assertEquals(show { first = 1, line = 1, excerpt = code }, 0)
   end
end

function TestErrors:test_each_call_and_each_local_has_a_row()
   local few = show { message = ("x\n"):rep(40), trace = "a.lua:1: in f\n" }
   unit.assertEquals(show { message = ("x\n"):rep(40), trace = "a.lua:1: in f\n    x = 1\n    y = 2\nsomething else\n" }, few + 3)
end

function TestErrors:test_a_note_may_be_long()
   show { message = "oops" }
   unit.assertEquals(errors.draw(0, ("x"):rep(10000)), 0)
end
