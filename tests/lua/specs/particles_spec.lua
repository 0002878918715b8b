-- Particles as scripts see them.

local graphics = game.require "graphics"
local native = game.native

TestParticles = {}

function TestParticles:test_have_defaults()
   local dust = graphics.particles {}
   unit.assertEquals({ dust.capacity, dust.count, dust.rate }, { 1000, 0, 0 })
   unit.assertEquals({ dust.lifetime[1], dust.lifetime[2], dust.size[1] }, { 1, 1, 1 })
   unit.assertEquals({ dust.start_color.r, dust.start_color.a, dust.end_color.r, dust.end_color.a }, { 1, 1, 1, 0 })
   unit.assertEquals(dust.blend, native.Blend.ALPHA)
end

function TestParticles:test_live_and_die()
   local sparks = graphics.particles { capacity = 20, lifetime = { 0.5, 0.5 }, speed = { 10, 10 } }
   unit.assertEquals(sparks:emit(15, 3, 4), 15)
   unit.assertEquals(sparks:emit(15, 3, 4), 5)
   sparks:update(0.25)
   unit.assertEquals(sparks.count, 20)
   graphics.draw_particles(sparks)
   graphics.draw_particles(sparks, 5, 0 / 0)
   sparks:update(0.25)
   unit.assertEquals(sparks.count, 0)
   sparks.rate = 40
   sparks:update(0.1)
   unit.assertEquals(sparks.count, 4)
   sparks:clear()
   unit.assertEquals(sparks.count, 0)
end

function TestParticles:test_settings_change()
   local sparks = graphics.particles { size = { 4, 2 }, blend = "ADD", texture = graphics.canvas(4, 4) }
   sparks.size[2] = 8
   sparks.gravity = { 0, 50 }
   sparks.start_color = native.Color(1, 0.5, 0, 1)
   sparks.blend = "MULTIPLY"
   unit.assertEquals({ sparks.size[2], sparks.gravity[2], sparks.start_color.g }, { 8, 50, 0.5 })
   sparks:destroy()
   unit.assertErrorMsgContains("destroyed", sparks.emit, sparks, 1, 0, 0)
end

function TestParticles:test_keep_their_picture()
   local canvas = graphics.canvas(4, 4)
   local sparks = graphics.particles { texture = canvas }
   unit.assertErrorMsgContains("C still holds this Canvas", canvas.destroy, canvas)
   sparks:destroy()
   canvas:destroy()
end

function TestParticles:test_mistakes_are_told()
   unit.assertErrorMsgContains("the capacity of particles is from 1 to 16384, not 0", graphics.particles, { capacity = 0 })
   unit.assertErrorMsgContains("lifespan", graphics.particles, { lifespan = 1 })
   unit.assertErrorMsgContains("lifetime", graphics.particles, { lifetime = 1 })
   unit.assertErrorMsgContains("texture", graphics.particles, { texture = "spark.png" })
end

function TestParticles:test_make_no_garbage()
   local sparks = graphics.particles { capacity = 5000, lifetime = { 0.2, 0.4 }, rate = 2000, speed = { 5, 50 } }
   unit.assertEquals(garbage_of(300, function()
      sparks:emit(10, 3, 4)
      sparks:update(1 / 60)
      graphics.draw_particles(sparks)
   end), 0)
end
