#include "turret.gen.h"

#include "moonpatch/plugin.h"
#include "turrets.gen.h"

#include <stdlib.h>

#ifndef TURRET_POWER
#define TURRET_POWER 10
#endif

MP_PLUGIN(.module = &mp_module_turrets, .version = "1.0");

void (*turret_hook)(void);

int MP_NATIVE(turret_fire)(Turret *self, int times)
{
    self->shells -= times;
    turret_fired(self, times);
    return times * TURRET_POWER;
}

int MP_NATIVE(turret_quick_fire)(Turret *self, int times)
{
    self->shells -= times;
    return times * TURRET_POWER;
}

int MP_NATIVE(turret_ask)(Turret *self, FireOrder order, void *user)
{
    self->order = order;
    self->order_user = user;
    return order(user, self->shells);
}

static int always_twice(void *user, int shells)
{
    (void)user;
    (void)shells;
    return 2;
}

int MP_NATIVE(turret_ask_c)(Turret *self) { return turret_ask(self, always_twice, NULL); }

int MP_NATIVE(turret_ask_again)(Turret *self) { return self->order(self->order_user, 1); }

void MP_NATIVE(turret_obey)(Turret *self, FireOrder order, void *user)
{
    self->order = order;
    self->order_user = user;
}

void MP_NATIVE(armoury_obey)(FireOrder order, void *user)
{
    (void)order;
    (void)user;
}

Aim MP_NATIVE(turret_half)(const Turret *self, Aim aim)
{
    (void)self;
    return (Aim){aim.angle / 2, aim.distance / 2};
}

Aim MP_NATIVE(turret_leaf_half)(const Turret *self, Aim aim)
{
    return MP_NATIVE(turret_half)(self, aim);
}

float MP_NATIVE(turret_get_heat)(const Turret *self) { return self->heat; }

void MP_NATIVE(turret_set_heat)(Turret *self, float heat) { self->heat = heat; }

int MP_NATIVE(turret_probe)(Turret *self)
{
    if (turret_hook)
        turret_hook();
    return self->shells;
}

int MP_NATIVE(turret_damage_of)(Shell shell) { return TURRET_POWER * (1 + (int)shell); }

int MP_NATIVE(turret_leaf_damage_of)(Shell shell) { return MP_NATIVE(turret_damage_of)(shell); }

int MP_NATIVE(armoury_stock)(void) { return 5 * TURRET_POWER; }

Crew *MP_NATIVE(crew_new)(void)
{
    Crew *self = calloc(1, sizeof *self);
    if (self)
        mp_object_init(&self->object, &mp_class_Crew);
    return self;
}

void MP_NATIVE(crew_destroy)(Crew *self)
{
    mp_object_finish(&self->object);
    free(self);
}

Turret *MP_NATIVE(turret_create)(void)
{
    Turret *self = calloc(1, sizeof *self);
    if (self && !mp_object_init(&self->object, &mp_class_Turret)) {
        free(self);
        return NULL;
    }
    if (self)
        self->shells = 100;
    return self;
}

void MP_NATIVE(turret_destroy)(Turret *turret)
{
    mp_object_finish(&turret->object);
    free(turret);
}
