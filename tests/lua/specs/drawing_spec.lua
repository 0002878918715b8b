-- What scripts/graphics.lua adds to the native functions: checks and messages.

local graphics = game.require "graphics"
local native = game.native

TestDrawing = {}

function TestDrawing:setUp() graphics.reset() end

function TestDrawing:tearDown() graphics.reset() end

function TestDrawing:test_every_pop_needs_a_push()
   unit.assertErrorMsgContains("graphics.pop: no transform is saved", graphics.pop)
   graphics.push()
   graphics.pop()
   unit.assertErrorMsgContains("graphics.pop: no transform is saved", graphics.pop)
   for _ = 1, 64 do graphics.push() end
   unit.assertErrorMsgContains("graphics.push: 64 transforms are saved already", graphics.push)
   graphics.reset()
   graphics.push()
end

function TestDrawing:test_polygons_have_corners()
   for _, points in ipairs { {}, { 1, 2, 3, 4 }, { 1, 2, 3, 4, 5, 6, 7 } } do
      unit.assertErrorMsgContains("graphics.polygon: x and y of 3 to 256 corners expected, got " .. #points,
         graphics.polygon, "fill", points)
   end
   unit.assertErrorMsgContains('graphics.polygon: mode: "fill" or "line" expected, got "odd"', graphics.polygon, "odd",
      { 1, 2, 3, 4, 5, 6 })
   unit.assertErrorMsgContains("number expected, got string", graphics.polygon, "fill", { 1, 2, 3, 4, 5, "six" })
   graphics.polygon("fill", { 1, 2, 3, 4, 5, 0 / 0 })
   graphics.polygon("line", { 1, 2, 3, 4, 5, 1 / 0 }, 3)
end

function TestDrawing:test_canvases_have_a_size()
   for _, size in ipairs { { 0, 5 }, { 5, -1 }, { 4097, 1 }, { 1, 4097 } } do
      unit.assertErrorMsgContains("each side must be from 1 to 4096 pixels", graphics.canvas, size[1], size[2])
   end
   unit.assertErrorMsgContains("integer expected", graphics.canvas, 1.5, 5)
   local canvas = graphics.canvas(30, 20)
   unit.assertEquals({ canvas.width, canvas.height, canvas.lost }, { 30, 20, false })
   unit.assertTrue(native.Texture.is(canvas))
end

function TestDrawing:test_a_canvas_is_not_drawn_into_itself()
   local canvas = graphics.canvas(30, 20)
   graphics.target(canvas)
   for name, arguments in pairs { draw = { 1, 1 }, region = { 0, 0, 9, 9, 1, 1 }, nine_patch = { 1, 0, 0, 9, 9 } } do
      unit.assertErrorMsgContains(("graphics.%s: a canvas cannot be drawn into itself"):format(name), graphics[name],
         canvas, unpack(arguments))
   end
   graphics.target()
   graphics.draw(canvas, 1, 1)
end

function TestDrawing:test_the_target_cannot_be_destroyed()
   local canvas = graphics.canvas(30, 20)
   graphics.target(canvas)
   unit.assertErrorMsgContains("C still holds this Canvas", canvas.destroy, canvas)
   graphics.clear(0, 0, 0, 0)
   graphics.target()
   canvas:destroy()
   unit.assertErrorMsgContains("destroyed", graphics.draw, canvas, 0, 0)
   unit.assertErrorMsgContains("destroyed", graphics.target, canvas)
end

function TestDrawing:test_canvases_have_a_limit()
   local kept = {}
   for index = 1, 3 do kept[index] = graphics.canvas(4096, 4096) end
   kept[4] = graphics.canvas(16, 16)
   unit.assertErrorMsgContains("no room for a canvas of 4096 x 4096", graphics.canvas, 4096, 4096)
   for _, canvas in ipairs(kept) do canvas:destroy() end
   graphics.canvas(4000, 4000):destroy()
end

function TestDrawing:test_blend_modes_and_layers_are_checked()
   graphics.blend "replace"
   graphics.layer(-3)
   graphics.layer()
   unit.assertErrorMsgContains("integer expected, got string", graphics.layer, "top")
   unit.assertErrorMsgContains("graphics.nine_patch: left, top, right and bottom insets expected, got 2 numbers",
      graphics.nine_patch, graphics.canvas(9, 9), { 1, 2 }, 0, 0, 9, 9)
end
