#include "dome.gen.h"

#include "world.h"

#include <math.h>

#define CENTRE_X     320.0F
#define CENTRE_Y     200.0F
#define HULL_RADIUS  36.0F
#define SHIELD_REACH 47.0F
#define GROWTH       5.0F /* hit points a second */
#define GROWTH_WAIT  4.0F /* seconds after a hit */

void dome_reset(Dome *self)
{
    MpObject object = self->actor.object;
    struct World *world = self->actor.world;
    *self = (Dome){
        .actor = {.object = object,
                  .world = world,
                  .x = CENTRE_X,
                  .y = CENTRE_Y,
                  .radius = HULL_RADIUS,
                  .hp = 100,
                  .max_hp = 100},
        .shield = 60,
        .max_shield = 60,
        .growth = GROWTH,
    };
    actor_begin_step(&self->actor, 0);
}

float MP_NATIVE(dome_reach)(const Dome *self)
{
    return self->shield > 0 ? SHIELD_REACH : self->actor.radius;
}

void MP_NATIVE(dome_update)(Dome *self, float dt)
{
    self->growth_wait = fmaxf(0, self->growth_wait - dt);
    if (self->growth_wait <= 0 && self->shield < self->max_shield)
        self->shield = fminf(self->max_shield, self->shield + self->growth * dt);
}

float MP_NATIVE(dome_damage)(Dome *self, float amount)
{
    float absorbed = fminf(self->shield, amount);
    self->shield -= absorbed;
    /* Left in on purpose: demo/patches/fix-shield.lua repairs it. */
    self->actor.hp = fmaxf(0, self->actor.hp - amount);
    return self->actor.hp;
}

float MP_NATIVE(dome_repair)(Dome *self, float amount)
{
    self->actor.hp = fminf(self->actor.max_hp, self->actor.hp + amount);
    return self->actor.hp;
}

void dome_hit(Dome *self, Vec2 place, float amount)
{
    World *world = self->actor.world;
    float shield = self->shield, hull = self->actor.hp;
    if (hull <= 0)
        return;
    dome_damage(self, amount);
    self->growth_wait = GROWTH_WAIT;
    if (self->shield < shield)
        world_tell(world, EVENT_KIND_SHIELD_HIT, place, shield - self->shield, SHIELD_REACH);
    if (shield > 0 && self->shield <= 0)
        world_tell(world, EVENT_KIND_SHIELD_DOWN, place, 0, SHIELD_REACH);
    if (self->actor.hp < hull) {
        self->actor.flash = ACTOR_FLASH;
        world_tell(world, EVENT_KIND_HULL_HIT, place, hull - self->actor.hp, HULL_RADIUS);
    }
    if (self->actor.hp <= 0)
        world_tell(world, EVENT_KIND_DOME_DOWN, actor_position(&self->actor), 0, HULL_RADIUS);
}
