#include "raider.gen.h"

#include "boss.h"
#include "world.h"

#include <math.h>

#define GUNNER_RANGE  122.0F /* pixels from the dome's centre */
#define GUNNER_RELOAD 2.1F   /* seconds */
#define PLASMA_SPEED  150.0F
#define MUZZLE        16.0F
#define BOUNCE        95.0F /* pixels a second */
#define CROWD_PUSH    55.0F /* pixels a second */

static const struct {
    float radius;   /* pixels */
    float hp;       /* hit points */
    float armour;   /* hit points that every hit loses */
    float strength; /* hit points */
    float speed;    /* pixels a second */
    float steering; /* share of the difference to the wished velocity, per second */
    float turning;  /* radians a second */
    float mass;     /* divides pushes */
    int reward;     /* points */
} models[RAIDER_KIND_COUNT] = {
    [RAIDER_KIND_SCOUT] = {9, 20, 0, 5, 58, 4.0F, 8, 1, 10},
    [RAIDER_KIND_GUNNER] = {12, 34, 0, 4, 44, 2.5F, 5, 1.6F, 25},
    [RAIDER_KIND_BRUTE] = {17, 100, 3, 11, 25, 1.6F, 2, 6, 60},
    [RAIDER_KIND_BOSS] = {25, 650, 2, 5, 42, 1.4F, 2.5F, 30, 1000},
};

float raider_largest_radius(void) { return models[RAIDER_KIND_BOSS].radius; }

void raider_build(Raider *self, RaiderKind kind, float toughness)
{
    World *world = self->actor.world;
    float hp = models[kind].hp * toughness;
    self->kind = kind;
    self->actor.radius = models[kind].radius;
    self->actor.hp = self->actor.max_hp = hp;
    self->actor.angle = actor_bearing(&self->actor, actor_position(&world->dome->actor));
    self->phase = world_chance(world, 0, 1);
    self->reload = GUNNER_RELOAD * (0.5F + self->phase);
    if (kind == RAIDER_KIND_BOSS)
        boss_build(self);
}

float MP_NATIVE(raider_speed)(const Raider *self) { return models[self->kind].speed; }

float MP_NATIVE(raider_strength)(const Raider *self) { return models[self->kind].strength; }

int MP_NATIVE(raider_reward)(const Raider *self) { return models[self->kind].reward; }

float MP_NATIVE(raider_damage)(Raider *self, float amount)
{
    float felt = fmaxf(amount > 0 ? 1 : 0, amount - models[self->kind].armour);
    self->actor.hp = fmaxf(0, self->actor.hp - felt);
    self->actor.flash = ACTOR_FLASH;
    return self->actor.hp;
}

void raider_push(Raider *self, Vec2 push)
{
    Vec2 felt = vec2_scale(push, 1 / models[self->kind].mass);
    actor_set_velocity(&self->actor, vec2_add(actor_velocity(&self->actor), felt));
}

/* ---- where each kind wants to go ------------------------------------------------------------ */

static Vec2 scout_wish(Raider *self, const Actor *dome)
{
    float direction = actor_bearing(&self->actor, actor_position(dome));
    float distance = actor_distance(&self->actor, actor_position(dome));
    Vec2 swing = vec2_polar(self->actor.age * 3 + self->phase * 6.2831853F, 0.75F);
    return vec2_polar(direction + (distance > 90 ? swing.y : 0), raider_speed(self));
}

static Vec2 gunner_wish(Raider *self, const Actor *dome)
{
    float inwards = actor_bearing(&self->actor, actor_position(dome));
    float excess = actor_distance(&self->actor, actor_position(dome)) - GUNNER_RANGE;
    float sideways = self->phase < 0.5F ? 1.5707963F : -1.5707963F;
    float speed = raider_speed(self);
    if (excess > 40)
        return vec2_polar(inwards, speed);
    Vec2 circle = vec2_polar(inwards + sideways, speed * 0.55F);
    return vec2_add(circle, vec2_polar(inwards, fmaxf(-speed, fminf(speed, excess * 2))));
}

