/* Faults that show only when a module's headers come together. See twice.expected. */
#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

typedef struct MP_CLASS Empty {
    MpObject object;
    MP_PROPERTY int x;
} Empty;

typedef struct MP_CLASS Door {
    MpObject object;
} Door;

MP_METHOD void door_open(Door *self);
MP_STATIC(Hatch) void hatch_open(Door *self);
