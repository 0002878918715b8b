/*
 * vec2.h - a point or a step on the lunar surface.
 *
 *     Vec2 step = vec2_towards(here, there, speed * dt);
 *     here = vec2_add(here, step);
 *
 * x grows to the right, y downwards, both in pixels; angles are radians, clockwise from +x.
 */
#ifndef MOONBASE_VEC2_H
#define MOONBASE_VEC2_H

#include "moonpatch/annotate.h"

/** A point or a step, pixels; or a velocity, pixels a second. */
typedef struct MP_VALUE Vec2 {
    float x; /**< To the right. */
    float y; /**< Downwards. */
} Vec2;

Vec2 vec2_add(Vec2 a, Vec2 b);

/** From `b` to `a`. */
Vec2 vec2_sub(Vec2 a, Vec2 b);

Vec2 vec2_scale(Vec2 a, float factor);

float vec2_length(Vec2 a);

float vec2_distance(Vec2 a, Vec2 b);

/** The direction of a step; 0 for no step. */
float vec2_angle(Vec2 a);

/** A step of `length` in the direction `angle`. */
Vec2 vec2_polar(float angle, float length);

/** A step of `length` from `from` towards `to`; to the right when they are the same point. */
Vec2 vec2_towards(Vec2 from, Vec2 to, float length);

/** The same step, but not longer than `most`. */
Vec2 vec2_limit(Vec2 a, float most);

#endif
