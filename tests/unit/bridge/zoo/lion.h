/* zoo/lion.h - a class derived from another one, in a header of its own. */
#ifndef ZOO_LION_H
#define ZOO_LION_H

#include "animal.h"

/** A big cat. */
typedef struct MP_CLASS Lion {
    Animal animal;
    MP_PROPERTY int mane; /**< Length, centimetres. */
} Lion;

/** Makes it roar; returns how loud. */
MP_METHOD int lion_roar(Lion *self);
/** Lions take half the damage: hides Animal.damage for lions. */
MP_METHOD int lion_damage(Lion *self, int amount);

/** Held, never asked. */
typedef struct MP_CLASS MP_OPAQUE Cage {
    MpObject object;
} Cage;

#endif
