/*
 * world.h - the lunar surface and everything on it.
 *
 *     World *world = world_create(512, &error);
 *     world_reset(world, seed);
 *     each step:
 *         world->rover->drive_x = 1;
 *         world_step(world, 1.0f / 60);
 *         for (int i = 0; i < world->event_count; i++)
 *             hear(world_event(world, i));
 *     world_destroy(world);
 *
 * The same seed and the same wishes of the driver give the same world, bit for bit: nothing here
 * depends on time, memory addresses or the order of hash tables.
 *
 * Glossary
 *   surface    640 x 360 pixels; from row 44 upwards is sky
 *   step       see actor.h
 *   event      see event.h
 *   reset      a new game: the surface is emptied, rover and dome are as new
 */
#ifndef MOONBASE_WORLD_H
#define MOONBASE_WORLD_H

#include "bullet.h"
#include "crystal.h"
#include "dome.h"
#include "event.h"
#include "grid.h"
#include "pool.h"
#include "raider.h"
#include "rover.h"

#include "moonpatch/error.h"
#include "random/random.h"

#include <stdint.h>

#define WORLD_WIDTH  640.0F
#define WORLD_HEIGHT 360.0F
#define WORLD_TOP    44.0F

enum {
    WORLD_EVENT_LIMIT = 256,       /**< Most events of one step; more are dropped. */
    WORLD_CAPACITY_LIMIT = 100000, /**< Most actors of one kind. */
};

/** The lunar surface. */
typedef struct MP_CLASS MP_ROOT(world) World {
    MpObject object;
    MP_READONLY Rover *rover;        /**< The player's vehicle; the same in every game. */
    MP_READONLY Dome *dome;          /**< The habitat; the same in every game. */
    MP_READONLY int capacity;        /**< Most raiders, most bullets, most crystals. */
    MP_READONLY float time;          /**< Seconds since the reset. */
    MP_READONLY int event_count;     /**< How many events the last step had. */
    MP_PROPERTY float crystal_pause; /**< Seconds between two crystals that grow; 0: none grow. */
    float growth_wait;
    Pool raiders, bullets, crystals;
    Grid grid; /**< Of the raiders, as they stood when the step began. */
    MpPcg32 random;
    Event events[WORLD_EVENT_LIMIT];
    uint32_t reset_seed;
    bool stepping, reset_wanted;
    Rover the_rover;
    Dome the_dome;
} World;

/**
 * A world with room for `capacity` raiders, as many bullets and as many crystals
 * (1 to WORLD_CAPACITY_LIMIT), reset with seed 0.
 * Ownership: the caller's, until world_destroy.
 * Errors: NULL; MP_INVALID, MP_MEMORY.
 */
World *world_create(int capacity, MpError *error);

/** Takes NULL. */
void world_destroy(World *self);

/** Starts a new game; the same `seed` gives the same game. In the midst of a step: when it ends. */
MP_METHOD void world_reset(World *self, uint32_t seed);

/**
 * Lets `dt` seconds pass, from 0 to 0.1. Rover, dome, raiders, bullets and crystals are updated in
 * this order, each in the order of their arrival; then comes what they bump into; then those that
 * fell or were removed are let go. Does nothing inside of itself.
 */
MP_METHOD void world_step(World *self, float dt);

/** A raider that joins the attack; `toughness` multiplies its hit points. nil: no room. */
MP_METHOD Raider *world_spawn_raider(World *self, RaiderKind kind, Vec2 position, float toughness);

/**
 * A bullet on its way; `velocity` in pixels a second, `damage` hit points for what it hits,
 * `hostile` if raiders fired it. nil: no room.
 */
MP_METHOD Bullet *world_spawn_bullet(World *self, Vec2 position, Vec2 velocity, float damage,
                                     bool hostile);

/** A crystal on the ground. nil: no room. */
MP_METHOD Crystal *world_spawn_crystal(World *self, CrystalKind kind, Vec2 position);

/** A raider fell: tells the events, and leaves crystals behind. */
MP_METHOD void world_raider_fell(World *self, Raider *raider);

/** Gives all crystals to the rover's magnet, wherever they are. */
MP_METHOD void world_gather_crystals(World *self);

/** How many raiders there are. */
MP_LEAF MP_GETTER int world_get_raider_count(const World *self);
/** How many bullets there are, of both sides. */
MP_LEAF MP_GETTER int world_get_bullet_count(const World *self);
/** How many crystals there are. */
MP_LEAF MP_GETTER int world_get_crystal_count(const World *self);

/** Raider `index`, from 0, the oldest first; nil: there are not so many. */
MP_LEAF Raider *world_raider(const World *self, int index);
/** Bullet `index`, from 0, the oldest first; nil: there are not so many. */
MP_LEAF Bullet *world_bullet(const World *self, int index);
/** Crystal `index`, from 0, the oldest first; nil: there are not so many. */
MP_LEAF Crystal *world_crystal(const World *self, int index);

/** Event `index` of the last step, from 0; of kind NONE: there were not so many. */
MP_LEAF Event world_event(const World *self, int index);

/** The raider nearest to `to` within `range` pixels that still stands; nil: none. */
MP_LEAF Raider *world_nearest_raider(const World *self, Vec2 to, float range);

/** The crystal nearest to `to` within `range` pixels; nil: none. */
MP_LEAF Crystal *world_nearest_crystal(const World *self, Vec2 to, float range);

/** A number that two worlds share when everything in them is the same; for tests and replays. */
MP_LEAF uint32_t world_digest(const World *self);

/* ---- for what is on the surface; scripts do not see these ----------------------------------- */

/** Writes an event down. */
void world_tell(World *self, EventKind kind, Vec2 place, float amount, float size);

/** A random number from `low` up to, but not including, `high`. */
float world_chance(World *self, float low, float high);

/** The direction in which other raiders press this one; at most 1 long. */
Vec2 world_crowd_push(const World *self, const Raider *raider);

/** What the actors bump into. */
void world_collide(World *self);

#endif
