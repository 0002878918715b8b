/*
 * dome.h - the habitat in the middle that everything is about.
 *
 *     dome_damage(dome, 10);       // at 0 hit points the game is over
 *
 * Glossary
 *   hull     the dome's own hit points; they do not grow back by themselves
 *   shield   what is in front of the hull; it grows back when nothing hits it for a while
 */
#ifndef MOONBASE_DOME_H
#define MOONBASE_DOME_H

#include "actor.h"

/** The habitat that the player defends. */
typedef struct MP_CLASS Dome {
    Actor actor;
    MP_PROPERTY float shield;      /**< Hit points left of the shield. */
    MP_PROPERTY float max_shield;  /**< Hit points of the whole shield. */
    MP_PROPERTY float growth;      /**< How fast the shield grows back, hit points a second. */
    MP_READONLY float growth_wait; /**< Seconds until the shield starts to grow back. */
} Dome;

/** Lets the shield grow back for `dt` seconds. */
MP_METHOD void dome_update(Dome *self, float dt);

/**
 * Takes a hit of `amount` hit points: the shield takes what it can, the hull takes the rest.
 * Returns what is left of the hull.
 */
MP_METHOD float dome_damage(Dome *self, float amount);

/** Gives the hull back up to `amount` hit points; returns what it has then. */
MP_METHOD float dome_repair(Dome *self, float amount);

/** How far from its centre attackers hit it, pixels: the shield, while there is one, or the hull.
 */
MP_LEAF float dome_reach(const Dome *self);

/* ---- for the world; scripts do not see these ------------------------------------------------ */

/** Makes it whole, at the place where it stands. */
void dome_reset(Dome *self);

/** Hurts the dome and tells the world's events what was hit, at `place`, and what came of it. */
void dome_hit(Dome *self, Vec2 place, float amount);

#endif
