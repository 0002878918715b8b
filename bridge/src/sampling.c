/*
 * sampling.c - how much of their time scripts spend in C.
 *
 * A signal of its own timer looks where the script thread is. What it looks at is written anyway,
 * by every call of C from Lua, so that nothing is paid while nobody asks.
 */
#include "platform.h"
#include "thread.h"
#include "watch.h"

enum { PERIOD = 1 }; /* milliseconds of CPU time; few systems are that exact */

/* A call into Lua from C that Lua called counts as Lua, with all that it does. */
static bool is_in_native(const MpVm *vm)
{
    return mp_leaf_running || (mp_state_running && vm->depth == 1);
}

static void on_sample(void)
{
    MpVm *vm = mp_watch_running();
    if (!vm || !vm->ticks)
        return;
    if (is_in_native(vm))
        vm->samples.native++;
    else
        vm->samples.script++;
}

bool mp_vm_set_sampling(MpVm *vm, bool sampling, MpError *error)
{
    if (!sampling) {
        mp_platform_ticks_stop(vm->ticks);
        vm->ticks = NULL;
    } else if (!vm->ticks) {
        vm->ticks = mp_platform_ticks_start(on_sample, PERIOD, error);
    }
    return !sampling || vm->ticks;
}

MpVmSamples mp_vm_samples(const MpVm *vm) { return vm->samples; }
