/* dice.h - a class that the program knows nothing of. */
#ifndef DICE_H
#define DICE_H

#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

/** Rolls the same numbers in every run. Shared: it goes when no script holds it. */
typedef struct MP_CLASS MP_SHARED Dice {
    MpObject object;
    MP_READONLY int sides;
    uint32_t state;
} Dice;

/** A new one; nil: without sides, or without memory. */
MP_CONSTRUCTOR Dice *dice_new(MP_DEFAULT(6) int sides);
MP_DESTRUCTOR void dice_destroy(Dice *self);
/** From 1 to the number of sides. */
MP_METHOD int dice_roll(Dice *self);

#endif
