/*
 * actor.h - what everything on the surface has in common: a place, a speed, a size.
 *
 * The other classes start with an Actor. An actor that is removed stays where it is until the
 * world's step ends; then its handles become stale and its place is used again.
 *
 * Glossary
 *   step       one round of the world, 1/60 of a second
 *   previous   where an actor was one step before, for pictures drawn between two steps
 */
#ifndef MOONBASE_ACTOR_H
#define MOONBASE_ACTOR_H

#include "moonpatch/object.h"
#include "vec2.h"

struct World;

/** Anything on the lunar surface. */
typedef struct MP_CLASS Actor {
    MpObject object;
    MP_PROPERTY float x;          /**< Centre, pixels from the left edge. */
    MP_PROPERTY float y;          /**< Centre, pixels from the upper edge. */
    MP_READONLY float previous_x; /**< x one step before. */
    MP_READONLY float previous_y; /**< y one step before. */
    MP_PROPERTY float velocity_x; /**< Pixels a second to the right. */
    MP_PROPERTY float velocity_y; /**< Pixels a second downwards. */
    MP_PROPERTY float angle; /**< Where it faces, radians clockwise; 0 is right. Not wrapped. */
    MP_READONLY float previous_angle; /**< angle one step before. */
    MP_PROPERTY float radius;         /**< Of the circle that things collide with, pixels. */
    MP_PROPERTY float hp;             /**< Hit points left. */
    MP_PROPERTY float max_hp;         /**< Hit points when unharmed. */
    MP_PROPERTY float flash;  /**< Seconds for which it is still drawn white: it was just hit. */
    MP_READONLY float age;    /**< Seconds since it appeared. */
    MP_READONLY bool removed; /**< It goes when the step ends. */
    struct World *world;
} Actor;

/** How long an actor that was hit is drawn white, seconds. */
#define ACTOR_FLASH 0.09F

/** How far its centre is from `to`, pixels. */
MP_LEAF float actor_distance(const Actor *self, Vec2 to);

/** The direction from its centre to `to`, radians clockwise from +x. */
MP_LEAF float actor_bearing(const Actor *self, Vec2 to);

/** Takes it off the surface when the step ends, without reward. Rover and dome stay. */
MP_LEAF void actor_remove(Actor *self);

/* ---- for the other classes; scripts do not see these ---------------------------------------- */

Vec2 actor_position(const Actor *self);
void actor_place(Actor *self, Vec2 position);
Vec2 actor_velocity(const Actor *self);
void actor_set_velocity(Actor *self, Vec2 velocity);

/** Remembers where it is as where it was, and gets older. */
void actor_begin_step(Actor *self, float dt);

/** Goes where its velocity takes it in `dt` seconds. */
void actor_move(Actor *self, float dt);

/** Changes the velocity towards `wish`; `rate` is how much of the difference goes each second. */
void actor_steer(Actor *self, Vec2 wish, float rate, float dt);

/** Turns towards `angle`, at most by `most` radians, the short way round. */
void actor_turn(Actor *self, float angle, float most);

/** Whether the two circles overlap. */
bool actor_touches(const Actor *self, const Actor *other);

#endif
