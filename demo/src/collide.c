/* collide.c - what the actors bump into: bolts, plasma, rover, raiders and the crowd of raiders. */
#include "world.h"

#include <math.h>

#define RAM_DAMAGE 25.0F /* hit points */
#define RAM_PUSH   260.0F
#define SLACK      12.0F /* pixels that a raider may have moved since the grid was built */
#define PARTING    70.0F /* pixels a second */

/* Neighbours that are looked at; bounds the work when thousands stand in one place. */
enum { CROWD_LIMIT = 24 };

/* ---- bolts and raiders ---------------------------------------------------------------------- */

static bool can_be_hit(const Actor *raider) { return !raider->removed && raider->hp > 0; }

static Raider *raider_struck_by(const World *self, const Actor *bolt)
{
    Actor *nearest = NULL;
    float least = INFINITY;
    float reach = bolt->radius + raider_largest_radius() + SLACK;
    int index;
    for (GridWalk walk = grid_walk(&self->grid, actor_position(bolt), reach);
         grid_next(&walk, &index);) {
        Actor *raider = self->raiders.live[index];
        float distance = actor_distance(raider, actor_position(bolt));
        if (distance < least && can_be_hit(raider) && actor_touches(raider, bolt)) {
            nearest = raider;
            least = distance;
        }
    }
    return (Raider *)nearest;
}

static void collide_plasma(World *self, Bullet *plasma)
{
    Dome *dome = self->dome;
    Rover *rover = self->rover;
    Vec2 place = actor_position(&plasma->actor);
    if (!rover_get_wrecked(rover) && actor_touches(&plasma->actor, &rover->actor)) {
        rover_hit(rover, plasma->damage);
        actor_remove(&plasma->actor);
    } else if (actor_distance(&dome->actor, place) < dome_reach(dome) + plasma->actor.radius) {
        dome_hit(dome, place, plasma->damage);
        actor_remove(&plasma->actor);
    }
}

static void collide_bullets(World *self)
{
    for (int i = 0; i < self->bullets.count; i++) {
        Bullet *bullet = (Bullet *)self->bullets.live[i];
        if (bullet->actor.removed)
            continue;
        Raider *target = bullet->hostile ? NULL : raider_struck_by(self, &bullet->actor);
        if (bullet->hostile)
            collide_plasma(self, bullet);
        else if (target)
            bullet_strike(bullet, target);
    }
}

/* ---- the rover and raiders ------------------------------------------------------------------ */

static void ram(World *self, Raider *raider, Vec2 away)
{
    if (raider->actor.flash > 0)
        return; /* it was rammed a moment ago */
    raider_damage(raider, RAM_DAMAGE);
    raider_push(raider, vec2_scale(away, RAM_PUSH));
    world_tell(self, EVENT_KIND_RAM, actor_position(&raider->actor), RAM_DAMAGE,
               raider->actor.radius);
}

static void bump(World *self, Raider *raider)
{
    Rover *rover = self->rover;
    Vec2 away = vec2_towards(actor_position(&rover->actor), actor_position(&raider->actor), 1);
    if (rover->boosting > 0) {
        ram(self, raider, away);
        return;
    }
    rover_hit(rover, raider_strength(raider));
    raider_push(raider, vec2_scale(away, PARTING));
    actor_set_velocity(&rover->actor,
                       vec2_sub(actor_velocity(&rover->actor), vec2_scale(away, PARTING)));
}

static void collide_rover(World *self)
{
    const Actor *rover = &self->rover->actor;
    float reach = rover->radius + raider_largest_radius() + SLACK;
    int index;
    for (GridWalk walk = grid_walk(&self->grid, actor_position(rover), reach);
         grid_next(&walk, &index) && !rover_get_wrecked(self->rover);) {
        Actor *raider = self->raiders.live[index];
        if (can_be_hit(raider) && actor_touches(raider, rover))
            bump(self, (Raider *)raider);
    }
}

void world_collide(World *self)
{
    collide_bullets(self);
    collide_rover(self);
}

/* ---- raiders and raiders -------------------------------------------------------------------- */

Vec2 world_crowd_push(const World *self, const Raider *raider)
{
    Vec2 push = {0, 0}, here = actor_position(&raider->actor);
    float reach = raider->actor.radius * 2;
    int index, looked_at = 0;
    for (GridWalk walk = grid_walk(&self->grid, here, reach);
         looked_at < CROWD_LIMIT && grid_next(&walk, &index); looked_at++) {
        Vec2 there = self->grid.points[index];
        float distance = vec2_distance(here, there);
        if (distance < reach && self->raiders.live[index] != &raider->actor)
            push = vec2_add(push, vec2_towards(there, here, 1 - distance / reach));
    }
    return vec2_limit(push, 1);
}
