#include "room.gen.h"

void room_init(Room *self)
{
    *self = (Room){.target = 20, .temperature = 20};
    mp_object_init(&self->object, &mp_class_Room);
}

void room_finish(Room *self) { mp_object_finish(&self->object); }

/* Half a degree below and above: a heater that is switched all the time breaks. */
bool MP_NATIVE(room_wants_heat)(const Room *self)
{
    float margin = self->heating ? 0.5F : -0.5F;
    return self->temperature < self->target + margin;
}

void MP_NATIVE(room_step)(Room *self, float outside)
{
    self->heating = room_wants_heat(self); /* the generated function: the body above, or a patch */
    self->temperature += 0.01F * (outside - self->temperature) + (self->heating ? 0.3F : 0.0F);
}