static Vec2 brute_wish(Raider *self, const Actor *dome)
{
    return vec2_towards(actor_position(&self->actor), actor_position(dome), raider_speed(self));
}

static Vec2 wish_of(Raider *self, const Actor *dome)
{
    switch (self->kind) {
    case RAIDER_KIND_GUNNER:
        return gunner_wish(self, dome);
    case RAIDER_KIND_BRUTE:
        return brute_wish(self, dome);
    case RAIDER_KIND_BOSS:
        return boss_wish(self, dome);
    case RAIDER_KIND_SCOUT:
        break;
    }
    return scout_wish(self, dome);
}

/* ---- attacking ------------------------------------------------------------------------------ */

/* Gunners and the boss shoot at what is nearer, the dome or the rover. */
static const Actor *target_of(const Raider *self)
{
    const World *world = self->actor.world;
    const Actor *dome = &world->dome->actor, *rover = &world->rover->actor;
    bool rover_is_nearer = actor_distance(&self->actor, actor_position(rover)) <
                           actor_distance(&self->actor, actor_position(dome));
    return rover_is_nearer && !rover_get_wrecked(world->rover) ? rover : dome;
}

static void fire_plasma(Raider *self, const Actor *target, float aim, float dt)
{
    World *world = self->actor.world;
    self->reload -= dt;
    if (self->reload > 0 ||
        actor_distance(&self->actor, actor_position(target)) > GUNNER_RANGE + 50)
        return;
    self->reload = GUNNER_RELOAD;
    Vec2 muzzle = vec2_add(actor_position(&self->actor), vec2_polar(aim, MUZZLE));
    world_spawn_bullet(world, muzzle, vec2_polar(aim, PLASMA_SPEED), raider_strength(self), true);
    world_tell(world, EVENT_KIND_PLASMA, muzzle, aim, 0);
}

static void shoot(Raider *self, float dt)
{
    const Actor *target = target_of(self);
    float aim = actor_bearing(&self->actor, actor_position(target));
    actor_turn(&self->actor, aim, models[self->kind].turning * dt);
    if (self->kind == RAIDER_KIND_BOSS)
        boss_attack(self, aim, dt);
    else
        fire_plasma(self, target, aim, dt);
}

static void ram_dome(Raider *self, Dome *dome)
{
    Vec2 here = actor_position(&self->actor), centre = actor_position(&dome->actor);
    float gap = dome_reach(dome) + self->actor.radius;
    if (vec2_distance(here, centre) >= gap)
        return;
    dome_hit(dome, vec2_add(centre, vec2_towards(centre, here, dome_reach(dome))),
             raider_strength(self));
    if (self->kind == RAIDER_KIND_SCOUT) {
        world_tell(self->actor.world, EVENT_KIND_CRASH, here, 0, self->actor.radius);
        actor_remove(&self->actor);
        return;
    }
    actor_place(&self->actor, vec2_add(centre, vec2_towards(centre, here, gap)));
    actor_set_velocity(&self->actor, vec2_towards(centre, here, BOUNCE));
}

void MP_NATIVE(raider_update)(Raider *self, float dt)
{
    World *world = self->actor.world;
    Vec2 crowd = vec2_scale(world_crowd_push(world, self), CROWD_PUSH);
    Vec2 wish = vec2_add(wish_of(self, &world->dome->actor), crowd);
    actor_steer(&self->actor, wish, models[self->kind].steering, dt);
    actor_move(&self->actor, dt);
    if (self->kind == RAIDER_KIND_GUNNER || self->kind == RAIDER_KIND_BOSS)
        shoot(self, dt);
    else
        actor_turn(&self->actor, vec2_angle(actor_velocity(&self->actor)),
                   models[self->kind].turning * dt);
    ram_dome(self, world->dome);
}
