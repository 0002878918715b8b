#include "world.gen.h"

#include "bullet.gen.h"
#include "crystal.gen.h"
#include "dome.gen.h"
#include "raider.gen.h"
#include "rover.gen.h"

#include <stdlib.h>

#define CELL_SIZE     32.0F /* pixels; a bit less than the diameter of the largest raider */
#define CRYSTAL_PAUSE 6.0F  /* seconds */

static bool init_pools(World *self, MpError *error)
{
    int capacity = self->capacity;
    return pool_init(&self->raiders, &mp_class_Raider, sizeof(Raider), capacity, error) &&
           pool_init(&self->bullets, &mp_class_Bullet, sizeof(Bullet), capacity, error) &&
           pool_init(&self->crystals, &mp_class_Crystal, sizeof(Crystal), capacity, error) &&
           grid_init(&self->grid, WORLD_WIDTH, WORLD_HEIGHT, CELL_SIZE, capacity, error);
}

static void init_residents(World *self)
{
    self->rover = &self->the_rover;
    self->dome = &self->the_dome;
    self->rover->actor.world = self->dome->actor.world = self;
    mp_object_init(&self->rover->actor.object, &mp_class_Rover);
    mp_object_init(&self->dome->actor.object, &mp_class_Dome);
}

static void start_anew(World *self, uint32_t seed)
{
    const uint64_t stream = 11;
    pool_clear(&self->raiders);
    pool_clear(&self->bullets);
    pool_clear(&self->crystals);
    mp_pcg32_init(&self->random, seed, stream);
    self->time = 0;
    self->event_count = 0;
    self->crystal_pause = self->growth_wait = CRYSTAL_PAUSE;
    self->reset_wanted = false;
    rover_reset(self->rover);
    dome_reset(self->dome);
}

World *world_create(int capacity, MpError *error)
{
    if (capacity < 1 || capacity > WORLD_CAPACITY_LIMIT) {
        mp_error_set(error, MP_INVALID, "a world of %d actors of a kind: 1 to %d are possible",
                     capacity, WORLD_CAPACITY_LIMIT);
        return NULL;
    }
    World *self = calloc(1, sizeof *self);
    if (!self) {
        mp_error_set(error, MP_MEMORY, "no memory for a world");
        return NULL;
    }
    self->capacity = capacity;
    if (!init_pools(self, error)) {
        world_destroy(self);
        return NULL;
    }
    mp_object_init(&self->object, &mp_class_World);
    init_residents(self);
    start_anew(self, 0);
    return self;
}

void world_destroy(World *self)
{
    if (!self)
        return;
    pool_finish(&self->raiders);
    pool_finish(&self->bullets);
    pool_finish(&self->crystals);
    grid_finish(&self->grid);
    mp_object_finish(&self->the_rover.actor.object);
    mp_object_finish(&self->the_dome.actor.object);
    mp_object_finish(&self->object);
    free(self);
}

void MP_NATIVE(world_reset)(World *self, uint32_t seed)
{
    self->reset_seed = seed;
    self->reset_wanted = true;
    if (!self->stepping)
        start_anew(self, seed);
}

/* ---- one step ------------------------------------------------------------------------------- */

static void begin_all(const Pool *pool, float dt)
{
    for (int i = 0; i < pool->count; i++)
        actor_begin_step(pool->live[i], dt);
}

static void begin_step(World *self, float dt)
{
    self->event_count = 0;
    self->time += dt;
    actor_begin_step(&self->rover->actor, dt);
    actor_begin_step(&self->dome->actor, dt);
    begin_all(&self->raiders, dt);
    begin_all(&self->bullets, dt);
    begin_all(&self->crystals, dt);
    for (int i = 0; i < self->raiders.count; i++)
        self->grid.points[i] = actor_position(self->raiders.live[i]);
    grid_build(&self->grid, self->raiders.count);
}

/* What is spawned meanwhile waits for the next step, so `count` is read once. */
static void update_all(World *self, float dt)
{
    rover_update(self->rover, dt);
    dome_update(self->dome, dt);
    for (int i = 0, count = self->raiders.count; i < count; i++) {
        if (!self->raiders.live[i]->removed)
            raider_update((Raider *)self->raiders.live[i], dt);
    }
    for (int i = 0, count = self->bullets.count; i < count; i++) {
        if (!self->bullets.live[i]->removed)
            bullet_update((Bullet *)self->bullets.live[i], dt);
    }
    for (int i = 0, count = self->crystals.count; i < count; i++) {
        if (!self->crystals.live[i]->removed)
            crystal_update((Crystal *)self->crystals.live[i], dt);
    }
}

static void bury_fallen(World *self)
{
    for (int i = 0, count = self->raiders.count; i < count; i++) {
        Raider *raider = (Raider *)self->raiders.live[i];
        if (raider->actor.removed || raider->actor.hp > 0)
            continue;
        world_raider_fell(self, raider);
        raider->actor.removed = true;
    }
}

static void grow_crystal(World *self, float dt)
{
    const float margin = 24;
    if (self->crystal_pause <= 0)
        return;
    self->growth_wait -= dt;
    if (self->growth_wait > 0)
        return;
    self->growth_wait = self->crystal_pause;
    Vec2 place = {world_chance(self, margin, WORLD_WIDTH - margin),
                  world_chance(self, WORLD_TOP + margin, WORLD_HEIGHT - margin)};
    bool is_free = actor_distance(&self->dome->actor, place) > dome_reach(self->dome) + margin;
    CrystalKind kind = world_chance(self, 0, 1) < 0.85F ? CRYSTAL_KIND_SMALL : CRYSTAL_KIND_MEDIUM;
    if (is_free)
        world_spawn_crystal(self, kind, place);
}

static void end_step(World *self)
{
    pool_sweep(&self->raiders);
    pool_sweep(&self->bullets);
    pool_sweep(&self->crystals);
    self->stepping = false;
    if (self->reset_wanted)
        start_anew(self, self->reset_seed);
}

void MP_NATIVE(world_step)(World *self, float dt)
{
    const float longest = 0.1F;
    if (self->stepping || !(dt > 0))
        return;
    self->stepping = true;
    dt = dt < longest ? dt : longest;
    begin_step(self, dt);
    update_all(self, dt);
    world_collide(self);
    bury_fallen(self);
    grow_crystal(self, dt);
    end_step(self);
}
