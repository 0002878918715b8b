/*
 * bench/subject.h - the classes that the benchmarks call.
 *
 * Bodies do next to nothing, so that what is measured is the way there and back. Functions come in
 * pairs: `leaf_x` is called through the FFI, `take_x` through the C API.
 */
#ifndef BENCH_SUBJECT_H
#define BENCH_SUBJECT_H

#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

/** A small value. */
typedef struct MP_VALUE Vec2 {
    float x, y;
} Vec2;

/** A larger value. */
typedef struct MP_VALUE Vec3 {
    float x, y, z;
} Vec3;

/** A choice. */
typedef enum MP_ENUM Mood {
    MOOD_CALM,
    MOOD_ANGRY,
} Mood;

/** Something to hold and to pass on. */
typedef struct MP_CLASS Token {
    MpObject object;
} Token;

/** Makes one. */
MP_CONSTRUCTOR Token *token_new(void);
/** Ends one that was made so. */
MP_DESTRUCTOR void token_destroy(Token *self);

/** The base class. */
typedef struct MP_CLASS Thing {
    MpObject object;
    MP_PROPERTY int id;
} Thing;

/** Inherited by Subject. */
MP_LEAF int thing_leaf_weigh(const Thing *self, int amount);
/** The same through the C API. */
MP_METHOD int thing_take_weigh(const Thing *self, int amount);

/** Something with a member of every kind. */
typedef struct MP_CLASS Subject {
    Thing thing;
    MP_PROPERTY float x, y;
    MP_PROPERTY int hp;
    MP_PROPERTY bool awake;
    MP_PROPERTY Mood mood;
    MP_PROPERTY Vec2 pair;
    MP_PROPERTY Vec3 place;
    MP_PROPERTY float weights[4];
    MP_READONLY Token *token;
    MP_READONLY struct Subject *next; /**< Itself. */
    MP_READONLY const char *name;
    Token *held;
    int level;
    int number; /* by which the hand-written binding knows it, from 1 */
} Subject;

/** The square of the distance to a point. */
MP_LEAF float subject_distance(const Subject *self, float x, float y);
/** Half way to `to`. */
MP_LEAF Vec2 subject_halfway(const Subject *self, Vec2 to);
/** Takes hit points away; returns what is left. */
MP_METHOD int subject_damage(Subject *self, int amount);

/** A property behind leaves. */
MP_LEAF MP_GETTER Token *subject_get_held(const Subject *self);
/** Keeps the token. */
MP_LEAF MP_SETTER void subject_set_held(Subject *self, Token *held);
/** A property behind methods. */
MP_METHOD MP_GETTER int subject_get_level(const Subject *self);
/** Sets the level. */
MP_METHOD MP_SETTER void subject_set_level(Subject *self, int level);

/** A number. */
MP_LEAF int subject_leaf_int(const Subject *self, int value);
/** An object. */
MP_LEAF int subject_leaf_object(const Subject *self, const Token *value);
/** A value of two numbers. */
MP_LEAF int subject_leaf_pair(const Subject *self, Vec2 value);
/** A value of three numbers. */
MP_LEAF int subject_leaf_place(const Subject *self, Vec3 value);
/** Two numbers. */
MP_LEAF int subject_leaf_two(const Subject *self, int a, int b);
/** A member of an enum. */
MP_LEAF int subject_leaf_enum(const Subject *self, Mood value);
/** Text. */
MP_LEAF int subject_leaf_string(const Subject *self, const char *value);
/** A number that C writes. */
MP_LEAF void subject_leaf_out(const Subject *self, MP_OUT int *value);
/** A number that C changes. */
MP_LEAF void subject_leaf_inout(const Subject *self, MP_INOUT int *value);
/** A result and a number that C writes. */
MP_LEAF int subject_leaf_both(const Subject *self, MP_OUT int *value);
/** Returns its object. */
MP_LEAF Token *subject_leaf_give(const Subject *self);
/** Returns its value. */
MP_LEAF Vec3 subject_leaf_where(const Subject *self);
/** Returns text. */
MP_LEAF const char *subject_leaf_title(const Subject *self);

