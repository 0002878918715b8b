/* bench/subject.h - the class that the bridge's benchmarks call. */
#ifndef BENCH_SUBJECT_H
#define BENCH_SUBJECT_H

#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

typedef struct MP_VALUE Vec2 {
    float x, y;
} Vec2;

/** Something with a place and hit points. */
typedef struct MP_CLASS Subject {
    MpObject object;
    MP_PROPERTY float x, y;
    MP_READONLY int hp;
} Subject;

/** The square of the distance to a point. */
MP_LEAF float subject_distance(const Subject *self, float x, float y);
/** Half way to `to`. */
MP_LEAF Vec2 subject_halfway(const Subject *self, Vec2 to);
/** Takes hit points away; returns what is left. */
MP_METHOD int subject_damage(Subject *self, int amount);

/** The same as subject_damage, never inlined: what a direct call costs. */
int subject_damage_direct(Subject *self, int amount);
/** The same as subject_distance, for raw FFI calls. */
float subject_distance_direct(const Subject *self, float x, float y);

#endif
