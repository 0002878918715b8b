/* query.c - what can be asked of a world, what it tells, and its digest. */
#include "world.gen.h"

#include <stddef.h>

int MP_NATIVE(world_get_raider_count)(const World *self) { return self->raiders.count; }

int MP_NATIVE(world_get_bullet_count)(const World *self) { return self->bullets.count; }

int MP_NATIVE(world_get_crystal_count)(const World *self) { return self->crystals.count; }

static Actor *actor_at(const Pool *pool, int index)
{
    return index >= 0 && index < pool->count ? pool->live[index] : NULL;
}

Raider *MP_NATIVE(world_raider)(const World *self, int index)
{
    return (Raider *)actor_at(&self->raiders, index);
}

Bullet *MP_NATIVE(world_bullet)(const World *self, int index)
{
    return (Bullet *)actor_at(&self->bullets, index);
}

Crystal *MP_NATIVE(world_crystal)(const World *self, int index)
{
    return (Crystal *)actor_at(&self->crystals, index);
}

static Actor *nearest_of(const Pool *pool, Vec2 to, float range, bool standing)
{
    Actor *nearest = NULL;
    for (int i = 0; i < pool->count; i++) {
        Actor *actor = pool->live[i];
        float distance = vec2_distance(actor_position(actor), to);
        if (distance <= range && !actor->removed && (!standing || actor->hp > 0)) {
            nearest = actor;
            range = distance;
        }
    }
    return nearest;
}

Raider *MP_NATIVE(world_nearest_raider)(const World *self, Vec2 to, float range)
{
    return (Raider *)nearest_of(&self->raiders, to, range, true);
}

Crystal *MP_NATIVE(world_nearest_crystal)(const World *self, Vec2 to, float range)
{
    return (Crystal *)nearest_of(&self->crystals, to, range, false);
}

/* ---- events and chance ---------------------------------------------------------------------- */

Event MP_NATIVE(world_event)(const World *self, int index)
{
    return index >= 0 && index < self->event_count ? self->events[index]
                                                   : (Event){.kind = EVENT_KIND_NONE};
}

void world_tell(World *self, EventKind kind, Vec2 place, float amount, float size)
{
    if (self->event_count < WORLD_EVENT_LIMIT)
        self->events[self->event_count++] =
            (Event){.kind = (int)kind, .x = place.x, .y = place.y, .amount = amount, .size = size};
}

float world_chance(World *self, float low, float high)
{
    return low + (high - low) * mp_pcg32_unit(&self->random);
}

/* ---- the digest ----------------------------------------------------------------------------- */

/* FNV-1a */
static uint32_t mix(uint32_t digest, const void *bytes, size_t count)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < count; i++)
        digest = (digest ^ byte[i]) * 16777619u;
    return digest;
}

static uint32_t mix_actor(uint32_t digest, const Actor *actor)
{
    const float numbers[] = {actor->x,     actor->y,  actor->velocity_x, actor->velocity_y,
                             actor->angle, actor->hp, actor->age};
    return mix(digest, numbers, sizeof numbers);
}

static uint32_t mix_pool(uint32_t digest, const Pool *pool)
{
    for (int i = 0; i < pool->count; i++)
        digest = mix_actor(digest, pool->live[i]);
    return mix(digest, &pool->count, sizeof pool->count);
}

uint32_t MP_NATIVE(world_digest)(const World *self)
{
    const Rover *rover = self->rover;
    const float numbers[] = {self->time,        self->growth_wait,       self->dome->shield,
                             rover->reload,     self->dome->growth_wait, rover->aim,
                             rover->boost_wait, rover->repair_wait,      rover->safe};
    uint32_t digest = mix(2166136261u, numbers, sizeof numbers);
    digest = mix_actor(digest, &rover->actor);
    digest = mix_actor(digest, &self->dome->actor);
    digest = mix_pool(digest, &self->raiders);
    digest = mix_pool(digest, &self->bullets);
    digest = mix_pool(digest, &self->crystals);
    return mix(digest, &self->random.state, sizeof self->random.state);
}
