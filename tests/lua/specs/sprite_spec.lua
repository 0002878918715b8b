-- Atlases and sprites that stay, as scripts see them.

local graphics = game.require "graphics"

TestSprite = {}

local batch

function TestSprite:setUp()
   batch = graphics.sprites(graphics.canvas(4, 4))
end

function TestSprite:tearDown() graphics.reset() end

function TestSprite:test_sprites_have_defaults_and_properties()
   local sprite = batch:add { x = 10, y = 20, angle = 1 }
   unit.assertEquals({ sprite.x, sprite.y, sprite.angle, sprite.scale_x, sprite.scale_y }, { 10, 20, 1, 1, 1 })
   unit.assertTrue(sprite.visible)
   unit.assertEquals(sprite.color.a, 1)
   unit.assertNil(sprite.frame)
   sprite.color.a = 0.5
   unit.assertEquals(sprite.color.a, 0.5)
   unit.assertEquals(batch.count, 1)
   unit.assertErrorMsgContains("colour", batch.add, batch, { colour = 1 })
end

function TestSprite:test_a_destroyed_sprite_is_told()
   local first, second = batch:add { x = 1 }, batch:add { x = 2 }
   first:destroy()
   unit.assertEquals(batch.count, 1)
   unit.assertErrorMsgContains("Sprite", function() first.x = 3 end)
   unit.assertEquals(batch:at(1), second)
   batch:clear()
   unit.assertErrorMsgContains("Sprite", function() second.x = 3 end)
end

function TestSprite:test_moving_and_drawing_makes_no_garbage()
   local sprites = {}
   for index = 1, 50 do sprites[index] = batch:add { x = index } end
   expect_no_garbage_interpreted(60, function()
      for index = 1, #sprites do
         local sprite = sprites[index]
         sprite.x = sprite.x + 1
         sprite.angle = sprite.angle + 0.1
      end
      graphics.draw_sprites(batch)
   end)
end

function TestSprite:test_atlases_that_cannot_be_loaded_are_told()
   unit.assertErrorMsgContains("assets/none.json", graphics.atlas, "none.json")
   unit.assertErrorMsgContains("Texture", graphics.sprites, "none")
end

function TestSprite:test_atlases_have_frames()
   local atlas = graphics.atlas "tiles.json"
   local frame = atlas:frame "left"
   unit.assertEquals({ atlas.count, frame.name, frame.width, frame.height }, { 2, "left", 8, 8 })
   unit.assertErrorMsgContains("has no frame 'odd'", function() return assert(atlas:frame "odd") end)
   local sprite = graphics.sprites(atlas):add { frame = frame }
   unit.assertEquals(sprite.frame, frame)
   sprite:show(atlas:at(2))
   unit.assertEquals(sprite.frame.name, "right")
   graphics.frame(frame, 10, 10)
end
