/* boss.c - the mothership: circles the dome, fires fans of plasma, lets scouts go. */
#include "boss.h"

#include "world.h"

#include <math.h>

#define ORBIT        128.0F /* pixels from the dome's centre */
#define ORBIT_SPEED  0.8F   /* share of its speed */
#define MUZZLE       26.0F  /* pixels in front of its centre */
#define PLASMA_SPEED 135.0F
#define FAN_GAP      0.21F /* radians between two shots of a fan */
#define LAUNCH_PAUSE 6.5F  /* seconds */
#define BAY          20.0F /* pixels from its centre to the side */

static const struct {
    int shots;    /* of a fan */
    float reload; /* seconds */
    int scouts;   /* of one launch */
    float haste;  /* multiplies its speed */
} moods[] = {{3, 2.3F, 2, 1}, {5, 1.7F, 3, 1.4F}};

static bool is_enraged(const Raider *self) { return self->actor.hp < self->actor.max_hp / 2; }

Vec2 boss_wish(const Raider *self, const Actor *dome)
{
    float inwards = actor_bearing(&self->actor, actor_position(dome));
    float excess = actor_distance(&self->actor, actor_position(dome)) - ORBIT;
    float sideways = self->phase < 0.5F ? 1.5707963F : -1.5707963F;
    float speed = raider_speed(self) * moods[is_enraged(self)].haste;
    Vec2 circle = vec2_polar(inwards + sideways, excess > ORBIT ? 0 : speed * ORBIT_SPEED);
    return vec2_add(circle, vec2_polar(inwards, fmaxf(-speed, fminf(speed, excess))));
}

static void fire_fan(Raider *self, float aim)
{
    World *world = self->actor.world;
    int shots = moods[is_enraged(self)].shots;
    Vec2 muzzle = vec2_add(actor_position(&self->actor), vec2_polar(aim, MUZZLE));
    for (int i = 0; i < shots; i++) {
        float angle = aim + FAN_GAP * ((float)i - (float)(shots - 1) / 2);
        world_spawn_bullet(world, muzzle, vec2_polar(angle, PLASMA_SPEED), raider_strength(self),
                           true);
    }
    world_tell(world, EVENT_KIND_PLASMA, muzzle, aim, 0);
}

static void launch_scouts(Raider *self)
{
    World *world = self->actor.world;
    int scouts = moods[is_enraged(self)].scouts;
    for (int i = 0; i < scouts; i++) {
        float side = self->actor.angle + (i % 2 ? 1.6F : -1.6F) + 0.5F * (float)(i / 2);
        Vec2 bay = vec2_add(actor_position(&self->actor), vec2_polar(side, BAY));
        Raider *scout = world_spawn_raider(world, RAIDER_KIND_SCOUT, bay, 1);
        if (scout)
            actor_set_velocity(&scout->actor, vec2_polar(side, raider_speed(scout)));
    }
    world_tell(world, EVENT_KIND_LAUNCH, actor_position(&self->actor), (float)scouts,
               self->actor.radius);
}

void boss_attack(Raider *self, float aim, float dt)
{
    self->reload -= dt;
    self->launch -= dt;
    if (self->reload <= 0) {
        self->reload = moods[is_enraged(self)].reload;
        fire_fan(self, aim);
    }
    if (self->launch <= 0) {
        self->launch = LAUNCH_PAUSE;
        launch_scouts(self);
    }
}

void boss_build(Raider *self) { self->launch = LAUNCH_PAUSE; }
