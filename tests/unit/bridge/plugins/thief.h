/* thief.h - a plugin whose class has a name that the program uses. */
#ifndef PLUGINS_THIEF_H
#define PLUGINS_THIEF_H

#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

/** Its own name is free, ... */
typedef struct MP_CLASS XxThief {
    MpObject object;
} XxThief;

/** ... and this one is not: without the prefix it is Animal. */
typedef struct MP_CLASS XxAnimal {
    MpObject object;
} XxAnimal;

MP_METHOD int xx_thief_steal(XxThief *self);
MP_METHOD int xx_animal_steal(XxAnimal *self);

#endif
