/*
 * planet.h - a class of one's own: what scripts see of it is what has a word in capitals.
 */
#ifndef PLANET_H
#define PLANET_H

#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

/** A planet on its way around a sun at 0, 0. */
typedef struct MP_CLASS MP_SHARED Planet { /* shared: it ends when no script holds it any more */
    MpObject object;                       /* first member: identity */
    MP_PROPERTY float distance;            /**< From the sun, pixels. */
    MP_PROPERTY float angle;               /**< Where on its way, radians. */
    MP_READONLY float x, y;                /**< Place, pixels. */
} Planet;

/** Makes a planet at that distance. */
MP_CONSTRUCTOR Planet *planet_new(float distance, MpError *error);

MP_DESTRUCTOR void planet_destroy(Planet *self);

/** Goes on for `dt` seconds. */
MP_METHOD void planet_step(Planet *self, float dt);

/** How fast it goes, radians a second. */
MP_METHOD float planet_speed(const Planet *self);

/** The planet has gone around once more. */
MP_EVENT void planet_rounded(Planet *self);

#endif
