#include "mortal.gen.h"

#include <stdlib.h>

Mortal *MP_NATIVE(mortal_new)(int hp)
{
    Mortal *mortal = calloc(1, sizeof *mortal);
    mp_object_init(&mortal->object, &mp_class_Mortal);
    mortal->hp = hp;
    return mortal;
}

void MP_NATIVE(mortal_destroy)(Mortal *self)
{
    mp_object_finish(&self->object);
    free(self);
}

int MP_NATIVE(mortal_strike)(Mortal *self, int amount) { return self->hp -= amount; }

int MP_NATIVE(mortal_duel)(Mortal *self, Mortal *other, int *rounds)
{
    *rounds = 1;
    return --self->hp + (other ? --other->hp : 0);
}

void MP_NATIVE(mortal_rest)(Mortal *self) { self->hp = 10; }

int MP_NATIVE(mortal_pray)(Mortal *self, MpError *error)
{
    (void)error;
    return ++self->hp;
}

int MP_NATIVE(mortal_lead)(Mortal *self, Mortal *const *others, int count)
{
    int sum = self->hp;
    for (int i = 0; i < count; i++)
        sum += others[i]->hp;
    return sum;
}

int MP_NATIVE(mortal_travel)(Mortal *self, const Quest *quest)
{
    return self->hp + (quest->companion ? quest->companion->hp : 0);
}

int MP_NATIVE(mortal_meet)(Mortal *self, MpArguments *arguments)
{
    const MpObject *other = mp_arguments_object(arguments, 1, &mp_class_Mortal);
    return self->hp + (other ? ((const Mortal *)other)->hp : 0);
}

/* ---- fate --------------------------------------------------------------------------------- */

int MP_NATIVE(fate_strike)(Mortal *mortal, int amount) { return mortal_strike(mortal, amount); }

int MP_NATIVE(fate_duel)(Mortal *mortal, Mortal *other, int *rounds)
{
    return mortal_duel(mortal, other, rounds);
}

void MP_NATIVE(fate_rest)(Mortal *mortal) { mortal_rest(mortal); }

int MP_NATIVE(fate_pray)(Mortal *mortal, MpError *error) { return mortal_pray(mortal, error); }

int MP_NATIVE(fate_lead)(Mortal *mortal, Mortal *const *others, int count)
{
    return mortal_lead(mortal, others, count);
}

int MP_NATIVE(fate_travel)(Mortal *mortal, Mortal *companion)
{
    return mortal_travel(mortal, &(Quest){.companion = companion});
}

int MP_NATIVE(fate_meet)(Mortal *mortal, Mortal *other)
{
    return mortal_meet(mortal, MP_ARGUMENTS(mp_argument_object(&other->object)));
}
