#include "waiter.gen.h"

#include "moonpatch/plugin.h"
#include "waiters.gen.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

MP_PLUGIN(.module = &mp_module_waiters, .version = "1");

void MP_NATIVE(waiter_wait_for)(const char *path)
{
    while (access(path, F_OK) != 0)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

void MP_NATIVE(waiter_leave)(void) { exit(3); }
