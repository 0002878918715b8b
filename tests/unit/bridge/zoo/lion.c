#include "lion.gen.h"

int MP_NATIVE(lion_roar)(Lion *self) { return self->mane * 2; }

int MP_NATIVE(lion_damage)(Lion *self, int amount)
{
    return animal_damage(&self->animal, amount / 2);
}
