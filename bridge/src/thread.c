#include "thread.h"

static _Thread_local int vm_count;
static _Atomic(const MpMethod *) stranger;

const void *mp_thread_self(void) { return &vm_count; }

void mp_thread_count_vm(int change) { vm_count += change; }

bool mp_thread_has_vm(void) { return vm_count > 0; }

void mp_thread_note_stranger(const MpMethod *method)
{
    atomic_store_explicit(&stranger, method, memory_order_relaxed);
}

const MpMethod *mp_thread_take_stranger(void)
{
    return atomic_exchange_explicit(&stranger, NULL, memory_order_relaxed);
}
