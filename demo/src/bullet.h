/*
 * bullet.h - the rover's bolts and the gunners' plasma.
 *
 *     Bullet *bolt = world_spawn_bullet(world, muzzle, velocity, 10, false);
 */
#ifndef MOONBASE_BULLET_H
#define MOONBASE_BULLET_H

#include "raider.h"

/** Something that was fired. */
typedef struct MP_CLASS Bullet {
    Actor actor;
    MP_PROPERTY float damage; /**< What it takes away from what it hits, hit points. */
    MP_READONLY bool hostile; /**< Whether raiders fired it: it hits dome and rover. */
} Bullet;

/** Flies on for `dt` seconds; is removed when it leaves the surface. */
MP_METHOD void bullet_update(Bullet *self, float dt);

/** A bolt meets a raider: hurts it, pushes it and is spent. */
MP_METHOD void bullet_strike(Bullet *self, Raider *target);

/* ---- for the world; scripts do not see these ------------------------------------------------ */

/** Makes it a bullet on its way. */
void bullet_build(Bullet *self, Vec2 velocity, float damage, bool hostile);

#endif
