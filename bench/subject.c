#include "subject.gen.h"

float MP_NATIVE(subject_distance)(const Subject *self, float x, float y)
{
    return (x - self->x) * (x - self->x) + (y - self->y) * (y - self->y);
}

Vec2 MP_NATIVE(subject_halfway)(const Subject *self, Vec2 to)
{
    return (Vec2){(self->x + to.x) / 2, (self->y + to.y) / 2};
}

int MP_NATIVE(subject_damage)(Subject *self, int amount)
{
    self->hp -= amount;
    return self->hp;
}

int subject_damage_direct(Subject *self, int amount)
{
    self->hp -= amount;
    return self->hp;
}

float subject_distance_direct(const Subject *self, float x, float y)
{
    return (x - self->x) * (x - self->x) + (y - self->y) * (y - self->y);
}
