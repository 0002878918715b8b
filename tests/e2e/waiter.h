/* waiter.h - a plugin whose C code hangs until it is released, or ends the process. */
#ifndef E2E_WAITER_H
#define E2E_WAITER_H

#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

/** Returns when there is a file called `path`. */
MP_STATIC(waiter) void waiter_wait_for(const char *path);

/** Ends the process. */
MP_STATIC(waiter) void waiter_leave(void);

#endif
