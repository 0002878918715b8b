/* waiter.h - a plugin whose C code hangs until it is released. */
#ifndef E2E_WAITER_H
#define E2E_WAITER_H

#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

/** Returns when there is a file called `path`. */
MP_STATIC(waiter) void waiter_wait_for(const char *path);

#endif
