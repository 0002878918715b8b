/*
 * zoo/toy.h - objects that scripts make and end: of C alone (Ball), and shared with C (Kite).
 */
#ifndef ZOO_TOY_H
#define ZOO_TOY_H

#include "animal.h"

/** Belongs to C: whoever made it destroys it. */
typedef struct MP_CLASS Ball {
    MpObject object;
    MP_PROPERTY int size; /**< Centimetres. */
    MP_PROPERTY bool bounces;
    MP_READONLY int rolled;
} Ball;

/** A new ball. */
MP_CONSTRUCTOR Ball *ball_new(void);
/** A new ball of a size; fails for a size below 0. */
MP_CONSTRUCTOR Ball *ball_of_size(int size, MpError *error);
MP_DESTRUCTOR void ball_destroy(Ball *self);
MP_METHOD int ball_roll(Ball *self);

/** It rolled for the `times`th time, in `direction`. */
MP_EVENT void ball_rolled_away(Ball *self, int times, Vec2 direction);
/** Somebody tidies up. */
MP_EVENT MP_STATIC(toys) void toys_tidied(const char *who);

/** A ball that is shared?  No: derived, and destroyed by its base's destructor. */
typedef struct MP_CLASS MP_OPAQUE Balloon {
    Ball ball;
    MP_PROPERTY float air;
} Balloon;

MP_CONSTRUCTOR Balloon *balloon_new(void);

/** How to make a kite. */
typedef struct MP_OPTIONS KiteOptions {
    MP_DEFAULT(10) int length;
    const char *colour;
} KiteOptions;

/** Shared: lives as long as C or a script holds it. */
typedef struct MP_CLASS MP_SHARED Kite {
    MpObject object;
    MP_PROPERTY int length; /**< Metres. */
} Kite;

MP_CONSTRUCTOR Kite *kite_new(const KiteOptions *options);
MP_DESTRUCTOR void kite_destroy(Kite *self);
MP_METHOD int kite_pull(Kite *self, int by);
/** C keeps it; NULL: C lets go of what it keeps. */
MP_STATIC(Kite) void kite_keep(MP_OPTIONAL Kite *kite);
/** The one that C keeps. */
MP_STATIC(Kite) Kite *kite_kept(void);
/** Makes and drops one in C; returns its length. */
MP_STATIC(Kite) int kite_use(int length);
/** How many kites and balls there are. */
MP_STATIC(toys) int toys_count(void);
/** Fires `tidied`. */
MP_STATIC(toys) void toys_tidy(const char *who);

#endif
