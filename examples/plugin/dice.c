#include "dice.gen.h"

#include "games.gen.h"
#include "moonpatch/plugin.h"

#include <stdlib.h>

/* All that makes a shared library a plugin. A plugin that builds on another one names it here, with
 * the least level of its API: .needs = MP_NEEDS({"table_games", 2}) */
MP_PLUGIN(.module = &mp_module_games, .version = "1.0");

Dice *MP_NATIVE(dice_new)(int sides)
{
    Dice *self = sides > 0 ? calloc(1, sizeof *self) : NULL;
    if (!self)
        return NULL;
    self->sides = sides;
    self->state = 1;
    mp_object_init(&self->object, &mp_class_Dice);
    return self;
}

void MP_NATIVE(dice_destroy)(Dice *self)
{
    mp_object_finish(&self->object);
    free(self);
}

int MP_NATIVE(dice_roll)(Dice *self)
{
    self->state = self->state * 1664525 + 1013904223;
    return 1 + (int)((self->state >> 16) % (uint32_t)self->sides);
}
