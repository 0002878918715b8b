-- Text as scripts write it, in the bitmap font that every game has.

local graphics = game.require "graphics"

TestText = {}

function TestText:test_a_text_takes_room()
   local width, height, lines = graphics.text_size "MOON BASE"
   unit.assertEquals(width, graphics.text_width "MOON BASE")
   unit.assertEquals({ height, lines }, { graphics.font("fonts/moon.txt").height, 1 })
   local narrow, two, count = graphics.text_size("MOON BASE", width - 1)
   unit.assertEquals({ narrow, two, count }, { graphics.text_width "MOON", 2 * height, 2 })
end

function TestText:test_room_grows_with_the_scale()
   local width, height = graphics.text_size "MOON BASE"
   unit.assertEquals({ graphics.text_size("MOON BASE", 2 * width, 2) }, { 2 * width, 2 * height, 1 })
   unit.assertEquals({ graphics.text_size("MOON BASE", 2 * width - 1, 2) },
      { 2 * graphics.text_width "MOON", 4 * height, 2 })
end

function TestText:test_alignments_are_checked()
   for _, align in ipairs { "left", "center", "right", "justify" } do graphics.printf("MOON", 0, 0, 100, align) end
   unit.assertErrorMsgContains('graphics.printf: align: "center", "justify", "left" or "right" expected, got "odd"',
      graphics.printf, "MOON", 0, 0, 100, "odd")
end

function TestText:test_lines_can_be_farther_apart()
   local font = graphics.font "fonts/moon.txt"
   font.line_height = 2
   local _, height = graphics.text_size "MOON\nBASE"
   font.line_height = 1
   unit.assertEquals(height, 3 * font.height)
end

function TestText:test_truetype_fonts_are_told_by_their_names()
   unit.assertErrorMsgContains("assets/fonts/none.ttf", graphics.font, "fonts/none.ttf", 16)
   unit.assertErrorMsgContains("assets/fonts/none.OTF", graphics.font, "fonts/none.OTF")
   unit.assertErrorMsgContains("size: 4 to 256 pixels expected, got 3", graphics.font, "fonts/none.ttf", 3)
   unit.assertErrorMsgContains("assets/fonts/none.txt", graphics.font, "fonts/none.txt", 16)
end

function TestText:test_numbers_are_written_too()
   graphics.print(4200, 0, 0)
   graphics.print(4200, 100, 0, "right")
   graphics.printf(0.5, 0, 0, 100)
end

function TestText:test_writing_makes_no_garbage()
   unit.assertEquals(garbage_of(1, function()
      for _ = 1, 1000 do
         graphics.printf("THE RAIDERS COME OVER THE RIM", 0, 0, 80, "justify")
         graphics.print("HOLD THE DOME", 160, 90, "center")
      end
   end), 0)
end

function TestText:test_measuring_makes_no_garbage_when_it_is_compiled()
   if not jit.status() then return end -- values are objects there
   unit.assertEquals(garbage_of(1, function()
      for _ = 1, 1000 do graphics.text_size("HOLD THE DOME", 60) end
   end), 0)
end
