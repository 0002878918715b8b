#include "animal.gen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

int MP_NATIVE(animal_damage)(Animal *self, int amount)
{
    self->hp -= amount;
    return self->hp;
}

void MP_NATIVE(animal_heal)(Animal *self) { self->hp = 100; }

float MP_NATIVE(animal_distance)(const Animal *self, Vec2 to)
{
    return hypotf(to.x - self->x, to.y - self->y);
}

Vec2 MP_NATIVE(animal_halfway)(const Animal *self, Vec2 to)
{
    return (Vec2){(self->x + to.x) / 2, (self->y + to.y) / 2};
}

Vec2 MP_NATIVE(animal_middle)(const Animal *self, Vec2 to)
{
    return MP_NATIVE(animal_halfway)(self, to);
}

float MP_NATIVE(animal_get_speed)(const Animal *self) { return self->speed; }

void MP_NATIVE(animal_set_speed)(Animal *self, float speed) { self->speed = speed; }

int MP_NATIVE(animal_get_volume)(const Animal *self) { return self->secret; }

const char *MP_NATIVE(animal_get_title)(const Animal *self)
{
    return self->hp > 0 ? "the living" : NULL;
}

Mood MP_NATIVE(animal_worst)(const Animal *self, Mood other)
{
    return self->mood > other ? self->mood : other;
}

Mood MP_NATIVE(animal_other_mood)(const Animal *self, Mood mood)
{
    (void)self;
    return mood == MOOD_CALM ? MOOD_ANGRY : MOOD_CALM;
}

const char *MP_NATIVE(animal_greet)(const Animal *self, const char *whom)
{
    static char text[64];
    snprintf(text, sizeof text, "%s greets %s", self->name, whom);
    return text;
}

const char *MP_NATIVE(animal_shout)(const Animal *self, const char *whom)
{
    return strcmp(whom, "nobody") == 0 ? NULL : MP_NATIVE(animal_greet)(self, whom);
}

Animal *MP_NATIVE(animal_stronger)(Animal *self, Animal *other)
{
    return self->hp == other->hp ? NULL : self->hp > other->hp ? self : other;
}

Animal *MP_NATIVE(animal_weaker)(Animal *self, Animal *other)
{
    return self->hp == other->hp ? NULL : self->hp < other->hp ? self : other;
}

bool MP_NATIVE(animal_rename)(Animal *self, const char *name, MpError *error)
{
    if (!*name) {
        mp_error_set(error, MP_REFUSED, "an animal needs a name");
        return false;
    }
    self->secret = (int)strlen(name);
    return true;
}

double MP_NATIVE(animal_sum)(const Animal *self, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e,
                             int f, uint32_t g, float h, double type)
{
    (void)self;
    return a + b + c + d + e + (double)f + g + (double)h + type;
}

double MP_NATIVE(animal_leaf_sum)(const Animal *self, bool a, int8_t b, uint8_t c, int16_t d,
                                  uint16_t e, int f, uint32_t g, float h, double type)
{
    return MP_NATIVE(animal_sum)(self, a, b, c, d, e, f, g, h, type);
}

int MP_NATIVE(animal_liar)(Animal *self, int amount) { return animal_damage(self, amount); }

int MP_NATIVE(animal_suffer)(Animal *self, int times)
{
    int left = self->hp;
    for (int i = 0; i < times; i++)
        left = animal_damage(self, 1);
    return left;
}

int MP_NATIVE(animal_count)(void) { return (int)mp_object_count(); }

int MP_NATIVE(animal_leaf_count)(void) { return (int)mp_object_count(); }

float MP_NATIVE(keeper_feed)(Animal *animal, float amount)
{
    animal->weight += (double)amount;
    return (float)animal->weight;
}
