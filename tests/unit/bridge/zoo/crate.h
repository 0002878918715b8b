/*
 * zoo/crate.h - what crosses beyond plain scalars: 64-bit integers, flags, bytes, nested values,
 * lists, options, parameters that C writes, members reached in place.
 */
#ifndef ZOO_CRATE_H
#define ZOO_CRATE_H

#include "animal.h"

#include <stddef.h>

/** What is written on it; any of them together. */
typedef enum MP_FLAGS Label {
    LABEL_FRAGILE = 1,
    LABEL_HEAVY = 2,
    LABEL_ALIVE = 8,
} Label;

/** What is around it; zero is none of these. */
typedef enum MP_ENUM Wrapping {
    WRAPPING_PAPER = 1,
    WRAPPING_ROPE,
} Wrapping;

/** Two corners, metres. */
typedef struct MP_VALUE Box {
    Vec2 min, max;
    Mood mood;
    int64_t serial;
} Box;

/** Nine scalars: too many to be passed one by one. */
typedef struct MP_VALUE Matrix {
    double a, b, c, d, e, f, g, h, i;
} Matrix;

/** Ends in padding. */
typedef struct MP_VALUE Tail {
    double long_number;
    int8_t end;
} Tail;

/** Starts after somebody else's padding. */
typedef struct MP_VALUE Knot {
    Tail tail;
    int8_t after;
    Tail second;
    bool last;
} Knot;

/** How to fill a crate. */
typedef struct MP_OPTIONS Filling {
    MP_DEFAULT(3) int count;
    MP_DEFAULT("straw") const char *what;
    Vec2 at;
    MP_DEFAULT(LABEL_HEAVY) Label label;
    Animal *guest;
    bool wet;
    int64_t serial;
    float weights[2];
    Wrapping wrapping;
} Filling;

enum { CRATE_SLOTS = 4 };

/** A box with things in it. */
typedef struct MP_CLASS Crate {
    MpObject object;
    MP_PROPERTY int64_t serial;
    MP_PROPERTY uint64_t checksum;
    MP_PROPERTY Label label;
    MP_PROPERTY Box bounds;
    MP_READONLY Vec2 origin;
    MP_PROPERTY float weights[CRATE_SLOTS];
    MP_PROPERTY Vec2 corners[2];
    MP_PROPERTY MP_COUNT(reading_count) double *readings; /**< In place. */
    MP_READONLY MP_COUNT(reading_count) const double *history;
    int reading_count;
    char text[64];
} Crate;

MP_METHOD int64_t crate_add(const Crate *self, int64_t a, int64_t b);
MP_LEAF int64_t crate_leaf_add(const Crate *self, int64_t a, int64_t b);
MP_METHOD uint64_t crate_invert(const Crate *self, uint64_t bits);
MP_LEAF uint64_t crate_leaf_invert(const Crate *self, uint64_t bits);

MP_METHOD Label crate_mark(Crate *self, Label more);
MP_LEAF Label crate_leaf_mark(Crate *self, Label more);

/** Adds up the bytes; zeros count as 1000. */
MP_METHOD int crate_weigh(const Crate *self, MP_BYTES(length) const void *data, size_t length);
MP_LEAF int crate_leaf_weigh(const Crate *self, MP_BYTES(length) const char *data, int length);
/** `count` times 'x', a zero byte, 'y'. */
MP_METHOD MP_BYTES(length) const char *crate_print(Crate *self, int count, MP_OUT size_t *length);

MP_METHOD Box crate_grow(const Crate *self, Box box, Vec2 by);
MP_LEAF Box crate_leaf_grow(const Crate *self, Box box, Vec2 by);
MP_METHOD Knot crate_untie(const Crate *self, Knot knot);
MP_LEAF Knot crate_leaf_untie(const Crate *self, Knot knot);
MP_METHOD Matrix crate_turn(const Crate *self, Matrix matrix);
MP_LEAF Matrix crate_leaf_turn(const Crate *self, Matrix matrix);

MP_METHOD float crate_total(const Crate *self, MP_COUNT(count) const float *weights, int count);
MP_LEAF float crate_leaf_total(const Crate *self, MP_COUNT(count) const float *weights, int count);
MP_METHOD Vec2 crate_centre(const Crate *self, MP_COUNT(count) const Vec2 *places, size_t count);
MP_METHOD int crate_dot(const Crate *self, const int a[3], const int b[3]);
MP_METHOD int crate_health(const Crate *self, MP_COUNT(count) Animal *const *animals, int count);
MP_METHOD int crate_letters(const Crate *self, MP_COUNT(count) const char *const *words, int count);
/** The numbers from 1 to `last`. */
MP_METHOD MP_COUNT(count) const int *crate_numbers(Crate *self, int last, MP_OUT int *count);
/* Parameters that are called like what generated code uses itself. */
MP_METHOD MP_COUNT(size) const
    int *crate_pair(const Crate *self, MP_OUT int *size, MP_OUT int *count);
MP_LEAF const char *crate_leaf_read(const Crate *self, const char *text);

MP_METHOD int crate_fill(Crate *self, const Filling *filling);
MP_LEAF int crate_leaf_fill(Crate *self, const Filling *filling);

/** Where its middle is. */
MP_METHOD MP_GETTER Vec2 crate_get_middle(const Crate *self);
MP_LEAF MP_GETTER Vec2 crate_get_leaf_middle(const Crate *self);

/** Fails when there is no room; a number below 0 is a mistake. */
MP_METHOD int crate_reserve(Crate *self, int places, MpError *error);

/** Quotient and rest; fails for 0. */
MP_METHOD int crate_divide(const Crate *self, int number, int by, MP_OUT int *rest, MpError *error);
MP_LEAF int crate_leaf_divide(const Crate *self, int number, int by, MP_OUT int *rest);
MP_METHOD void crate_extent(const Crate *self, MP_OUT Vec2 *size, MP_OUT const char **unit,
                            MP_OUT Mood *mood, MP_OUT bool *square);
MP_METHOD bool crate_advance(const Crate *self, MP_INOUT int64_t *counter, int step);
MP_LEAF void crate_leaf_swap(const Crate *self, MP_INOUT Vec2 *a, MP_INOUT Vec2 *b);
MP_METHOD void crate_pick(const Crate *self, Animal *from, MP_OUT Animal **animal);

MP_METHOD double crate_defaults(const Crate *self, MP_DEFAULT(2) int a, MP_DEFAULT(0.5f) float b,
                                MP_DEFAULT(true) bool c, MP_DEFAULT(MOOD_ANGRY) Mood d,
                                MP_DEFAULT("four") const char *e, MP_OPTIONAL const Animal *f);
MP_LEAF double crate_leaf_defaults(const Crate *self, MP_DEFAULT(2) int a, MP_DEFAULT(0.5f) float b,
                                   MP_DEFAULT(true) bool c, MP_DEFAULT(MOOD_ANGRY) Mood d,
                                   MP_DEFAULT("four") const char *e, MP_OPTIONAL const Animal *f);
MP_METHOD int64_t crate_big_default(const Crate *self, MP_DEFAULT(-9223372036854775807) int64_t a,
                                    MP_DEFAULT(0xffffffffffffffffu) uint64_t b);

#endif
