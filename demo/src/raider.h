/*
 * raider.h - the machines that come in waves and want the dome's air.
 *
 *     Raider *raider = world_spawn_raider(world, RAIDER_KIND_SCOUT, place, 1);
 *     raider_damage(raider, 10);       // at 0 hit points it falls when the world's step ends
 *
 * Glossary
 *   strength   what one hit of it takes away from the dome or the rover, hit points
 *   reward     the points that its fall is worth
 */
#ifndef MOONBASE_RAIDER_H
#define MOONBASE_RAIDER_H

#include "actor.h"

/** What a raider is built for. */
typedef enum MP_ENUM RaiderKind {
    RAIDER_KIND_SCOUT,  /**< Small and fast; blows itself up at the dome. */
    RAIDER_KIND_GUNNER, /**< Circles the dome and shoots plasma. */
    RAIDER_KIND_BRUTE,  /**< Big, slow, armoured; rams the dome again and again. */
    RAIDER_KIND_BOSS,   /**< The mothership: fans of plasma, and scouts from its bays. */
} RaiderKind;

enum { RAIDER_KIND_COUNT = 4 };

/** One attacker. */
typedef struct MP_CLASS Raider {
    Actor actor;
    MP_READONLY RaiderKind kind; /**< What it is built for. */
    MP_PROPERTY float reload;    /**< Seconds until a gunner or the boss fires again. */
    MP_PROPERTY float launch;    /**< Seconds until the boss lets scouts go again. */
    float phase;                 /**< What makes it move a little unlike others, 0 to 1. */
} Raider;

/** Moves, shoots or rams for `dt` seconds. */
MP_METHOD void raider_update(Raider *self, float dt);

/** Takes hit points away, less where armour is, never more than it has; returns what is left. */
MP_METHOD float raider_damage(Raider *self, float amount);

/** How fast it is, pixels a second. */
MP_LEAF float raider_speed(const Raider *self);

/** What one hit of it takes away from dome and rover, hit points. */
MP_LEAF float raider_strength(const Raider *self);

/** The points that its fall is worth. */
MP_LEAF int raider_reward(const Raider *self);

/* ---- for the world; scripts do not see these ------------------------------------------------ */

/** Makes it a raider of that kind; `toughness` multiplies its hit points. */
void raider_build(Raider *self, RaiderKind kind, float toughness);

/** Pushes it by `push` pixels a second, heavy ones less. */
void raider_push(Raider *self, Vec2 push);

/** The radius of the largest kind, pixels. */
float raider_largest_radius(void);

#endif
