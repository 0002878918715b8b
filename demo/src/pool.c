#include "pool.h"

#include <stdlib.h>
#include <string.h>

static void fill_unused(Pool *pool)
{
    /* The first place is on top, so a cleared pool gives the same places as a new one. */
    for (int i = 0; i < pool->capacity; i++) {
        size_t place = (size_t)(pool->capacity - 1 - i);
        pool->unused[i] = (Actor *)(void *)(pool->places + place * pool->size);
    }
}

bool pool_init(Pool *pool, const MpClass *class_of, size_t size, int capacity, MpError *error)
{
    size_t count = (size_t)capacity;
    *pool = (Pool){.capacity = capacity, .size = size, .class_of = class_of};
    pool->places = calloc(count, size);
    pool->live = calloc(count, sizeof(Actor *));
    pool->unused = calloc(count, sizeof(Actor *));
    if (!pool->places || !pool->live || !pool->unused) {
        mp_error_set(error, MP_MEMORY, "no memory for %d actors of %zu bytes", capacity, size);
        pool_finish(pool);
        return false;
    }
    fill_unused(pool);
    return true;
}

void pool_finish(Pool *pool)
{
    for (int i = 0; i < pool->count; i++)
        mp_object_finish(&pool->live[i]->object);
    free(pool->places);
    free(pool->live);
    free(pool->unused);
    *pool = (Pool){0};
}

Actor *pool_take(Pool *pool)
{
    if (pool->count == pool->capacity)
        return NULL;
    Actor *actor = pool->unused[pool->capacity - pool->count - 1];
    memset(actor, 0, pool->size);
    if (!mp_object_init(&actor->object, pool->class_of))
        return NULL;
    pool->live[pool->count++] = actor;
    return actor;
}

void pool_sweep(Pool *pool)
{
    int kept = 0;
    for (int i = 0; i < pool->count; i++) {
        Actor *actor = pool->live[i];
        if (actor->removed) {
            mp_object_finish(&actor->object);
            pool->unused[pool->capacity - pool->count + (i - kept)] = actor;
        } else {
            pool->live[kept++] = actor;
        }
    }
    pool->count = kept;
}

void pool_clear(Pool *pool)
{
    for (int i = 0; i < pool->count; i++)
        mp_object_finish(&pool->live[i]->object);
    pool->count = 0;
    fill_unused(pool);
}
