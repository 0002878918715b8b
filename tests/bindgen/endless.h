/* Structs that contain themselves: a forgotten *, which must not be followed without end. */
#include "moonpatch/annotate.h"

struct Later;

typedef struct MP_VALUE Chain {
    struct Chain next;
    float x;
} Chain;

typedef struct MP_VALUE Sooner {
    struct Later later;
} Sooner;

typedef struct MP_VALUE Later {
    struct Sooner sooner, once_more;
} Later;
