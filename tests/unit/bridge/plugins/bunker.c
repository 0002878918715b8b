#include "bunker.gen.h"

#include "bunkers.gen.h"
#include "moonpatch/plugin.h"

#include <stdlib.h>

extern const MpClass mp_class_Bunker;

MP_PLUGIN(.module = &mp_module_bunkers, .version = "2.1",
          .needs = MP_NEEDS({"turrets", 3}, {"zoo", 1}));

int MP_NATIVE(bunker_fire)(Bunker *self, int times)
{
    return turret_fire(&self->turret, 2 * times);
}

int MP_NATIVE(bunker_shelter)(Bunker *self, Animal *animal)
{
    (void)self;
    return animal->hp;
}

int MP_NATIVE(animal_hide)(Animal *self) { return self->hp; }

int MP_NATIVE(lion_hide)(Lion *self) { return self->animal.hp / 2; }

void MP_NATIVE(lion_heal)(Lion *self) { self->animal.hp = 200; }

int MP_NATIVE(lion_length)(const Lion *self) { return self->mane; }

const char *MP_NATIVE(lion_title)(const Lion *self)
{
    (void)self;
    return "His Majesty";
}

int MP_NATIVE(keeper_count)(void) { return 1; }

Bunker *MP_NATIVE(bunker_create)(void)
{
    Bunker *self = calloc(1, sizeof *self);
    if (self)
        mp_object_init(&self->turret.object, &mp_class_Bunker);
    return self;
}

void MP_NATIVE(bunker_destroy)(Bunker *bunker)
{
    mp_object_finish(&bunker->turret.object);
    free(bunker);
}
