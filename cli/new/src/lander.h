/*
 * lander.h - a ship that falls, and what holds it up.
 *
 *     Lander *lander = lander_create(&error);
 *     lander_step(lander, 0, true, 1.0F / 60);
 *     lander_destroy(lander);
 *
 * The compiler sees nothing of the capital words; moonpatch-bindgen makes the scripts' side of
 * them.
 */
#ifndef LANDER_H
#define LANDER_H

#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

/** A ship that lands on the Moon. */
typedef struct MP_CLASS MP_ROOT(lander) Lander {
    MpObject object;                    /* first member: identity */
    MP_PROPERTY float x, y;             /**< Where its feet are, pixels; y grows downwards. */
    MP_PROPERTY float speed_x, speed_y; /**< Pixels a second. */
    MP_PROPERTY float fuel;             /**< Seconds for which its engine can burn. */
    MP_READONLY float impact;           /**< How fast it touched the ground; 0: it flies. */
    MP_READONLY bool is_burning;        /**< The engine is on. */
} Lander;

/* Ownership: the caller's. Errors: MP_MEMORY. */
Lander *lander_create(MpError *error);
/* Takes NULL. */
void lander_destroy(Lander *self);

/** Is where it was at the beginning, with all its fuel. */
MP_METHOD void lander_reset(Lander *self);

/** Flies on for `dt` seconds. `push` goes from -1, to the left, to 1, to the right. */
MP_METHOD void lander_step(Lander *self, float push, bool thrust, float dt);

/** How fast it gets faster downwards, pixels a second in a second. */
MP_METHOD float lander_gravity(const Lander *self);

#endif
