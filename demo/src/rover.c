#include "rover.gen.h"

#include "world.h"

#include <math.h>

#define START_X        320.0F
#define START_Y        292.0F
#define BODY           13.0F
#define STEERING       7.0F  /* share of the difference to the wished velocity, per second */
#define TURNING        9.0F  /* radians a second */
#define MUZZLE         16.0F /* pixels from the centre */
#define BOLT_SPEED     430.0F
#define SPREAD         0.035F /* radians to either side */
#define RECOIL         9.0F   /* pixels a second */
#define BOOST_TIME     0.22F
#define BOOST_WAIT     1.6F
#define BOOST_FACTOR   2.6F
#define REPAIR_TIME    4.0F
#define SAFE_TIME      0.7F
#define SAFE_TIME_BACK 2.0F
#define WORKSHOP_RANGE 84.0F /* pixels from the dome's centre */
#define WORKSHOP_RATE  6.0F  /* hit points a second */

void rover_reset(Rover *self)
{
    MpObject object = self->actor.object;
    struct World *world = self->actor.world;
    const float up = -1.5707963F;
    *self = (Rover){
        .actor = {.object = object,
                  .world = world,
                  .x = START_X,
                  .y = START_Y,
                  .angle = up,
                  .radius = BODY,
                  .hp = 60,
                  .max_hp = 60},
        .aim = up,
    };
    actor_begin_step(&self->actor, 0);
}

float MP_NATIVE(rover_reload_time)(const Rover *self)
{
    const float standard = 0.2F, quicker = 1.35F;
    /* Left in on purpose: demo/patches/fix-rapid-fire.lua repairs it. */
    return standard * (float)pow((double)quicker, (double)self->rapid);
}

float MP_NATIVE(rover_bolt_damage)(const Rover *self) { return 10.0F + 5.0F * (float)self->power; }

float MP_NATIVE(rover_top_speed)(const Rover *self) { return 128.0F + 22.0F * (float)self->speed; }

float MP_NATIVE(rover_magnet_range)(const Rover *self)
{
    return 46.0F + 34.0F * (float)self->magnet;
}

bool MP_NATIVE(rover_get_wrecked)(const Rover *self) { return self->repair_wait > 0; }

float MP_NATIVE(rover_damage)(Rover *self, float amount)
{
    self->actor.hp = fmaxf(0, self->actor.hp - amount);
    return self->actor.hp;
}

void MP_NATIVE(rover_fire)(Rover *self)
{
    World *world = self->actor.world;
    Vec2 muzzle = vec2_add(actor_position(&self->actor), vec2_polar(self->aim, MUZZLE));
    float angle = self->aim + world_chance(world, -SPREAD, SPREAD);
    world_spawn_bullet(world, muzzle, vec2_polar(angle, BOLT_SPEED), rover_bolt_damage(self),
                       false);
    actor_set_velocity(&self->actor,
                       vec2_sub(actor_velocity(&self->actor), vec2_polar(angle, RECOIL)));
    world_tell(world, EVENT_KIND_SHOT, muzzle, self->aim, 0);
}

static void work_gun(Rover *self, float dt)
{
    self->reload = fmaxf(0, self->reload - dt);
    if (!self->trigger || self->reload > 0)
        return;
    rover_fire(self);
    self->reload = rover_reload_time(self);
}

static void start_boost(Rover *self, Vec2 wish)
{
    self->boosting = BOOST_TIME;
    self->boost_wait = BOOST_WAIT;
    self->safe = fmaxf(self->safe, BOOST_TIME);
    actor_set_velocity(&self->actor,
                       vec2_towards((Vec2){0, 0}, wish, rover_top_speed(self) * BOOST_FACTOR));
    world_tell(self->actor.world, EVENT_KIND_BOOST, actor_position(&self->actor), 0, 0);
}

static void drive(Rover *self, float dt)
{
    Actor *actor = &self->actor;
    Vec2 wish = vec2_limit((Vec2){self->drive_x, self->drive_y}, 1);
    self->boosting = fmaxf(0, self->boosting - dt);
    self->boost_wait = fmaxf(0, self->boost_wait - dt);
    if (self->boost && self->boost_wait <= 0 && vec2_length(wish) > 0)
        start_boost(self, wish);
    if (self->boosting <= 0)
        actor_steer(actor, vec2_scale(wish, rover_top_speed(self)), STEERING, dt);
    if (vec2_length(wish) > 0.1F)
        actor_turn(actor, vec2_angle(wish), TURNING * dt);
    actor_move(actor, dt);
}

static void stay_on_surface(Rover *self)
{
    Actor *actor = &self->actor;
    const Actor *dome = &self->actor.world->dome->actor;
    float gap = dome->radius + actor->radius;
    if (actor_distance(actor, actor_position(dome)) < gap) {
        Vec2 centre = actor_position(dome);
        actor_place(actor, vec2_add(centre, vec2_towards(centre, actor_position(actor), gap)));
    }
    actor->x = fmaxf(BODY, fminf(WORLD_WIDTH - BODY, actor->x));
    actor->y = fmaxf(WORLD_TOP + BODY, fminf(WORLD_HEIGHT - BODY, actor->y));
}

static void wait_for_repair(Rover *self, float dt)
{
    self->repair_wait = fmaxf(0, self->repair_wait - dt);
    actor_set_velocity(&self->actor, (Vec2){0, 0});
    if (self->repair_wait > 0)
        return;
    self->actor.hp = self->actor.max_hp;
    self->safe = SAFE_TIME_BACK;
    world_tell(self->actor.world, EVENT_KIND_ROVER_BACK, actor_position(&self->actor), 0, BODY);
}

static void mend_near_dome(Rover *self, float dt)
{
    Actor *actor = &self->actor;
    Vec2 dome = actor_position(&actor->world->dome->actor);
    if (actor->hp < actor->max_hp && actor_distance(actor, dome) < WORKSHOP_RANGE)
        actor->hp = fminf(actor->max_hp, actor->hp + WORKSHOP_RATE * dt);
}

void MP_NATIVE(rover_update)(Rover *self, float dt)
{
    self->safe = fmaxf(0, self->safe - dt);
    if (self->repair_wait > 0) {
        wait_for_repair(self, dt);
        return;
    }
    drive(self, dt);
    stay_on_surface(self);
    mend_near_dome(self, dt);
    work_gun(self, dt);
}

void rover_hit(Rover *self, float amount)
{
    World *world = self->actor.world;
    if (self->safe > 0 || self->repair_wait > 0)
        return;
    float left = rover_damage(self, amount);
    self->actor.flash = ACTOR_FLASH;
    self->safe = SAFE_TIME;
    world_tell(world, EVENT_KIND_ROVER_HIT, actor_position(&self->actor), amount, BODY);
    if (left > 0)
        return;
    self->repair_wait = REPAIR_TIME;
    world_tell(world, EVENT_KIND_ROVER_DOWN, actor_position(&self->actor), 0, BODY);
}
