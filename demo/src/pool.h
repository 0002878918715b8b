/*
 * pool.h - a fixed number of places for actors of one class, and the list of those in use.
 *
 *     Raider *raider = (Raider *)pool_take(&pool);     // NULL: all places are in use
 *     for (int i = 0; i < pool.count; i++)
 *         update(pool.live[i]);
 *     pool_sweep(&pool);                               // lets go of the removed ones
 *
 * Places never move, so a pointer stays good until the actor is swept; what is taken while the
 * list is walked through comes at its end.
 */
#ifndef MOONBASE_POOL_H
#define MOONBASE_POOL_H

#include "actor.h"
#include "moonpatch/error.h"

/** Zero means empty. */
typedef struct Pool {
    Actor **live; /**< The actors in use, oldest first. */
    int count;
    int capacity;
    unsigned char *places;
    Actor **unused; /**< The other places, as a stack. */
    size_t size;    /**< Of a place, bytes. */
    const MpClass *class_of;
} Pool;

/**
 * Makes room for `capacity` actors (at least 1) of a class whose structs have `size` bytes.
 * Errors: false and MP_MEMORY.
 */
bool pool_init(Pool *pool, const MpClass *class_of, size_t size, int capacity, MpError *error);

/** Lets go of all actors and frees the memory. Takes a zeroed pool. */
void pool_finish(Pool *pool);

/** A registered actor, zero but for that; NULL when there is no place left. */
Actor *pool_take(Pool *pool);

/** Lets go of the actors that are removed; the others keep their order. */
void pool_sweep(Pool *pool);

/** Lets go of all actors. */
void pool_clear(Pool *pool);

#endif
