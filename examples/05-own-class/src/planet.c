#include "planet.gen.h" /* the generated header; it includes planet.h, and declares the bodies */

#include <math.h>
#include <stdlib.h>

#define TURN 6.2831853F

Planet *MP_NATIVE(planet_new)(float distance, MpError *error)
{
    Planet *self = calloc(1, sizeof *self);
    if (!self || !mp_object_init(&self->object, &mp_class_Planet)) {
        mp_error_set(error, MP_MEMORY, "no memory for a planet");
        free(self);
        return NULL;
    }
    self->distance = distance;
    return self;
}

void MP_NATIVE(planet_destroy)(Planet *self)
{
    mp_object_finish(&self->object);
    free(self);
}

/* MP_NATIVE names the body. Everybody, C and Lua, calls planet_speed(), which is generated: it goes
 * to the body, or to the patch that lies over it. */
float MP_NATIVE(planet_speed)(const Planet *self) { return 900 / powf(self->distance, 1.5F); }

void MP_NATIVE(planet_step)(Planet *self, float dt)
{
    self->angle += planet_speed(self) * dt;
    if (self->angle > TURN) {
        self->angle -= TURN;
        planet_rounded(self);
    }
    self->x = self->distance * cosf(self->angle);
    self->y = self->distance * sinf(self->angle);
}
