-- Tile maps as scripts see them. The map is that of the golden images, moon.tmj.

local graphics = game.require "graphics"
local native = game.native

TestTileMap = {}

function TestTileMap:setUp() self.map = graphics.tile_map "moon.tmj" end

function TestTileMap:test_one_map_a_path()
   unit.assertTrue(self.map == graphics.tile_map "moon.tmj")
   unit.assertTrue(native.TileMap.is(self.map))
   unit.assertEquals({ self.map.columns, self.map.rows, self.map.tile_width, self.map.tile_height }, { 24, 16, 16, 16 })
   unit.assertErrorMsgContains("none.tmj", graphics.tile_map, "none.tmj")
   unit.assertErrorMsgContains("is not JSON", graphics.tile_map, "tiles.png")
   unit.assertErrorMsgContains("is XML, which is not read", graphics.tile_map, "moon.tmx")
end

function TestTileMap:test_cells_are_read_and_written()
   local walls = self.map:layer "walls"
   unit.assertEquals({ walls:get(1, 1) }, { 3, 0 })
   unit.assertEquals({ walls:get(0, 1) }, { 0, 0 })
   unit.assertTrue(walls:set(2, 2, 9, { "ACROSS", "DIAGONAL" }))
   local tile, flip = walls:get(2, 2)
   unit.assertEquals({ tile, flip }, { 9, native.TileFlip.ACROSS + native.TileFlip.DIAGONAL })
   unit.assertTrue(walls:set(2, 2, 0))
   unit.assertEquals(walls:get(2, 2), 0)
   unit.assertFalse(walls:set(2, 2, 13))
   unit.assertFalse(walls:set(25, 2, 1))
   unit.assertErrorMsgContains("'assets/moon.tmj' has no layer of tiles that is called 'things'", self.map.layer, self.map,
      "things")
end

function TestTileMap:test_solid_tiles_stop()
   unit.assertTrue(self.map:solid_at(5, 5))
   unit.assertFalse(self.map:solid_at(20, 20))
   unit.assertFalse(self.map:solid_at(-1, 20))
   local walls = self.map:layer "walls"
   walls:set(2, 2, 3)
   unit.assertTrue(self.map:solid_at(20, 20))
   walls:set(2, 2, 0)
   unit.assertEquals({ self.map:cell_at(20, 40) }, { 2, 3 })
end

function TestTileMap:test_layers_are_drawn_with_their_settings()
   local names = {}
   for index, layer in ipairs(self.map:layers()) do names[index] = layer.name end
   unit.assertEquals(names, { "ground", "walls", "glass" })
   local glass = self.map:layer "glass"
   unit.assertAlmostEquals(glass.opacity, 0.7, 1e-6)
   unit.assertEquals(glass.x, 4)
   glass.visible = false
   self.map:draw()
   glass.visible = true
   glass:draw(3, 4)
   self.map:draw(1 / 0, 0 / 0)
end

function TestTileMap:test_objects_and_properties()
   unit.assertEquals(self.map:number "gravity", 1.62)
   local things = self.map:objects "things"
   unit.assertEquals(#things, 2)
   unit.assertEquals(#self.map:objects(), 2)
   local start = things[1]
   unit.assertTrue(start == self.map:object "start")
   unit.assertEquals({ start.name, start.kind, start.layer, start.x, start.y },
      { "start", "spawn", "things", 40, 120 })
   unit.assertEquals(start.shape, native.MapShape.POINT)
   unit.assertEquals({ start:number "hp", start:text "pilot", start:flag "armed" }, { 3, "Ada", false })
   unit.assertEquals({ start:number("fuel", 9), start:text("ship", "none"), start:flag("new", true) }, { 9, "none", true })
   local path = self.map:object "path"
   unit.assertEquals({ #path.points, path.points[3], path.points[6] }, { 6, 40, 12 })
   unit.assertNil(self.map:object "end")
   unit.assertErrorMsgContains("no layer of objects that is called 'walls'", self.map.objects, self.map, "walls")
   unit.assertEquals({ self.map:tile_number(4, "damage"), self.map:tile_flag(4, "solid") }, { 2, true })
   unit.assertEquals(self.map:tile_text(4, "sound", "thud"), "thud")
end

function TestTileMap:test_maps_cannot_be_spoiled()
   unit.assertErrorMsgContains("columns", function() self.map.columns = 5 end)
   unit.assertErrorMsgContains("number expected, got string", self.map.draw, self.map, "left")
   unit.assertErrorMsgContains("integer", self.map:layer("walls").get, self.map:layer "walls", 1.5, 1)
end
