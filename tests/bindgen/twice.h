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

/* One name for several members of a class. Only a getter and a setter share theirs. */
typedef struct MP_CLASS Lock {
    MpObject object;
    MP_READONLY int turns;
} Lock;

MP_METHOD void lock_turns(Lock *self);
MP_GETTER int lock_get_key(const Lock *self);
MP_SETTER void lock_set_key(Lock *self, int key);
MP_METHOD int lock_key(Lock *self);
