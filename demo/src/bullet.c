#include "bullet.gen.h"

#include "world.h"

#define BOLT_RADIUS   3.0F
#define PLASMA_RADIUS 4.0F
#define MARGIN        16.0F /* pixels outside of the picture */
#define PUSH          70.0F /* pixels a second */

void bullet_build(Bullet *self, Vec2 velocity, float damage, bool hostile)
{
    self->actor.radius = hostile ? PLASMA_RADIUS : BOLT_RADIUS;
    self->actor.angle = vec2_angle(velocity);
    self->damage = damage;
    self->hostile = hostile;
    actor_set_velocity(&self->actor, velocity);
}

static bool is_on_surface(const Actor *actor)
{
    return actor->x > -MARGIN && actor->x < WORLD_WIDTH + MARGIN && actor->y > WORLD_TOP - MARGIN &&
           actor->y < WORLD_HEIGHT + MARGIN;
}

void MP_NATIVE(bullet_update)(Bullet *self, float dt)
{
    actor_move(&self->actor, dt);
    if (!is_on_surface(&self->actor))
        actor_remove(&self->actor);
}

void MP_NATIVE(bullet_strike)(Bullet *self, Raider *target)
{
    Vec2 place = actor_position(&self->actor);
    raider_damage(target, self->damage);
    raider_push(target, vec2_polar(self->actor.angle, PUSH));
    world_tell(self->actor.world, EVENT_KIND_HIT, place, self->damage, target->actor.radius);
    actor_remove(&self->actor);
}
