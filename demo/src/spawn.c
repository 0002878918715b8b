/* spawn.c - what comes onto the surface: raiders, bullets, crystals, and what the fallen leave. */
#include "world.gen.h"

static Actor *appear(World *self, Pool *pool, Vec2 position)
{
    Actor *actor = pool_take(pool);
    if (!actor)
        return NULL;
    actor->world = self;
    actor_place(actor, position);
    return actor;
}

Raider *MP_NATIVE(world_spawn_raider)(World *self, RaiderKind kind, Vec2 position, float toughness)
{
    Raider *raider = (Raider *)appear(self, &self->raiders, position);
    if (!raider)
        return NULL;
    raider_build(raider, kind, toughness);
    actor_begin_step(&raider->actor, 0);
    return raider;
}

Bullet *MP_NATIVE(world_spawn_bullet)(World *self, Vec2 position, Vec2 velocity, float damage,
                                      bool hostile)
{
    Bullet *bullet = (Bullet *)appear(self, &self->bullets, position);
    if (!bullet)
        return NULL;
    bullet_build(bullet, velocity, damage, hostile);
    actor_begin_step(&bullet->actor, 0);
    return bullet;
}

Crystal *MP_NATIVE(world_spawn_crystal)(World *self, CrystalKind kind, Vec2 position)
{
    Crystal *crystal = (Crystal *)appear(self, &self->crystals, position);
    if (!crystal)
        return NULL;
    crystal_build(crystal, kind);
    actor_begin_step(&crystal->actor, 0);
    return crystal;
}

/* ---- what the fallen leave ------------------------------------------------------------------ */

static void scatter(World *self, CrystalKind kind, Vec2 position)
{
    const float circle = 6.2831853F;
    Crystal *crystal = world_spawn_crystal(self, kind, position);
    if (!crystal)
        return;
    /* One after the other: C does not say which argument of a call is worked out first. */
    float direction = world_chance(self, 0, circle);
    float speed = world_chance(self, 30, 95);
    actor_set_velocity(&crystal->actor, vec2_polar(direction, speed));
}

/* Crystals worth `worth` in all, large ones where luck has it. */
static void drop_crystals(World *self, Vec2 position, int worth)
{
    while (worth > 0) {
        bool lucky = world_chance(self, 0, 1) < 0.6F;
        CrystalKind kind = worth >= 10 && lucky  ? CRYSTAL_KIND_LARGE
                           : worth >= 3 && lucky ? CRYSTAL_KIND_MEDIUM
                                                 : CRYSTAL_KIND_SMALL;
        worth -= kind == CRYSTAL_KIND_LARGE ? 10 : kind == CRYSTAL_KIND_MEDIUM ? 3 : 1;
        scatter(self, kind, position);
    }
}

void MP_NATIVE(world_raider_fell)(World *self, Raider *raider)
{
    Vec2 position = actor_position(&raider->actor);
    int worth = raider->kind == RAIDER_KIND_BOSS     ? 60
                : raider->kind == RAIDER_KIND_BRUTE  ? 10
                : raider->kind == RAIDER_KIND_GUNNER ? 3
                                                     : world_chance(self, 0, 1) < 0.4F;
    world_tell(self, EVENT_KIND_FALL, position, (float)raider_reward(raider), raider->actor.radius);
    drop_crystals(self, position, worth);
}

void MP_NATIVE(world_gather_crystals)(World *self)
{
    for (int i = 0; i < self->crystals.count; i++)
        ((Crystal *)self->crystals.live[i])->pulled = true;
}
