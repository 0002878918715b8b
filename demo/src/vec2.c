#include "vec2.h"

#include <math.h>

Vec2 vec2_add(Vec2 a, Vec2 b) { return (Vec2){a.x + b.x, a.y + b.y}; }

Vec2 vec2_sub(Vec2 a, Vec2 b) { return (Vec2){a.x - b.x, a.y - b.y}; }

Vec2 vec2_scale(Vec2 a, float factor) { return (Vec2){a.x * factor, a.y * factor}; }

float vec2_length(Vec2 a) { return sqrtf(a.x * a.x + a.y * a.y); }

float vec2_distance(Vec2 a, Vec2 b) { return vec2_length(vec2_sub(a, b)); }

/*
 * Angles go through double and are rounded once: libraries and compilers differ in the last bit of
 * sinf() and its kin, but not in what is left of a double's after rounding. The game is then the
 * same on every machine.
 */
float vec2_angle(Vec2 a)
{
    return a.x == 0 && a.y == 0 ? 0 : (float)atan2((double)a.y, (double)a.x);
}

Vec2 vec2_polar(float angle, float length)
{
    float cosine = (float)cos((double)angle), sine = (float)sin((double)angle);
    return (Vec2){cosine * length, sine * length};
}

Vec2 vec2_towards(Vec2 from, Vec2 to, float length)
{
    Vec2 step = vec2_sub(to, from);
    float distance = vec2_length(step);
    return distance > 0 ? vec2_scale(step, length / distance) : (Vec2){length, 0};
}

Vec2 vec2_limit(Vec2 a, float most)
{
    float length = vec2_length(a);
    return length > most ? vec2_scale(a, most / length) : a;
}
