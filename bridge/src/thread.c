#include "thread.h"

#include "vm.h"

MP_THREAD_LOCAL MpVm *mp_thread_vms;
static _Atomic(const MpMethod *) stranger;

void mp_thread_add(MpVm *vm)
{
    vm->next = mp_thread_vms;
    mp_thread_vms = vm;
}

void mp_thread_remove(MpVm *vm)
{
    MpVm **link = &mp_thread_vms;
    while (*link && *link != vm)
        link = &(*link)->next;
    if (*link)
        *link = vm->next;
}

void mp_thread_note_stranger(const MpMethod *method)
{
    atomic_store_explicit(&stranger, method, memory_order_relaxed);
}

const MpMethod *mp_thread_take_stranger(void)
{
    return atomic_exchange_explicit(&stranger, NULL, memory_order_relaxed);
}
