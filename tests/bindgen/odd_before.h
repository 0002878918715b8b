/* Included by odd.h. */
#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

typedef struct MP_CLASS Before {
    MpObject object;
} Before;
MP_METHOD int before_run(Before *self);
int before_walk(Before *self);
