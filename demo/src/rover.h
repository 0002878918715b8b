/*
 * rover.h - the player's vehicle: drives, boosts, aims its turret, collects crystals.
 *
 *     rover->drive_x = 1;                 // what the driver wants; the game's scripts set these
 *     rover->aim = angle_to_the_mouse;
 *     rover->trigger = true;
 *     rover_update(rover, dt);            // the world does this in each of its steps
 *
 * A rover without hit points is a wreck for a while and then drives again. Beside the dome it is
 * mended slowly.
 *
 * Glossary
 *   bolt      what the rover fires
 *   boost     a short sprint; what it rams then is hurt instead of hurting
 *   levels    how often an upgrade was taken, from 0
 */
#ifndef MOONBASE_ROVER_H
#define MOONBASE_ROVER_H

#include "actor.h"

/** The player's vehicle. */
typedef struct MP_CLASS Rover {
    Actor actor;
    MP_PROPERTY float drive_x;     /**< Where the driver wants to go: -1 left to 1 right. */
    MP_PROPERTY float drive_y;     /**< Where the driver wants to go: -1 up to 1 down. */
    MP_PROPERTY float aim;         /**< Where the turret points, radians clockwise from +x. */
    MP_PROPERTY bool trigger;      /**< Whether it fires as often as it can. */
    MP_PROPERTY bool boost;        /**< Whether it boosts as soon as it can. */
    MP_READONLY float reload;      /**< Seconds until it can fire again. */
    MP_READONLY float boosting;    /**< Seconds of boost left; 0: none. */
    MP_READONLY float boost_wait;  /**< Seconds until it can boost again. */
    MP_READONLY float repair_wait; /**< Seconds until a wreck drives again; 0: it is no wreck. */
    MP_READONLY float safe;        /**< Seconds for which nothing harms it. */
    MP_PROPERTY int rapid;         /**< Level of the upgrade "rapid fire". */
    MP_PROPERTY int power;         /**< Level of the upgrade "damage". */
    MP_PROPERTY int speed;         /**< Level of the upgrade "speed". */
    MP_PROPERTY int magnet;        /**< Level of the upgrade "magnet". */
} Rover;

/** Drives, boosts, fires and is mended for `dt` seconds. */
MP_METHOD void rover_update(Rover *self, float dt);

/** Fires one bolt from the muzzle, no matter whether the gun is ready. */
MP_METHOD void rover_fire(Rover *self);

/** Takes `amount` hit points away, never more than it has; returns what is left. */
MP_METHOD float rover_damage(Rover *self, float amount);

/** How long the gun loads between two bolts, seconds. Rapid fire changes it. */
MP_LEAF float rover_reload_time(const Rover *self);

/** What one bolt takes away from what it hits, hit points. */
MP_LEAF float rover_bolt_damage(const Rover *self);

/** How fast it drives, pixels a second. */
MP_LEAF float rover_top_speed(const Rover *self);

/** How near a crystal must be to be pulled in, pixels. */
MP_LEAF float rover_magnet_range(const Rover *self);

/** Whether it is a wreck and cannot drive. */
MP_LEAF MP_GETTER bool rover_get_wrecked(const Rover *self);

/* ---- for the world; scripts do not see these ------------------------------------------------ */

/** Makes it new, at the place where it starts, without upgrades. */
void rover_reset(Rover *self);

/** Hurts the rover, unless it is safe, and tells the world's events what came of it. */
void rover_hit(Rover *self, float amount);

#endif
