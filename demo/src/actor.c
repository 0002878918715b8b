#include "actor.gen.h"

#include <math.h>

float MP_NATIVE(actor_distance)(const Actor *self, Vec2 to)
{
    return vec2_distance(actor_position(self), to);
}

float MP_NATIVE(actor_bearing)(const Actor *self, Vec2 to)
{
    return vec2_angle(vec2_sub(to, actor_position(self)));
}

void MP_NATIVE(actor_remove)(Actor *self) { self->removed = true; }

Vec2 actor_position(const Actor *self) { return (Vec2){self->x, self->y}; }

void actor_place(Actor *self, Vec2 position)
{
    self->x = position.x;
    self->y = position.y;
}

Vec2 actor_velocity(const Actor *self) { return (Vec2){self->velocity_x, self->velocity_y}; }

void actor_set_velocity(Actor *self, Vec2 velocity)
{
    self->velocity_x = velocity.x;
    self->velocity_y = velocity.y;
}

void actor_begin_step(Actor *self, float dt)
{
    self->previous_x = self->x;
    self->previous_y = self->y;
    self->previous_angle = self->angle;
    self->flash = fmaxf(0, self->flash - dt);
    self->age += dt;
}

void actor_move(Actor *self, float dt)
{
    self->x += self->velocity_x * dt;
    self->y += self->velocity_y * dt;
}

void actor_steer(Actor *self, Vec2 wish, float rate, float dt)
{
    float part = fminf(1, rate * dt);
    self->velocity_x += (wish.x - self->velocity_x) * part;
    self->velocity_y += (wish.y - self->velocity_y) * part;
}

void actor_turn(Actor *self, float angle, float most)
{
    const float circle = 6.2831853F;
    float turn = remainderf(angle - self->angle, circle);
    self->angle += fmaxf(-most, fminf(most, turn));
}

bool actor_touches(const Actor *self, const Actor *other)
{
    return vec2_distance(actor_position(self), actor_position(other)) <
           self->radius + other->radius;
}