/** A number. */
MP_METHOD int subject_take_int(Subject *self, int value);
/** An object. */
MP_METHOD int subject_take_object(Subject *self, const Token *value);
/** A value of two numbers. */
MP_METHOD int subject_take_pair(Subject *self, Vec2 value);
/** A value of three numbers. */
MP_METHOD int subject_take_place(Subject *self, Vec3 value);
/** Two numbers. */
MP_METHOD int subject_take_two(Subject *self, int a, int b);
/** A member of an enum. */
MP_METHOD int subject_take_enum(Subject *self, Mood value);
/** Text. */
MP_METHOD int subject_take_string(Subject *self, const char *value);
/** A number that C writes. */
MP_METHOD void subject_take_out(Subject *self, MP_OUT int *value);
/** A number that C changes. */
MP_METHOD void subject_take_inout(Subject *self, MP_INOUT int *value);
/** A result and a number that C writes. */
MP_METHOD int subject_take_both(Subject *self, MP_OUT int *value);
/** Returns its object. */
MP_METHOD Token *subject_take_give(Subject *self);
/** Returns its value. */
MP_METHOD Vec3 subject_take_where(Subject *self);
/** Returns text. */
MP_METHOD const char *subject_take_title(Subject *self);

/** Happens with a number. */
MP_EVENT void subject_heard_int(Subject *self, int value);
/** Happens with an object. */
MP_EVENT void subject_heard_object(Subject *self, Token *value);
/** Happens with a value of two numbers. */
MP_EVENT void subject_heard_pair(Subject *self, Vec2 value);
/** Happens with a value of three numbers. */
MP_EVENT void subject_heard_place(Subject *self, Vec3 value);

/** A number that all subjects share. */
MP_LEAF MP_STATIC(Subject)
int subject_shared_int(void);
/** Sets it. */
MP_LEAF MP_STATIC(Subject) void subject_share_int(int value);
/** An object that all subjects share. */
MP_LEAF MP_STATIC(Subject)
Token *subject_shared_object(void);
/** Sets it. */
MP_LEAF MP_STATIC(Subject) void subject_share_object(Token *value);
/** A value that all subjects share. */
MP_LEAF MP_STATIC(Subject)
Vec2 subject_shared_pair(void);
/** Sets it. */
MP_LEAF MP_STATIC(Subject) void subject_share_pair(Vec2 value);
/** A larger value that all subjects share. */
MP_LEAF MP_STATIC(Subject)
Vec3 subject_shared_place(void);
/** Sets it. */
MP_LEAF MP_STATIC(Subject) void subject_share_place(Vec3 value);

/** A number. */
MP_LEAF MP_STATIC(Subject)
int subject_static_leaf_int(int value);
/** An object. */
MP_LEAF MP_STATIC(Subject)
int subject_static_leaf_object(const Token *value);
/** A value of two numbers. */
MP_LEAF MP_STATIC(Subject)
int subject_static_leaf_pair(Vec2 value);
/** A value of three numbers. */
MP_LEAF MP_STATIC(Subject)
int subject_static_leaf_place(Vec3 value);
/** Two numbers. */
MP_LEAF MP_STATIC(Subject)
int subject_static_leaf_two(int a, int b);
/** A number that C writes. */
MP_LEAF MP_STATIC(Subject) void subject_static_leaf_out(MP_OUT int *value);
/** A number that C changes. */
MP_LEAF MP_STATIC(Subject) void subject_static_leaf_inout(MP_INOUT int *value);
/** A base class, which a Subject is too. */
MP_LEAF MP_STATIC(Subject)
int subject_static_leaf_base(const Thing *value);

/** A number. */
MP_STATIC(Subject) int subject_static_take_int(int value);
/** An object. */
MP_STATIC(Subject) int subject_static_take_object(const Token *value);
/** A value of two numbers. */
MP_STATIC(Subject) int subject_static_take_pair(Vec2 value);
/** A value of three numbers. */
MP_STATIC(Subject) int subject_static_take_place(Vec3 value);
/** Two numbers. */
MP_STATIC(Subject) int subject_static_take_two(int a, int b);
/** A number that C writes. */
MP_STATIC(Subject) void subject_static_take_out(MP_OUT int *value);
/** A number that C changes. */
MP_STATIC(Subject) void subject_static_take_inout(MP_INOUT int *value);
/** A base class, which a Subject is too. */
MP_STATIC(Subject) int subject_static_take_base(const Thing *value);

/** Something with many members. */
typedef struct MP_CLASS MP_OPAQUE Large {
    MpObject object;
    MP_PROPERTY int a0, a1, a2, a3, a4, a5, a6, a7, a8, a9;
    MP_PROPERTY int b0, b1, b2, b3, b4, b5, b6, b7, b8, b9;
    MP_PROPERTY int c0, c1, c2, c3, c4, c5, c6, c7, c8, c9;
    MP_PROPERTY int d0, d1, d2, d3, d4, d5, d6, d7, d8, d9;
} Large;

#endif
