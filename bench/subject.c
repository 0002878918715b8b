#include "subject.gen.h"

#include <stdlib.h>

static struct {
    int number;
    Token *object;
    Vec2 pair;
    Vec3 place;
} shared;

Token *MP_NATIVE(token_new)(void)
{
    Token *token = calloc(1, sizeof *token);
    if (token)
        mp_object_init(&token->object, &mp_class_Token);
    return token;
}

void MP_NATIVE(token_destroy)(Token *self)
{
    mp_object_finish(&self->object);
    free(self);
}

int MP_NATIVE(thing_leaf_weigh)(const Thing *self, int amount) { return self->id + amount; }
int MP_NATIVE(thing_take_weigh)(const Thing *self, int amount) { return self->id + amount; }

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

/* ---- properties behind functions ---------------------------------------------------------- */

Token *MP_NATIVE(subject_get_held)(const Subject *self) { return self->held; }
void MP_NATIVE(subject_set_held)(Subject *self, Token *held) { self->held = held; }
int MP_NATIVE(subject_get_level)(const Subject *self) { return self->level; }
void MP_NATIVE(subject_set_level)(Subject *self, int level) { self->level = level; }

/* ---- one parameter of every kind, for leaves and for methods ------------------------------ */

#define DEFINE_PAIR(name, parameter, result)                                              \
    int MP_NATIVE(subject_leaf_##name)(const Subject *self, parameter) { return result; } \
    int MP_NATIVE(subject_take_##name)(Subject * self, parameter) { return result; }
DEFINE_PAIR(int, int value, self->hp + value)
DEFINE_PAIR(object, const Token *value, self->token == value)
DEFINE_PAIR(pair, Vec2 value, self->x < value.x)
DEFINE_PAIR(place, Vec3 value, self->x < value.z)
DEFINE_PAIR(enum, Mood value, self->mood == value)
DEFINE_PAIR(string, const char *value, self->hp + *value)
#undef DEFINE_PAIR

int MP_NATIVE(subject_leaf_two)(const Subject *self, int a, int b) { return self->hp + a - b; }
int MP_NATIVE(subject_take_two)(Subject *self, int a, int b) { return self->hp + a - b; }

void MP_NATIVE(subject_leaf_out)(const Subject *self, int *value) { *value = self->hp; }
void MP_NATIVE(subject_take_out)(Subject *self, int *value) { *value = self->hp; }
void MP_NATIVE(subject_leaf_inout)(const Subject *self, int *value) { *value += self->hp; }
void MP_NATIVE(subject_take_inout)(Subject *self, int *value) { *value += self->hp; }

static int both(const Subject *self, int *value)
{
    *value = self->hp;
    return self->level;
}

int MP_NATIVE(subject_leaf_both)(const Subject *self, int *value) { return both(self, value); }
int MP_NATIVE(subject_take_both)(Subject *self, int *value) { return both(self, value); }

Token *MP_NATIVE(subject_leaf_give)(const Subject *self) { return self->token; }
Token *MP_NATIVE(subject_take_give)(Subject *self) { return self->token; }
Vec3 MP_NATIVE(subject_leaf_where)(const Subject *self) { return self->place; }
Vec3 MP_NATIVE(subject_take_where)(Subject *self) { return self->place; }
const char *MP_NATIVE(subject_leaf_title)(const Subject *self) { return self->name; }
const char *MP_NATIVE(subject_take_title)(Subject *self) { return self->name; }

/* ---- static functions --------------------------------------------------------------------- */

int MP_NATIVE(subject_shared_int)(void) { return shared.number; }
void MP_NATIVE(subject_share_int)(int value) { shared.number = value; }
Token *MP_NATIVE(subject_shared_object)(void) { return shared.object; }
void MP_NATIVE(subject_share_object)(Token *value) { shared.object = value; }
Vec2 MP_NATIVE(subject_shared_pair)(void) { return shared.pair; }
void MP_NATIVE(subject_share_pair)(Vec2 value) { shared.pair = value; }
Vec3 MP_NATIVE(subject_shared_place)(void) { return shared.place; }
void MP_NATIVE(subject_share_place)(Vec3 value) { shared.place = value; }

#define DEFINE_STATIC_PAIR(name, parameter, result)                         \
    int MP_NATIVE(subject_static_leaf_##name)(parameter) { return result; } \
    int MP_NATIVE(subject_static_take_##name)(parameter) { return result; }
DEFINE_STATIC_PAIR(int, int value, shared.number + value)
DEFINE_STATIC_PAIR(object, const Token *value, shared.object == value)
DEFINE_STATIC_PAIR(pair, Vec2 value, shared.pair.x < value.x)
DEFINE_STATIC_PAIR(place, Vec3 value, shared.place.x < value.z)
DEFINE_STATIC_PAIR(base, const Thing *value, value->id)
#undef DEFINE_STATIC_PAIR

int MP_NATIVE(subject_static_leaf_two)(int a, int b) { return shared.number + a - b; }
int MP_NATIVE(subject_static_take_two)(int a, int b) { return shared.number + a - b; }

void MP_NATIVE(subject_static_leaf_out)(int *value) { *value = shared.number; }
void MP_NATIVE(subject_static_take_out)(int *value) { *value = shared.number; }
void MP_NATIVE(subject_static_leaf_inout)(int *value) { *value += shared.number; }
void MP_NATIVE(subject_static_take_inout)(int *value) { *value += shared.number; }
