/*
 * class.h - class descriptors.
 */
#ifndef MP_CLASS_H
#define MP_CLASS_H

#include "moonpatch/glue.h"

/** Whether `class_of` is `base` or derives from it. */
static inline bool mp_class_is(const MpClass *class_of, const MpClass *base)
{
    while (class_of && class_of != base)
        class_of = class_of->base;
    return class_of != NULL;
}

#endif
