/* Not "lander.h": the generated header declares the bodies, too, so that one which does not fit its
 * declaration does not compile. */
#include "lander.gen.h"

#include <stdlib.h>

#define GROUND  300.0F /* pixels */
#define GRAVITY 30.0F  /* pixels a second in a second, as the two below */
#define THRUST  80.0F
#define PUSH    50.0F
#define FUEL    8.0F /* seconds */

Lander *lander_create(MpError *error)
{
    Lander *self = calloc(1, sizeof *self);
    if (!self || !mp_object_init(&self->object, &mp_class_Lander)) {
        mp_error_set(error, MP_MEMORY, "no memory for the lander");
        free(self);
        return NULL;
    }
    lander_reset(self);
    return self;
}

void lander_destroy(Lander *self)
{
    if (!self)
        return;
    mp_object_finish(&self->object); /* scripts that still hold it get an error, not a crash */
    free(self);
}

/* MP_NATIVE names the body. lander_reset() itself is generated: it calls the body, or the patch
 * that lies over it. */
void MP_NATIVE(lander_reset)(Lander *self)
{
    self->x = 90;
    self->y = 80;
    self->speed_x = 30;
    self->speed_y = 0;
    self->fuel = FUEL;
    self->impact = 0;
    self->is_burning = false;
}

float MP_NATIVE(lander_gravity)(const Lander *self)
{
    (void)self; /* a patch may well look at it */
    return GRAVITY;
}

static void touch_down(Lander *self)
{
    self->y = GROUND;
    self->impact = self->speed_y;
    self->speed_x = self->speed_y = 0;
    self->is_burning = false;
}

void MP_NATIVE(lander_step)(Lander *self, float push, bool thrust, float dt)
{
    if (self->impact > 0)
        return;
    self->is_burning = thrust && self->fuel > 0;
    if (self->is_burning)
        self->fuel -= dt;
    self->speed_x += push * PUSH * dt;
    self->speed_y += (lander_gravity(self) - (self->is_burning ? THRUST : 0)) * dt;
    self->x += self->speed_x * dt;
    self->y += self->speed_y * dt;
    if (self->y >= GROUND)
        touch_down(self);
}
