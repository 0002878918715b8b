/*
 * zoo/animal.h - classes for the bridge's own tests: everything that can cross is here once.
 */
#ifndef ZOO_ANIMAL_H
#define ZOO_ANIMAL_H

#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

/** A place or a step, metres. */
typedef struct MP_VALUE Vec2 {
    float x; /**< Eastwards. */
    float y; /**< Northwards. */
} Vec2;

/** What an animal does. */
typedef enum MP_ENUM Mood {
    MOOD_CALM,       /**< Lies in the sun. */
    MOOD_HUNGRY = 5, /**< Looks for food. */
    MOOD_ANGRY,      /**< Better not be near. */
} Mood;

/** Anything that lives in the zoo. */
typedef struct MP_CLASS Animal {
    MpObject object;
    MP_PROPERTY float x, y; /**< Where it is, metres. */
    MP_READONLY int hp;     /**< Hit points left. */
    MP_PROPERTY Mood mood;
    MP_PROPERTY bool awake;
    MP_PROPERTY int8_t small;
    MP_PROPERTY uint8_t byte;
    MP_PROPERTY int16_t short_number;
    MP_PROPERTY uint16_t word;
    MP_PROPERTY uint32_t big;
    MP_PROPERTY double weight; /**< Kilograms. */
    MP_READONLY const char *name;
    MP_READONLY struct Animal *friend_of; /**< nil: it has none. */
    MP_PROPERTY Vec2 home;
    int secret;
    float speed;
} Animal;

/** Takes `amount` hit points away; returns what is left. */
MP_METHOD int animal_damage(Animal *self, int amount);
/** Heals completely: sets hp to 100. */
MP_METHOD void animal_heal(Animal *self);
/** The distance to `to`, metres. */
MP_LEAF float animal_distance(const Animal *self, Vec2 to);
/** Half way between the animal and `to`. */
MP_LEAF Vec2 animal_halfway(const Animal *self, Vec2 to);
/** The same through the C API. */
MP_METHOD Vec2 animal_middle(const Animal *self, Vec2 to);
/** Speed, metres a second. */
MP_LEAF MP_GETTER float animal_get_speed(const Animal *self);
MP_LEAF MP_SETTER void animal_set_speed(Animal *self, float speed);
/** How loud it is; never below 0. */
MP_METHOD MP_GETTER int animal_get_volume(const Animal *self);
MP_GETTER MP_METHOD const char *animal_get_title(const Animal *self);
MP_LEAF Mood animal_worst(const Animal *self, Mood other);
MP_METHOD Mood animal_other_mood(const Animal *self, Mood mood);
MP_LEAF const char *animal_greet(const Animal *self, const char *whom);
MP_METHOD const char *animal_shout(const Animal *self, const char *whom);
/** The one of the two with more hit points; nil when they are equal. */
MP_LEAF Animal *animal_stronger(Animal *self, Animal *other);
MP_METHOD Animal *animal_weaker(Animal *self, Animal *other);
/** Fails for an empty name. */
MP_METHOD bool animal_rename(Animal *self, const char *name, MpError *error);
/** Adds up one argument of every kind. */
MP_METHOD double animal_sum(const Animal *self, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e,
                            int f, uint32_t g, float h, double type);
MP_LEAF double animal_leaf_sum(const Animal *self, bool a, int8_t b, uint8_t c, int16_t d,
                               uint16_t e, int f, uint32_t g, float h, double type);
/** Says that it is a leaf, and calls animal_damage(). */
MP_LEAF int animal_liar(Animal *self, int amount);
/** C code that calls a patchable method `times` times. */
MP_METHOD int animal_suffer(Animal *self, int times);

/** How many animals there are. */
MP_STATIC(Animal) int animal_count(void);
/** The same as a leaf. */
MP_LEAF MP_STATIC(Animal)
int animal_leaf_count(void);
/** A function of no class. */
MP_STATIC(keeper) float keeper_feed(Animal *animal, float amount);

#endif
