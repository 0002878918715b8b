#include "crystal.gen.h"

#include "world.h"

#include <math.h>

#define LIFE     14.0F  /* seconds */
#define PULL     340.0F /* pixels a second, when it touches the rover */
#define FRICTION 4.0F   /* share of the velocity that goes each second */

static const struct {
    float radius; /* pixels */
    int value;
} models[CRYSTAL_KIND_COUNT] = {
    [CRYSTAL_KIND_SMALL] = {6, 1},
    [CRYSTAL_KIND_MEDIUM] = {7, 3},
    [CRYSTAL_KIND_LARGE] = {8, 10},
};

void crystal_build(Crystal *self, CrystalKind kind)
{
    self->kind = kind;
    self->life = LIFE;
    self->actor.radius = models[kind].radius;
}

int MP_NATIVE(crystal_value)(const Crystal *self) { return models[self->kind].value; }

static void collect(Crystal *self)
{
    Actor *actor = &self->actor;
    world_tell(actor->world, EVENT_KIND_CRYSTAL, actor_position(actor), (float)crystal_value(self),
               actor->radius);
    actor_remove(actor);
}

/* The nearer, the faster: what the magnet has does not get away. */
static void follow(Crystal *self, const Rover *rover, float dt)
{
    Vec2 here = actor_position(&self->actor), there = actor_position(&rover->actor);
    float nearness = 1 - vec2_distance(here, there) / (rover_magnet_range(rover) + 1);
    float speed = PULL * (0.3F + 0.7F * fmaxf(0, nearness));
    actor_steer(&self->actor, vec2_towards(here, there, speed), 12, dt);
}

void MP_NATIVE(crystal_update)(Crystal *self, float dt)
{
    Actor *actor = &self->actor;
    const Rover *rover = actor->world->rover;
    float distance = actor_distance(actor, actor_position(&rover->actor));
    bool drives = !rover_get_wrecked(rover);
    self->pulled = drives && (self->pulled || distance < rover_magnet_range(rover));
    if (self->pulled)
        follow(self, rover, dt);
    else
        actor_steer(actor, (Vec2){0, 0}, FRICTION, dt);
    actor_move(actor, dt);
    self->life -= dt;
    if (drives && actor_touches(actor, &rover->actor))
        collect(self);
    else if (self->life <= 0 && !self->pulled)
        actor_remove(actor);
}
