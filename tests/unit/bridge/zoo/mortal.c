#include "mortal.gen.h"

#include <stdlib.h>

/* Of up to two texts. */
static unsigned long digest(const char *text, const char *more)
{
    unsigned long sum = 5381;
    while (*text)
        sum = sum * 33 + (unsigned char)*text++;
    return more ? sum * 33 + digest(more, NULL) : sum;
}

Mortal *MP_NATIVE(mortal_new)(int hp)
{
    Mortal *mortal = calloc(1, sizeof *mortal);
    mp_object_init(&mortal->object, &mp_class_Mortal);
    mortal->hp = hp;
    mortal->marks = mortal->own_marks;
    mortal->mark_count = 3;
    return mortal;
}

Mortal *MP_NATIVE(mortal_born)(int hp, int times, Mortal *parent, MpError *error)
{
    if (hp <= 0) {
        mp_error_set(error, MP_REFUSED, "nobody is born dead");
        return NULL;
    }
    return mortal_new(hp * times + (parent ? parent->hp : 0));
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

uint64_t MP_NATIVE(mortal_add)(Mortal *self, const uint64_t *numbers, int count)
{
    uint64_t sum = 0;
    (void)self;
    for (int i = 0; i < count; i++)
        sum += numbers[i];
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

static unsigned long digest_list(const char *const *words, int count)
{
    unsigned long sum = 0;
    for (int i = 0; i < count; i++)
        sum = sum * 33 + digest(words[i], NULL);
    return sum;
}

bool MP_NATIVE(mortal_recite)(Mortal *self, const char *const *words, int count)
{
    unsigned long before = digest_list(words, count);
    mortal_rest(self);
    return digest_list(words, count) == before;
}

bool MP_NATIVE(mortal_plan)(Mortal *self, const Quest *quest)
{
    unsigned long before = digest(quest->what, quest->where);
    mortal_rest(self);
    return digest(quest->what, quest->where) == before;
}

const char *MP_NATIVE(mortal_name)(Mortal *self, int number)
{
    (void)self;
    return number ? "Ada" : "Bob";
}

const char *MP_NATIVE(mortal_sign)(Mortal *self, int number, int *length)
{
    (void)self;
    (void)number;
    *length = 1;
    return "A";
}

void MP_NATIVE(mortal_tell)(Mortal *self, int number, const char **text)
{
    *text = mortal_name(self, number);
}

const char *const *MP_NATIVE(mortal_list)(Mortal *self, int number, int *count)
{
    static const char *const names[] = {"Ada", "Bob"};
    (void)self;
    (void)number;
    *count = 2;
    return names;
}

/* ---- the keeper ---------------------------------------------------------------------------------
 */

int MP_NATIVE(keeper_strike)(Mortal *mortal, int amount) { return mortal_strike(mortal, amount); }

int MP_NATIVE(keeper_duel)(Mortal *mortal, Mortal *other, int *rounds)
{
    return mortal_duel(mortal, other, rounds);
}

void MP_NATIVE(keeper_rest)(Mortal *mortal) { mortal_rest(mortal); }

int MP_NATIVE(keeper_pray)(Mortal *mortal, MpError *error) { return mortal_pray(mortal, error); }

int MP_NATIVE(keeper_lead)(Mortal *mortal, Mortal *const *others, int count)
{
    return mortal_lead(mortal, others, count);
}

int MP_NATIVE(keeper_travel)(Mortal *mortal, Mortal *companion)
{
    return mortal_travel(mortal, &(Quest){.companion = companion});
}

int MP_NATIVE(keeper_meet)(Mortal *mortal, Mortal *other)
{
    return mortal_meet(mortal, MP_ARGUMENTS(mp_argument_object(&other->object)));
}

/* ---- what the keeper forgets --------------------------------------------------------------------
 */

enum { LISTED = 2, HELD = 100 };

typedef struct Held {
    const char *text, *more;
    unsigned long digest;
} Held;

static Held hold_name(Mortal *mortal, int number)
{
    return (Held){.text = mortal_name(mortal, number)};
}

static Held hold_sign(Mortal *mortal, int number)
{
    int length = 0;
    return (Held){.text = mortal_sign(mortal, number, &length)};
}

static Held hold_tale(Mortal *mortal, int number)
{
    Held held = {.text = NULL};
    mortal_tell(mortal, number, &held.text);
    return held;
}

static Held hold_list(Mortal *mortal, int number)
{
    int count = 0;
    const char *const *list = mortal_list(mortal, number, &count);
    return (Held){.text = list[0], .more = count == LISTED ? list[1] : NULL};
}

static int forget(Mortal *mortal, int times, Held (*hold)(Mortal *mortal, int number))
{
    Held held[HELD];
    int forgotten = 0;
    for (int i = 0; i < times && i < HELD; i++) {
        held[i] = hold(mortal, i);
        held[i].digest = digest(held[i].text, held[i].more);
    }
    mortal_rest(mortal);
    for (int i = 0; i < times && i < HELD; i++)
        forgotten += digest(held[i].text, held[i].more) != held[i].digest;
    return forgotten;
}

int MP_NATIVE(keeper_forget_names)(Mortal *mortal, int times)
{
    return forget(mortal, times, hold_name);
}

int MP_NATIVE(keeper_forget_signs)(Mortal *mortal, int times)
{
    return forget(mortal, times, hold_sign);
}

int MP_NATIVE(keeper_forget_tales)(Mortal *mortal, int times)
{
    return forget(mortal, times, hold_tale);
}

int MP_NATIVE(keeper_forget_lists)(Mortal *mortal, int times)
{
    return forget(mortal, times, hold_list);
}
