/* The C that the patches in bad/ are about. */
#ifndef YARD_H
#define YARD_H

#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

/** A point. */
typedef struct MP_VALUE Point {
    float x; /**< To the right. */
    float y; /**< Down. */
} Point;

/** How a beast feels. */
typedef enum MP_ENUM Mood {
    MOOD_CALM,
    MOOD_ANGRY,
    MOOD_SLEEPY MP_SINCE(2),
} Mood;

/** A living thing. */
typedef struct MP_CLASS Beast {
    MpObject object;
    MP_PROPERTY float weight; /**< Kilograms. */
    MP_READONLY int age;      /**< Years. */
    MP_PROPERTY Mood mood;    /**< How it feels. */
} Beast;

/** Takes hit points away; returns what is left. */
MP_METHOD int beast_hurt(Beast *self, int amount);
/** Goes there. */
MP_METHOD void beast_walk(Beast *self, Point to, MP_DEFAULT(1) float speed);
/** What it says; NULL when it is asleep. */
MP_METHOD const char *beast_speak(const Beast *self, const char *to);
/** Who bites it. */
MP_METHOD void beast_bite(Beast *self, Beast *other, unsigned char teeth);
/** Lets `step` seconds pass. */
MP_METHOD void beast_update(Beast *self, float step);
/** It sleeps. */
MP_METHOD MP_SINCE(2) void beast_sleep(Beast *self);
/** Barks. */
MP_METHOD MP_DEPRECATED("use speak") void beast_bark(Beast *self);
/** Whether it is hungry. */
MP_GETTER bool beast_get_hungry(const Beast *self);
/** Its name was called. */
MP_EVENT void beast_called(Beast *self, const char *name);

/** A beast that barks. */
typedef struct MP_CLASS Dog {
    Beast beast;
    MP_PROPERTY float nose; /**< How well it smells. */
} Dog;

/** A new dog. */
MP_CONSTRUCTOR Dog *dog_new(void);
/** Ends it. */
MP_DESTRUCTOR void dog_destroy(Dog *self);
/** Brings something; fails when there is nothing. */
MP_METHOD int dog_fetch(Dog *self, Mood mood, MpError *error);

/** Where the beasts are. */
typedef struct MP_CLASS MP_ROOT(yard) Yard {
    MpObject object;
    MP_READONLY Dog *dog; /**< The dog. */
} Yard;

/** How many beasts there are. */
MP_METHOD int yard_count(const Yard *self);
/** How big it is, in steps. */
MP_STATIC(garden) int garden_size(int width, int height);

#endif
