/*
 * crystal.h - what the rover collects: points, and money for upgrades.
 *
 *     Crystal *crystal = world_spawn_crystal(world, CRYSTAL_KIND_SMALL, place);
 */
#ifndef MOONBASE_CRYSTAL_H
#define MOONBASE_CRYSTAL_H

#include "actor.h"

/** How big a crystal is. */
typedef enum MP_ENUM CrystalKind {
    CRYSTAL_KIND_SMALL,  /**< Cyan. */
    CRYSTAL_KIND_MEDIUM, /**< Violet. */
    CRYSTAL_KIND_LARGE,  /**< Gold. */
} CrystalKind;

enum { CRYSTAL_KIND_COUNT = 3 };

/** A crystal on the ground. */
typedef struct MP_CLASS Crystal {
    Actor actor;
    MP_READONLY CrystalKind kind; /**< How big it is. */
    MP_PROPERTY float life;       /**< Seconds until it crumbles. */
    MP_READONLY bool pulled;      /**< The rover's magnet has it. */
} Crystal;

/** Slides to a rover whose magnet reaches it; crumbles when its time is over. */
MP_METHOD void crystal_update(Crystal *self, float dt);

/** What it is worth: 1, 3 or 10 crystals. */
MP_LEAF int crystal_value(const Crystal *self);

/* ---- for the world; scripts do not see these ------------------------------------------------ */

/** Makes it a crystal of that kind. */
void crystal_build(Crystal *self, CrystalKind kind);

#endif
